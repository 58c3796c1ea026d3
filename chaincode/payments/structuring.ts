import { type Payment, structuringReportAt, unfiledPaymentsAt } from './records.js';
import type { Call } from '../ledger/call.js';
import { findFirst } from '../ledger/find-first.js';
import { dateOf, dayNumber, dateOfDay } from '../rules/dates.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { partyText } from '../rules/parties.js';
import {
  passesThreshold,
  recentDays,
  type UnfiledDay,
  type UnfiledPayment,
  valueOf,
  withoutPayment,
  withPayment,
} from '../rules/structuring.js';

/**
 * Counts a payment without a filing to its payer's others, at whatever banks, and reports to the regulator when
 * together they pass the threshold. The payment stands: the law's threshold is per payment.
 *
 * It counts by the day on which it is marked, because the bank chooses what it states as the day of payment.
 */
export async function countUnfiled(call: Call, keys: Fingerprints, payment: Payment): Promise<void> {
  const { work, now } = call;
  const unfiled = unfiledOf(payment);
  if (unfiled === undefined) return;
  const { id, days } = await unfiledDays(call, keys, payment);
  const before = recentDays(days, dayNumber(dateOf(now)));
  const after = withPayment(before, unfiled);
  work.write(unfiledPaymentsAt(id), { days: after });
  if (passesThreshold(valueOf(before), valueOf(after))) {
    work.write(structuringReportAt(payment.id), {
      payment: payment.id,
      payer: payment.payer,
      since: dateOfDay(after[0]?.day ?? unfiled.day),
      count: after.reduce((sum, { count }) => sum + count, 0),
      value: valueOf(after),
      payments: after.flatMap(({ payments }) => payments),
    });
  }
}

/** Takes a payment that was reversed out of the count. */
export async function discountUnfiled(call: Call, keys: Fingerprints, payment: Payment): Promise<void> {
  const unfiled = unfiledOf(payment);
  if (unfiled === undefined) return;
  const { id, days } = await unfiledDays(call, keys, payment);
  call.work.write(unfiledPaymentsAt(id), { days: withoutPayment(days, unfiled) });
}

/** What a payment counts; undefined for one that shows a document. */
function unfiledOf({ id, lines, equivalent, createdAt }: Payment): UnfiledPayment | undefined {
  if (lines.length > 0 || equivalent === undefined) return undefined;
  return { payment: id, day: dayNumber(createdAt.slice(0, 10)), value: equivalent.amount };
}

async function unfiledDays(
  { work }: Call,
  keys: Fingerprints,
  { payer }: Payment,
): Promise<{ id: string; days: readonly UnfiledDay[] }> {
  const { id, record } = await findFirst(work, keys.candidates('payer', partyText(payer)), unfiledPaymentsAt);
  return { id, days: record?.days ?? [] };
}
