import { findAuthorisation } from '../authorisations/write.js';
import { creditCategories } from '../credit/api.js';
import { queryCredit } from '../credit/query.js';
import { queryView } from '../credit/view.js';
import { type CreditQuery, queryVersions } from '../credit/records.js';
import { LedgerError } from '../errors.js';
import type { Call } from '../ledger/call.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { findFirst } from '../ledger/find-first.js';
import { loadLoan } from './load.js';
import type { Loan } from './records.js';

/**
 * The bank's gateway opens the records of the enterprise for an application: under the authorisation that the
 * application quotes, for the purpose for which that was given, once. It is a credit query like any other, refused or
 * allowed, counted and on the log, and like any other it is asked twice; without an application the gateway can make none.
 */
export const queryForLoan: Verb<'queryForLoan'> = async (call, { id }) => {
  const loan = await loadLoan(call, id);
  const known = await findQuery(call, loan);
  if (known !== undefined && known.state !== 'asked') return queryView(known);
  if (loan.state !== 'submitted') throw new LedgerError('LOAN_DECIDED');
  const authorisation = await findAuthorisation(call, loan.authorisation);
  if (authorisation === undefined) throw new Error(`authorisation ${loan.authorisation} is missing`);
  return queryCredit(call, {
    idempotencyKey: keyOf(loan),
    enterprise: loan.enterprise,
    authorisation: loan.authorisation,
    categories: [...creditCategories],
    purpose: authorisation.purpose,
  });
};

/** The query that was made for an application; its id follows from the application's. */
export async function findQuery({ work }: Call, loan: Loan): Promise<CreditQuery | undefined> {
  const keys = await fingerprints(work);
  const ids = keys.candidates('query', `${loan.bank}\n${keyOf(loan)}`);
  const { id, record: line } = await findFirst(work, ids, queryVersions.line.at);
  return line && work.read(queryVersions.at(loan.bank, id, line.seq));
}

const keyOf = ({ id }: Loan) => `loan-${id}`;
