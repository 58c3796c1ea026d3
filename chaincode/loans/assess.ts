import { readCreditReport } from '../credit/report.js';
import { verifyDocument } from '../facts/verify.js';
import type { Verb } from '../ledger/execute.js';
import { loadLoan } from './load.js';
import { findQuery } from './query.js';

/** Everything that a bank may know for judging an application, in one answer: its documents and the opened records. */
export const assessLoan: Verb<'assessLoan'> = async (call, { id }) => {
  const loan = await loadLoan(call, id);
  const documents = [];
  for (const { document, total } of loan.lines) {
    const particulars = { enterprise: loan.enterprise, total };
    documents.push(await verifyDocument(call, { document, particulars }));
  }
  const query = await findQuery(call, loan);
  if (query?.state !== 'allowed') return { documents };
  return { documents, report: await readCreditReport(call, { query: query.id }) };
};
