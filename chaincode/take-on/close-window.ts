import { LedgerError } from '../errors.js';
import type { Verb } from '../ledger/verb.js';
import { instantText } from '../rules/dates.js';
import { keepWindow, windowsNow, windowView } from './windows.js';

/**
 * The regulator closes a window before its last day, for good. One person may: what comes late can still be corrected.
 *
 * @throws LedgerError WINDOW_NOT_FOUND.
 */
export const closeTakeOnWindow: Verb<'closeTakeOnWindow'> = async (call, { number }) => {
  const { caller, now } = call;
  const all = await windowsNow(call);
  const found = all.find((one) => one.number === number);
  if (found === undefined || found.state === 'proposed') {
    throw new LedgerError('WINDOW_NOT_FOUND', { field: 'number' });
  }
  if (found.state === 'closed') return windowView(call, found);
  const next = { ...found, state: 'closed' as const, closedBy: caller.person, closedAt: instantText(now) };
  keepWindow(call, all, next);
  return windowView(call, next);
};
