import { LedgerError } from '../errors.js';
import type { Verb } from '../ledger/verb.js';
import { dateOf, instantText } from '../rules/dates.js';
import { keepWindow, windowsNow, windowView } from './windows.js';

/**
 * A second person of the regulator opens the window that the first one has proposed.
 *
 * @throws LedgerError WINDOW_NOT_FOUND, FOUR_EYES, DATE_INVALID once its last day is over.
 */
export const openTakeOnWindow: Verb<'openTakeOnWindow'> = async (call, { number }) => {
  const { caller, now } = call;
  const all = await windowsNow(call);
  const found = all.find((one) => one.number === number);
  // Doing it again changes nothing.
  if (found?.state === 'open') return windowView(call, found);
  if (found?.state !== 'proposed') throw new LedgerError('WINDOW_NOT_FOUND', { field: 'number' });
  if (found.proposedBy === caller.person) throw new LedgerError('FOUR_EYES', { field: 'number' });
  if (found.until < dateOf(now)) throw new LedgerError('DATE_INVALID', { field: 'number' });
  const next = { ...found, state: 'open' as const, openedBy: caller.person, openedAt: instantText(now) };
  keepWindow(call, all, next);
  return windowView(call, next);
};
