import type { TakeOnWindow } from './api.js';
import { LedgerError } from '../errors.js';
import type { Call } from '../ledger/call.js';
import { dateOf } from '../rules/dates.js';
import { type StoredWindow, windowsAt } from './records.js';

/** Every window, each in the state that it has now: after its last day it is closed. */
export async function windowsNow({ work, now }: Pick<Call, 'work' | 'now'>): Promise<StoredWindow[]> {
  const { windows } = (await work.read(windowsAt)) ?? { windows: [] };
  const today = dateOf(now);
  return windows.map((one) =>
    one.state === 'open' && one.until < today ? { ...one, state: 'closed' } : one,
  );
}

/**
 * The window in which a bank brings its book now.
 *
 * @throws LedgerError TAKE_ON_CLOSED.
 */
export async function openWindowOf(call: Pick<Call, 'work' | 'now'>, bank: string): Promise<StoredWindow> {
  const found = (await windowsNow(call)).find(({ state, banks }) => state === 'open' && banks.includes(bank));
  if (found === undefined) throw new LedgerError('TAKE_ON_CLOSED');
  return found;
}

/** Changes one window and keeps the others as they are. */
export function keepWindow(
  { work }: Pick<Call, 'work'>,
  all: readonly StoredWindow[],
  next: StoredWindow,
): void {
  const others = all.filter(({ number }) => number !== next.number);
  work.write(windowsAt, { windows: [...others, next].sort((one, other) => one.number - other.number) });
}

/** A window as the caller may see it: which banks are in it is the regulator's to know. */
export function windowView({ caller }: Pick<Call, 'caller'>, one: StoredWindow): TakeOnWindow {
  const { banks, proposedBy: _proposer, openedBy: _second, closedBy: _closer, ...view } = one;
  return caller.kind === 'regulator' ? { ...view, banks } : view;
}

/**
 * The window of a bank that is over.
 *
 * @throws LedgerError TAKE_ON_OPEN while there is none.
 */
export async function closedWindowOf(call: Pick<Call, 'work' | 'now'>, bank: string): Promise<StoredWindow> {
  const found = (await windowsNow(call)).find(
    ({ state, banks }) => state === 'closed' && banks.includes(bank),
  );
  if (found === undefined) throw new LedgerError('TAKE_ON_OPEN');
  return found;
}
