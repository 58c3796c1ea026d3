import type { PersonRecord, Proposal } from './person-record.js';

/** As long as a step at a document waits for its second person. */
export const proposalDays = 7;
const dayMs = 86_400_000;

/** When nobody can confirm it any more. */
export function endOf({ at }: Proposal): string {
  return new Date(Date.parse(at) + proposalDays * dayMs).toISOString();
}

/** What of a person still waits for a second admin; a proposal that nobody has confirmed in time has lapsed. */
export function standingProposal(
  { proposal }: Pick<PersonRecord, 'proposal'>,
  now: number,
): Proposal | undefined {
  return proposal !== undefined && now < Date.parse(endOf(proposal)) ? proposal : undefined;
}

/** How the latest proposal about a person came to nothing; undefined while one waits, or where the last was confirmed. */
export function cameToNothing(
  person: Pick<PersonRecord, 'proposal' | 'returned'>,
  now: number,
):
  | (Omit<Proposal, 'at'> & {
      outcome: 'returned' | 'lapsed';
      at: string;
      reason?: string;
      returnedBy?: string;
    })
  | undefined {
  const { proposal, returned } = person;
  if (proposal === undefined) return returned && { ...returned, outcome: 'returned' };
  if (standingProposal(person, now) !== undefined) return undefined;
  return { ...proposal, outcome: 'lapsed', at: endOf(proposal) };
}
