import { readCreditReport } from '../credit/report.js';
import { verifyDocument } from '../facts/verify.js';
import type { Verb } from '../ledger/verb.js';
import { type OpenLoans, readOpenLoans } from '../claims/open-loans.js';
import { type Call, namesOf } from '../ledger/call.js';
import type { Loan } from './records.js';
import { lendable } from './lendable.js';
import { loadLoan } from './load.js';
import { findQuery } from './query.js';
import type { Output } from '../api.js';
import { formatMoney } from '../rules/money.js';

/**
 * Everything that a bank may know for judging an application, in one answer: its documents, the opened records, and what
 * the enterprise owes it on online loans.
 */
export const assessLoan: Verb<'assessLoan'> = async (call, { id, advanceRate }) => {
  const loan = await loadLoan(call, id);
  const documents = [];
  for (const line of loan.lines) {
    const particulars = { enterprise: loan.enterprise, total: line.total };
    const seen = await verifyDocument(call, { document: line.document, particulars });
    // Only who knows what the document states learns what is left of it.
    const isKnown = seen.result === 'match' && advanceRate !== undefined;
    const left = isKnown ? await lendable(call, loan, line, BigInt(advanceRate)) : undefined;
    documents.push({ ...seen, ...(left !== undefined && { lendable: left }) });
  }
  const exposure = exposureView(await openLoansUnderAllNames(call, loan));
  const query = await findQuery(call, loan);
  if (query?.state !== 'allowed') return { documents, exposure };
  return { documents, exposure, report: await readCreditReport(call, { query: query.id }) };
};

/** What the bank has inherited is owed to it too. In that name nothing is approved any more, so the own count says enough. */
async function openLoansUnderAllNames(call: Call, loan: Loan): Promise<OpenLoans> {
  const own = await readOpenLoans(call, loan);
  const open = [...own.open];
  for (const bank of namesOf(call.caller))
    if (bank !== loan.bank) open.push(...(await readOpenLoans(call, { ...loan, bank })).open);
  return { ...own, open };
}

/** The open loans as the rules of a bank look at them: a sum for each currency. */
function exposureView({ seq, open }: OpenLoans): Output<'assessLoan'>['exposure'] {
  const sums = new Map<string, bigint>();
  for (const { currency, outstanding } of open) {
    sums.set(currency, (sums.get(currency) ?? 0n) + outstanding);
  }
  return { seq, open: [...sums].map(([currency, minor]) => formatMoney(minor, currency)) };
}
