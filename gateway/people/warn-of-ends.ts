import { certificateWarning } from './certificate-warning.js';
import type { PeopleLog } from './people-log.js';
import type { PeopleRegister } from './people-register.js';

/** Records once for each certificate that it is about to end, so that somebody hears of it who can do something. */
export async function warnOfEnds(
  { register, people }: { readonly register: PeopleRegister; readonly people: PeopleLog },
  now: number = Date.now(),
): Promise<void> {
  for (const { id, state, uscc, certificateEndsAt, warnedOf } of register.all()) {
    const detail = state === 'active' ? certificateWarning(certificateEndsAt, now) : undefined;
    if (detail === undefined || certificateEndsAt === undefined || warnedOf === certificateEndsAt) continue;
    await register.turn(async () => {
      const person = register.find(id);
      if (person === undefined) return;
      await register.put({ ...person, warnedOf: certificateEndsAt });
      const enterprise = uscc === undefined ? {} : { uscc };
      await people.write({ kind: 'certificate-ending', person: id, detail, ...enterprise, alert: true });
    });
  }
}
