import { claimEnds, releaseReasons } from '@pledgeonce/chaincode/rules/claim-ends.js';
import { withTable } from './written-tables.js';

/** What each end of a claim does to its balances, out of the table that the ledger goes by. */
function endsMarkdown(): string {
  const rows = releaseReasons.map((reason) => {
    const { when, state, receivable, limit, goods, why } = claimEnds[reason];
    return `| ${[when, state, receivable, limit, goods, why].join(' | ')} |`;
  });
  return [
    '| What happens to a claim | Then it is | Receivable | Buyer limit | Goods | Because |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/**
 * The page with the table as the code has it.
 *
 * @throws Error when the page has no place for it.
 */
export function withEndsTable(page: string): string {
  return withTable(page, 'ends', endsMarkdown());
}
