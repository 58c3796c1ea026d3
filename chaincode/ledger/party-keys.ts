import type { LedgerEvent } from '../api.js';

type Change = LedgerEvent['changes'][number];

/** How the keys of versions begin in the parties' collections: `<prefix>~<id>~<seq>`. */
const prefixes: Readonly<Record<Change['kind'], string | undefined>> = {
  claim: 'C',
  payment: 'P',
  authorisation: 'A',
  query: 'Q',
  request: 'M',
  offer: 'O',
  check: 'OC',
  loan: 'LA',
  mandate: 'LM',
  assignment: 'AG',
  indemnity: 'IN',
  objection: 'OJ',
  // Of these everything lies in the registry.
  fact: undefined,
  credit: undefined,
};

/**
 * The keys under which a party's collection may hold what a change left there, the likeliest first. A transaction
 * announces only the last version of a thing and may have written earlier ones too; a claim on offer lies with the bank
 * to which it is offered.
 */
export function partyKeys({ kind, id, seq }: Change): string[] {
  const prefix = prefixes[kind];
  if (prefix === undefined) return [];
  const versions = Array.from({ length: seq }, (_, index) => `${prefix}~${id}~${seq - index}`);
  return kind === 'claim' ? [...versions, `T~${id}`] : versions;
}
