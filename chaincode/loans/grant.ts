import type { ClaimInput } from '../api.js';
import { fillLines } from '../draws/fill.js';
import { prepareClaim } from '../draws/prepare.js';
import { assertDueDate } from '../claims/due-date.js';
import { payoutEnds } from '../claims/payout-time.js';
import type { Claim } from '../claims/records.js';
import { drawClaim } from '../claims/reserve.js';
import { writeClaim } from '../claims/write.js';
import { LedgerError } from '../errors.js';
import type { Call } from '../ledger/call.js';
import { fingerprints } from '../ledger/key-ring.js';
import { dateOf } from '../rules/dates.js';
import type { LoanTerms } from './api.js';
import { addOpenLoan, readOpenLoans } from '../claims/open-loans.js';
import type { Loan } from './records.js';
import { checkLoanTerms } from './terms.js';
import { changeLoan } from './write.js';

/** The two people of the bank who stand for a loan: as with any claim, one reserves and another one accepts. */
export interface TwoPeople {
  readonly reserves: string;
  readonly accepts: string;
}

/** What a loan is given on, and what the claim that comes of it needs to know. */
export interface GrantedTerms extends LoanTerms {
  /** Most of a receivable that all claims on it together may draw, in whole per cent; a person is not bound by it. */
  readonly share?: bigint | undefined;
  /** What the officer wrote: the reason why documents that were due long ago are financed. */
  readonly note?: string | undefined;
}

/**
 * Approves an application: the claim is made as accepted, without having been reserved first, and the application is
 * decided, in one transaction. What cannot be drawn refuses all of it.
 *
 * @param changes what the approval adds to the application.
 * @throws LedgerError FOUR_EYES, LOAN_TERMS_INVALID, or why the documents do not bear the claim, line by line.
 */
export async function grantLoan(
  call: Call,
  loan: Loan,
  { share, note, ...terms }: GrantedTerms,
  { reserves, accepts }: TwoPeople,
  changes: Partial<Loan>,
): Promise<Loan> {
  if (reserves === accepts) throw new LedgerError('FOUR_EYES');
  checkLoanTerms(terms, loan, 'terms.amount');
  const input = { ...claimOf(loan, terms, call.now), pastDueReason: note };
  assertDueDate(input.dueDate, call.now, 'tenorDays');
  const keys = await fingerprints(call.work);
  // No idempotency key of a claim contains a line break: nobody can have taken this id before.
  const [id] = keys.candidates('claim', `${loan.bank}\nloan\n${loan.id}`);
  const reserver: Call = {
    ...call,
    caller: { mspId: loan.bank, kind: 'bank', role: 'officer', person: reserves },
  };
  const expiresAt = await payoutEnds(call, input.dueDate);
  const prepared = prepareClaim(input);
  const drawn = await drawClaim(reserver, keys, { input, prepared, id, expiresAt, share });
  const claim: Claim = { ...drawn, state: 'accepted', by: { mspId: loan.bank, id: accepts } };
  writeClaim(call.work, claim);
  addOpenLoan(call, await readOpenLoans(call, loan), claim);
  return changeLoan(call, loan, { ...changes, state: 'approved', terms, claim: id });
}

function claimOf(loan: Loan, { amount, rate }: LoanTerms, now: number): ClaimInput {
  return {
    idempotencyKey: `loan-${loan.id}`,
    applicationNumber: `LOAN-${loan.id.slice(0, 16)}`,
    enterprise: loan.enterprise,
    product: 'micro-loan',
    amount,
    lines: fillLines(loan.lines, amount),
    dueDate: dateOf(now + loan.tenorDays * 86_400_000),
    price: { rate },
  };
}
