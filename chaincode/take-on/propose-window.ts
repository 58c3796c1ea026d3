import { LedgerError } from '../errors.js';
import { assertBank } from '../members/banks.js';
import type { Verb } from '../ledger/verb.js';
import { dateOf, dayNumber, instantText } from '../rules/dates.js';
import { limits } from '../schemas.js';
import { keepWindow, windowsNow, windowView } from './windows.js';

/**
 * The regulator proposes a window; it opens once a second person says so. A proposal that nobody has opened is replaced. A
 * bank has one window: what was closed is not opened again under another number.
 *
 * @throws LedgerError DATE_INVALID, BANK_INVALID, WINDOW_HELD.
 */
export const proposeTakeOnWindow: Verb<'proposeTakeOnWindow'> = async (call, { cutOff, until, banks }) => {
  const { caller, now } = call;
  const today = dayNumber(dateOf(now));
  if (dayNumber(cutOff) > dayNumber(until)) throw new LedgerError('DATE_INVALID', { field: 'cutOff' });
  const days = dayNumber(until) - today;
  if (days < 0 || days > limits.windowDays) throw new LedgerError('DATE_INVALID', { field: 'until' });
  for (const [index, bank] of banks.entries()) {
    if (banks.indexOf(bank) !== index) throw new LedgerError('BANK_INVALID', { field: `banks.${index}` });
    await assertBank(call, bank, `banks.${index}`);
  }
  const all = await windowsNow(call);
  const begun = all.filter(({ state }) => state !== 'proposed');
  const held = banks.findIndex((bank) => begun.some((one) => one.banks.includes(bank)));
  if (held >= 0) throw new LedgerError('WINDOW_HELD', { field: `banks.${held}` });
  const next = {
    number: begun.length + 1,
    state: 'proposed' as const,
    cutOff,
    until,
    banks,
    proposedBy: caller.person,
    proposedAt: instantText(now),
  };
  keepWindow(call, begun, next);
  return windowView(call, next);
};
