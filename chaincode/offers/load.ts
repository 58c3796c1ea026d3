import { LedgerError } from '../errors.js';
import { actsFor } from '../facts/authority.js';
import type { Call } from '../ledger/call.js';
import { fingerprints } from '../ledger/key-ring.js';
import { findFirst } from '../ledger/find-first.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { type FinancingRequest, type Offer, offerVersions, requestVersions } from './records.js';

/**
 * The request as the caller's organisation holds it. Reading its public line makes every change of it a conflict.
 *
 * @throws LedgerError REQUEST_NOT_FOUND, also for another enterprise's and for a bank that was not asked.
 */
export async function loadRequest(
  { work, caller }: Call,
  id: string,
  field = 'id',
): Promise<FinancingRequest> {
  const request = await requestVersions.latest(work, caller.mspId, id);
  if (request === undefined) throw new LedgerError('REQUEST_NOT_FOUND', { field });
  return request;
}

/** The request, for a person of the enterprise that posted it. @throws LedgerError REQUEST_NOT_FOUND. */
export async function loadOwnRequest(call: Call, id: string): Promise<FinancingRequest> {
  const request = await loadRequest(call, id);
  if (!actsFor(call.caller, request.enterprise)) throw new LedgerError('REQUEST_NOT_FOUND', { field: 'id' });
  return request;
}

/**
 * An offer as an organisation holds it.
 *
 * @throws LedgerError OFFER_NOT_FOUND.
 */
export async function loadOffer(work: UnitOfWork, holder: string, id: string): Promise<Offer> {
  const offer = await offerVersions.latest(work, holder, id);
  if (offer === undefined) throw new LedgerError('OFFER_NOT_FOUND', { field: 'id' });
  return offer;
}

/** The offer of a bank on a request: its id follows from the two, so that no list of offers has to be kept. */
export async function findOffer(
  { work }: Pick<Call, 'work'>,
  request: string,
  bank: string,
): Promise<{ readonly id: string; readonly offer: Offer | undefined }> {
  const keys = await fingerprints(work);
  const { id, record } = await findFirst(
    work,
    keys.candidates('offer', `${request}\n${bank}`),
    offerVersions.line.at,
  );
  return { id, offer: record && (await work.read(offerVersions.at(bank, id, record.seq))) };
}
