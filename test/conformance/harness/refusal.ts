import type { Step } from '../probe/steps.cjs';
import { failureOf } from './failure.js';
import type { Member } from './member.js';
import { endorse, type Options } from './perform.js';

/**
 * Has the steps endorsed, which must be refused by the one peer that is asked.
 *
 * @returns what that peer said, with `ID` in place of the transaction's id.
 */
export async function refusalOf(
  member: Member,
  steps: readonly Step[],
  options: Options,
): Promise<string | undefined> {
  const { details } = await failureOf(endorse(member, steps, options));
  return details[0]?.message.replace(/transaction ID: [0-9a-f]{64}/, 'transaction ID: ID');
}
