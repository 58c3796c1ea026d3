import { LedgerError } from '../errors.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { limits } from '../schemas.js';
import type { Member } from './api.js';
import { memberAt } from './records.js';

type Work = Pick<UnitOfWork, 'read' | 'write'>;

/**
 * The member that would succeed one that is to be removed.
 *
 * @throws LedgerError MEMBER_INVALID unless it is another one of the same kind, admitted, and has room for what it inherits.
 *   Since only who is a member can succeed, and who is removed never comes back, no chain of successors closes.
 */
export async function successorOf(
  work: Work,
  leaving: Member | undefined,
  successor: string | undefined,
): Promise<Member> {
  if (leaving?.state === undefined) throw invalid('id', 'Only a member of the register can be removed.');
  if (leaving.kind === 'enterprise')
    throw invalid('kind', 'The portal holds the records of enterprises, which no other member takes over.');
  if (successor === undefined)
    throw invalid('successor', 'A member that is removed has a successor, which acts for it from then on.');
  const found = successor === leaving.id ? undefined : await work.read(memberAt(successor));
  if (found?.state !== 'admitted' || found.kind !== leaving.kind)
    throw invalid('successor', 'The successor is another member of the same kind that is admitted.');
  if (inherited(found, leaving).length > limits.membersInherited)
    throw invalid('successor', `One member succeeds at most ${limits.membersInherited} others.`);
  return found;
}

/** Puts on the register whose holdings the successor has from now on; those that the other had inherited are among them. */
export function succeed(work: Work, successor: Member, removed: Member): void {
  work.write(memberAt(successor.id), { ...successor, inherits: inherited(successor, removed) });
}

function inherited({ inherits = [] }: Member, { id, inherits: further = [] }: Member): string[] {
  return [...new Set([...inherits, id, ...further])];
}

function invalid(field: string, detail: string): LedgerError {
  return new LedgerError('MEMBER_INVALID', { detail, field });
}
