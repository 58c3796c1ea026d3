import { accountOfHolder } from '../claims/account.js';
import { takeApplicationNumber } from '../claims/application-number.js';
import type { Claim } from '../claims/records.js';
import type { RememberedRequest } from '../draws/records.js';
import type { Call } from '../ledger/call.js';
import { instantText } from '../rules/dates.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import type { TakeOnLine } from './api.js';
import { drawAsItIs } from './draw.js';
import type { PreparedLoan } from './prepare.js';

/** A loan that is about to be taken on. */
export interface NewLoan {
  readonly id: string;
  readonly owner: string;
  readonly line: TakeOnLine;
  readonly loan: PreparedLoan;
  readonly window: number;
  readonly correction?: string | undefined;
  readonly request: RememberedRequest;
  readonly by: Claim['by'];
}

/**
 * The claim that a loan of a bank's book becomes, with its draws; it is not written here. What had been repaid before is
 * the first entry of its repayments, so that it can be corrected like any other.
 *
 * @throws LedgerError APPLICATION_EXISTS, or why a line cannot be drawn at all.
 */
export async function takenClaim(call: Call, keys: Fingerprints, one: NewLoan): Promise<Claim> {
  const { id, owner, line, loan, by } = one;
  const at = instantText(call.now);
  await takeApplicationNumber(call, keys, { id, owner, applicationNumber: line.reference });
  const lines = await drawAsItIs(call, keys, loan, { claim: id, owner });
  const repaid = loan.amount.minor - loan.outstanding;
  return {
    id,
    seq: 1,
    state: loan.state,
    owner,
    applicationNumber: line.reference,
    enterprise: loan.enterprise,
    account: await accountOfHolder(call, keys, loan.enterprise, lines),
    product: line.product,
    currency: loan.amount.currency,
    amount: loan.amount.minor,
    outstanding: loan.outstanding,
    lines,
    dueDate: line.dueDate,
    firstDueDate: line.dueDate,
    paidOutAt: `${line.paidOutOn}T00:00:00.000Z`,
    extensions: 0,
    repayments: repaid > 0n ? [{ amount: repaid, source: 'proceeds', at, effect: 'proceeds', by }] : [],
    takenOn: {
      paidOutOn: line.paidOutOn,
      recordedAt: at,
      window: one.window,
      ...(one.correction !== undefined && { correction: one.correction }),
      printed: printedOf(line),
      ...(line.parties && { parties: line.parties }),
    },
    reservedBy: by,
    by,
    requests: [one.request],
    createdAt: at,
    updatedAt: at,
  };
}

/** What the book says, letter for letter: numbers are compared in one spelling and shown in their own. */
function printedOf({ enterprise, lines, cover = [], collateral = [] }: TakeOnLine) {
  return {
    enterprise: enterprise.id,
    documents: [...lines, ...cover, ...collateral].map(({ document }) => document.number),
  };
}
