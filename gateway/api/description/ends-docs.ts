import { claimEnds, releaseReasons } from '@pledgeonce/chaincode/rules/claim-ends.js';

/** Between these lines of the page stands what is written out of the table in the code. */
const [begin, end] = ['<!-- ends: begin, written by npm run docs -->', '<!-- ends: end -->'];

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
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error('The page has no place for the table of ends.');
  return `${page.slice(0, from + begin.length)}\n\n${endsMarkdown()}\n\n${page.slice(to)}`;
}
