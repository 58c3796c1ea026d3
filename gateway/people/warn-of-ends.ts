import { stageOf } from '../ends/ends.js';
import { certificateWarning } from './certificate-warning.js';
import type { PeopleLog } from './people-log.js';
import type { PeopleRegister } from './people-register.js';

/**
 * Records for each certificate, at 60, 30 and 7 days and when it has ended, that it is about to end, so that somebody hears of it who can do something.
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
  for (const { id, state, uscc, certificateEndsAt, warnedOf, warnedAt = 60 } of register.all()) {
    const detail = state === 'active' ? certificateWarning(certificateEndsAt, now) : undefined;
    if (detail === undefined || certificateEndsAt === undefined) continue;
    const stage = stageOf(Date.parse(certificateEndsAt), now) ?? 60;
    if (warnedOf === certificateEndsAt && warnedAt <= stage) continue;
    const warn = async () => {
      const person = register.find(id);
      if (person === undefined) return;
      await register.put({ ...person, warnedOf: certificateEndsAt, warnedAt: stage });
      const enterprise = uscc === undefined ? {} : { uscc };
      await people.write({ kind: 'certificate-ending', person: id, detail, ...enterprise, alert: true });
    };
    await register.turn(warn).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}
