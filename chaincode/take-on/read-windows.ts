import type { Verb } from '../ledger/verb.js';
import { windowsNow, windowView } from './windows.js';

/** The windows that there are or were; of a bank, its own. */
export const readTakeOnWindows: Verb<'readTakeOnWindows'> = async (call) => {
  const { caller } = call;
  const all = await windowsNow(call);
  const seen = all.filter(
    ({ state, banks }) =>
      caller.kind === 'regulator' || (state !== 'proposed' && banks.includes(caller.mspId)),
  );
  return { windows: seen.map((one) => windowView(call, one)) };
};
