import { certificateWarning } from './certificate-warning.js';
import type { PeopleLog } from './people-log.js';
import type { PeopleRegister } from './people-register.js';

/**
 * Records once for each certificate that it is about to end, so that somebody hears of it who can do something.
 *
 * @throws the first failure, after all had their turn.
 */
export async function warnOfEnds(
  {
    register,
    people,
  }: {
    readonly register: Pick<PeopleRegister, 'all' | 'find' | 'put' | 'turn'>;
    readonly people: Pick<PeopleLog, 'write'>;
  },
  now: number = Date.now(),
): Promise<void> {
  const failures: unknown[] = [];
  for (const { id, state, uscc, certificateEndsAt, warnedOf } of register.all()) {
    const detail = state === 'active' ? certificateWarning(certificateEndsAt, now) : undefined;
    if (detail === undefined || certificateEndsAt === undefined || warnedOf === certificateEndsAt) continue;
    const warn = async () => {
      const person = register.find(id);
      if (person === undefined) return;
      await register.put({ ...person, warnedOf: certificateEndsAt });
      const enterprise = uscc === undefined ? {} : { uscc };
      await people.write({ kind: 'certificate-ending', person: id, detail, ...enterprise, alert: true });
    };
    await register.turn(warn).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}
