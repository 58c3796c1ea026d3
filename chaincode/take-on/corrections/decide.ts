import type { CorrectionView } from '../api.js';
import { alreadyDone, remember, requestOf } from '../../draws/requests.js';
import { LedgerError } from '../../errors.js';
import type { Call } from '../../ledger/call.js';
import { nextVersion } from '../../ledger/versions.js';
import { type Correction, correctionView } from '../records.js';
import { loadCorrection, writeCorrection } from './write.js';

/**
 * The regulator decides on a correction that a bank has proposed: a second person by itself, since it is of another
 * organisation. A repeated command changes nothing.
 *
 * @throws LedgerError CORRECTION_NOT_FOUND, CORRECTION_DECIDED.
 */
export async function decideCorrection(
  call: Call,
  name: 'approveCorrection' | 'refuseCorrection',
  command: { readonly id: string; readonly idempotencyKey: string },
  apply: (one: Correction) => Promise<Partial<Correction>>,
): Promise<CorrectionView> {
  const one = await loadCorrection(call, command.id);
  const request = requestOf(name, command);
  if (alreadyDone(one, request)) return correctionView(one);
  if (one.state !== 'proposed') throw new LedgerError('CORRECTION_DECIDED', { field: 'id' });
  const { mspId, person: id } = call.caller;
  const next = nextVersion(call, one, {
    ...(await apply(one)),
    decidedBy: { mspId, id },
    requests: remember(one, request),
  });
  writeCorrection(call, next);
  return correctionView(next);
}
