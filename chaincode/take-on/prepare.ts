import { LedgerError } from '../errors.js';
import { type PreparedClaim, prepareClaim } from '../draws/prepare.js';
import { checkAll } from '../rules/check-all.js';
import { parseMoney } from '../rules/money.js';
import type { TakeOnLine, takenStates } from './api.js';
import type { StoredWindow } from './records.js';

type TakenState = (typeof takenStates)[number];

/** A line of a book that makes sense by itself, in minor units. */
export interface PreparedLoan extends PreparedClaim {
  readonly outstanding: bigint;
  readonly state: TakenState;
}

/**
 * Checks a line by itself, before the ledger is asked about its documents.
 *
 * @param today by UTC.
 * @throws LedgerError the most severe of everything that is wrong with it.
 */
export function prepareLoan(
  line: TakeOnLine,
  { cutOff }: Pick<StoredWindow, 'cutOff'>,
  today: string,
): PreparedLoan {
  const { claim, owed } = checkAll({
    claim: () => prepareClaim(line),
    owed: () => parseMoney(line.outstanding, 'outstanding'),
    paidOut: () => {
      if (line.paidOutOn >= cutOff) throw new LedgerError('PAID_OUT_TOO_LATE', { field: 'paidOutOn' });
    },
    dates: () => {
      if (line.paidOutOn > today) throw new LedgerError('DATE_INVALID', { field: 'paidOutOn' });
      if (line.dueDate < line.paidOutOn) throw inconsistent('dueDate', 'It is due before it was paid out.');
    },
  });
  if (owed.currency !== claim.amount.currency) {
    throw new LedgerError('CURRENCY_MIXED', { field: 'outstanding.currency' });
  }
  if (owed.minor > claim.amount.minor) {
    throw inconsistent('outstanding', 'More is outstanding than was lent.');
  }
  return { ...claim, outstanding: owed.minor, state: stateOf(line, owed.minor < claim.amount.minor, today) };
}

/** The state that amounts and due date give; one that the book says has to agree. */
function stateOf({ state, dueDate }: TakeOnLine, isPartlyRepaid: boolean, today: string): TakenState {
  const running = isPartlyRepaid ? 'partly-repaid' : 'disbursed';
  const isLate = dueDate < today;
  if (state === undefined) return isLate ? 'overdue' : running;
  if (state === 'overdue') {
    if (!isLate) throw inconsistent('state', 'It is not overdue before its due date has passed.');
    return state;
  }
  if (state !== running) {
    throw inconsistent('state', 'Amount and outstanding say otherwise whether a part has been repaid.');
  }
  // A book may call a loan by what was paid; the ledger says that it is late.
  return isLate ? 'overdue' : running;
}

function inconsistent(field: string, detail: string): LedgerError {
  return new LedgerError('TAKE_ON_INCONSISTENT', { field, detail });
}
