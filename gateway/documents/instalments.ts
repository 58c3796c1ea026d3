import { limits, type FactInput, type Money } from '@pledgeonce/chaincode/api.js';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import { formatMoney, type MinorMoney, parseMoney } from '@pledgeonce/chaincode/rules/money.js';
import type { Warn } from './parsed.js';

type Instalments = NonNullable<FactInput['instalments']>;

/** One of the terms of payment of a paper: by when, and how much of it or which share. */
export interface PaymentTerm {
  readonly dueDate: string | undefined;
  readonly amount?: Money | undefined;
  /** Such as `30`. */
  readonly percent?: string | undefined;
}

/** What is not an instalment plan, and why. */
class NoPlanError extends Error {
  override readonly name = 'NoPlanError';
}

/**
 * When how much of an invoice is to be paid. Where a paper names several days, but not so that the amounts add up to what is
 * to pay, none is guessed: it is recorded without instalments, and a warning says why.
 *
 * @param payable what is to be paid.
 * @param field element of the terms, for the warning.
 * @throws Error what is no fault of the paper.
 */
export function instalmentsOf(
  {
    terms,
    date,
    field,
  }: { readonly terms: readonly PaymentTerm[]; readonly date: string; readonly field: string },
  payable: Money,
  warn: Warn,
): Instalments | undefined {
  const days = terms.flatMap(({ dueDate }) => dueDate ?? []);
  if (new Set(days).size < 2) return undefined;
  try {
    return planOf(terms, date, parseMoney(payable, field));
  } catch (error) {
    if (!(error instanceof NoPlanError || error instanceof LedgerError)) throw error;
    const why = error instanceof NoPlanError ? error.message : error.body.detail;
    const detail = `It names several days of payment, which are not recorded as instalments: ${why}`;
    warn({ warning: 'left-out', field, detail });
    return undefined;
  }
}

/** @throws NoPlanError, or what is wrong with an amount. */
function planOf(terms: readonly PaymentTerm[], date: string, payable: MinorMoney): Instalments {
  const byDay = new Map<string, bigint>();
  for (const term of terms) {
    const { dueDate } = term;
    if (dueDate === undefined) throw new NoPlanError('one of the amounts has no day.');
    byDay.set(dueDate, (byDay.get(dueDate) ?? 0n) + minorOf(term, payable));
  }
  const days = [...byDay].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const sum = days.reduce((total, [, minor]) => total + minor, 0n);
  const { amount, currency } = formatMoney(payable.minor, payable.currency);
  if (sum !== payable.minor) throw new NoPlanError(`together they are not the ${amount} ${currency} to pay.`);
  if ((days[0]?.[0] ?? '') < date) throw new NoPlanError('the first day lies before the date of issue.');
  if (days.length > limits.instalmentsPerFact)
    throw new NoPlanError(`they are more than ${limits.instalmentsPerFact}.`);
  return days.map(([dueDate, minor]) => ({ dueDate, amount: formatMoney(minor, currency) }));
}

/** @throws NoPlanError, or what is wrong with the amount. */
function minorOf({ amount, percent }: PaymentTerm, payable: MinorMoney): bigint {
  if (amount !== undefined) return parseMoney(amount, 'amount').minor;
  if (percent === undefined) throw new NoPlanError('it does not say how much falls due on each.');
  const [, whole = '', fraction = ''] = /^(\d{1,3})(?:[.](\d{1,6}))?$/.exec(percent.trim()) ?? [];
  if (whole === '') throw new NoPlanError('a share is no percentage.');
  const scale = 100n * 10n ** BigInt(fraction.length);
  const share = payable.minor * BigInt(whole + fraction);
  // A share that leaves a part of a cent could be rounded either way.
  if (share === 0n || share % scale !== 0n) throw new NoPlanError('a share is no whole amount.');
  return share / scale;
}
