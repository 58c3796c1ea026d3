import { claimStates } from '@pledgeonce/chaincode/api.js';
import { claimVerbs, isOver, transitions } from '@pledgeonce/chaincode/rules/claim-states.js';
import { withTable } from './written-tables.js';

/** What a next state that depends on the past is called. */
const words: Readonly<Record<string, string>> = {
  back: '_as before the dispute_',
  running: '_disbursed_ or _partly-repaid_, by what is owed',
};

/** From which state what leads where, out of the table that the ledger goes by. */
function statesMarkdown(): string {
  const rows = claimStates.map((state) => {
    const leading = new Map<string, string[]>();
    for (const verb of claimVerbs) {
      const next = transitions[state][verb];
      if (next === undefined) continue;
      const to = next === state ? '_stays_' : (words[next] ?? next);
      leading.set(to, [...(leading.get(to) ?? []), verb]);
    }
    const cell = [...leading].map(([to, verbs]) => `${verbs.join(', ')}: ${to}`).join('; ');
    return `| ${state} | ${isOver(state) ? 'no' : 'yes'} | ${cell === '' ? 'nothing' : cell} |`;
  });
  return [
    '| A claim that is | Draws | What can happen, and what it then is |',
    '| --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/**
 * The page with the table of states as the code has it.
 *
 * @throws Error when the page has no place for it.
 */
export function withStatesTable(page: string): string {
  return withTable(page, 'states', statesMarkdown());
}
