import { readCreditReport } from '../credit/report.js';
import { verifyDocument } from '../facts/verify.js';
import type { Verb } from '../ledger/execute.js';
import { exposureView, readOpenLoans } from './exposure.js';
import { loadLoan } from './load.js';
import { findQuery } from './query.js';

/**
 * Everything that a bank may know for judging an application, in one answer: its documents, the opened records, and what
 * the enterprise owes it on online loans.
 */
export const assessLoan: Verb<'assessLoan'> = async (call, { id }) => {
  const loan = await loadLoan(call, id);
  const documents = [];
  for (const { document, total } of loan.lines) {
    const particulars = { enterprise: loan.enterprise, total };
    documents.push(await verifyDocument(call, { document, particulars }));
  }
  const exposure = exposureView(await readOpenLoans(call, loan));
  const query = await findQuery(call, loan);
  if (query?.state !== 'allowed') return { documents, exposure };
  return { documents, exposure, report: await readCreditReport(call, { query: query.id }) };
};
