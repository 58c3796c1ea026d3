import type { Money, Output } from '@pledgeonce/chaincode/api.js';
import type { CreditContent } from '@pledgeonce/chaincode/credit/api.js';
import type { LoanView } from '@pledgeonce/chaincode/loans/api.js';

/** The part of an application that is judged. */
export type Application = Pick<LoanView, 'amount' | 'tenorDays' | 'lines'>;

/** Everything that the rules look at beside the application. */
export interface LoanFacts {
  /** The day of the decision, YYYY-MM-DD. */
  readonly today: string;
  /** What the registry says of each document, in the order of the application. */
  readonly documents: Output<'assessLoan'>['documents'];
  /** The opened credit records. */
  readonly records: readonly CreditContent[];
  /** What the enterprise owes the bank on online loans, a sum for each currency. */
  readonly open: readonly Money[];
  /** How many claims of the bank it has repaid. */
  readonly settledClaims: number;
}

/** A rule that does not hold, and what follows from it. */
export interface Finding {
  readonly rule: string;
  readonly outcome: 'declined' | 'referred';
  readonly detail: string;
}
