import { LedgerError } from '../errors.js';
import { keyRingAt } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { instantText } from '../rules/dates.js';

/** Every key is tried for every look-up, so their number is limited. */
const mostKeys = 5;

/** The regulator gives the registry its fingerprint key, once. */
export const initialise: Verb<'initialise'> = async ({ work, now }, { fingerprintKey }) => {
  if ((await work.read(keyRingAt)) !== undefined) throw new LedgerError('ALREADY_INITIALISED');
  work.write(keyRingAt, { keys: [{ key: fingerprintKey, since: instantText(now) }] });
  return {};
};

/** The regulator replaces the fingerprint key. What was recorded under the old one is still found. */
export const rotateFingerprintKey: Verb<'rotateFingerprintKey'> = async (
  { work, now },
  { fingerprintKey },
) => {
  const ring = await work.read(keyRingAt);
  if (ring === undefined) throw new LedgerError('NOT_INITIALISED');
  if (ring.keys.length >= mostKeys) throw new LedgerError('TOO_MANY_KEYS');
  work.write(keyRingAt, { keys: [{ key: fingerprintKey, since: instantText(now) }, ...ring.keys] });
  return {};
};
