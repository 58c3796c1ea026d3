import { LedgerError } from '../errors.js';
import type { Call } from '../ledger/call.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { type Claim, claimVersions, transferOfferAt } from './records.js';
import { isBank } from '../members/banks.js';
import { instantText } from '../rules/dates.js';
import { takeApplicationNumber } from './application-number.js';
import { stateAfter } from './change.js';
import { changeDraws, withNothingHeld } from '../draws/draws.js';
import { isInsured } from './insured.js';
import { latestOffer } from './latest-offer.js';
import { loadClaim } from './load.js';
import { keepOpenLoan } from './open-loans.js';
import { alreadyDone, drawnBefore, remember, requestOf } from '../draws/requests.js';
import { claimView } from './view.js';
import { assertCarried } from './still-carried.js';
import { nextVersion, writeClaim } from './write.js';

/** The bank offers a claim to another bank, which then sees its terms; a new offer replaces the one before. */
export const offerTransfer: Verb<'offerTransfer'> = async (call, command) => {
  const { work, caller } = call;
  const claim = await loadClaim(work, caller.mspId, command.id);
  const request = requestOf('offerTransfer', command);
  if (alreadyDone(claim, request)) return claimView(claim);
  if (command.to === caller.mspId || !(await isBank(call, command.to))) {
    throw new LedgerError('TRANSFER_INVALID', {
      detail: 'A claim is offered to another bank of the consortium.',
      field: 'to',
    });
  }
  const state = stateAfter(claim, 'offer');
  if (isInsured(claim)) throw new LedgerError('TRANSFER_INSURED', { field: 'id' });
  const next = nextVersion(call, claim, { state, offeredTo: command.to, requests: remember(claim, request) });
  if (claim.offeredTo !== undefined) closeOffer(call, claim.offeredTo, claim);
  work.write(transferOfferAt(command.to, claim.id, next.seq), {
    claim: claim.id,
    from: claim.owner,
    open: true,
    terms: { ...next, requests: [], awaiting: undefined, returned: undefined },
  });
  work.alert({ alert: 'transfer-offered', claims: [claim.id] });
  writeClaim(work, next);
  return claimView(next);
};

/**
 * The other bank takes a claim over: the balance and the private record move in this one transaction, nothing is
 * released in between. The claim is a new one in the books of the new bank; the old one ends as transferred.
 */
export const acceptTransfer: Verb<'acceptTransfer'> = async (call, command) => {
  const { work, caller, now } = call;
  const keys = await fingerprints(work);
  const request = requestOf('acceptTransfer', command);
  const { id, known } = await drawnBefore(call, keys, claimVersions, command.idempotencyKey, request);
  if (known !== undefined) return claimView(known);

  const old = await offeredClaim(call, command.id);
  const state = stateAfter(old, 'transfer');
  await assertCarried(call, old);
  await changeDraws(call, old.lines, (trade) => ({
    ...trade,
    draws: trade.draws.map((draw) =>
      draw.claim === old.id ? { ...draw, claim: id, owner: caller.mspId } : draw,
    ),
  }));
  const owner = caller.mspId;
  await takeApplicationNumber(call, keys, { id, owner, applicationNumber: command.applicationNumber });
  const by = { mspId: caller.mspId, id: caller.person };
  const taken: Claim = {
    ...old,
    id,
    seq: 1,
    owner,
    applicationNumber: command.applicationNumber,
    offeredTo: undefined,
    awaiting: undefined,
    returned: undefined,
    transferredFrom: old.id,
    registeredAt: old.registeredAt ?? old.createdAt,
    reservedBy: by,
    by,
    requests: [request],
    createdAt: instantText(now),
    updatedAt: instantText(now),
  };
  writeClaim(work, taken);
  const ended = nextVersion(call, old, {
    ...withNothingHeld(old),
    ...{ state, offeredTo: undefined, transferredTo: id },
  });
  writeClaim(work, ended);
  await keepOpenLoan(call, undefined, taken);
  await keepOpenLoan(call, old, ended);
  closeOffer(call, caller.mspId, old);
  return claimView(taken);
};

/** The other bank declines, or the offering bank takes its offer back. */
export const declineTransfer: Verb<'declineTransfer'> = async (call, command) => {
  const { work, caller } = call;
  const offer = await latestOffer(work, caller.mspId, command.id);
  const claim = await loadClaim(work, offer?.from ?? caller.mspId, command.id);
  const request = requestOf('declineTransfer', command);
  if (alreadyDone(claim, request)) return { id: claim.id };
  const { offeredTo } = claim;
  if (offeredTo === undefined || (caller.mspId !== offeredTo && caller.mspId !== claim.owner)) {
    throw new LedgerError('TRANSFER_INVALID');
  }
  closeOffer(call, offeredTo, claim);
  writeClaim(work, nextVersion(call, claim, { offeredTo: undefined, requests: remember(claim, request) }));
  return { id: claim.id };
};

/** Closes the offer of a claim that ends; returns what changes of the claim. */
export function withoutOffer(call: Call, claim: Claim): Partial<Claim> {
  if (claim.offeredTo !== undefined) closeOffer(call, claim.offeredTo, claim);
  return { offeredTo: undefined };
}

/** @param before the claim before the change with which the offer ends. */
function closeOffer({ work }: Call, to: string, { id, owner, seq }: Claim): void {
  work.write(transferOfferAt(to, id, seq + 1), { claim: id, from: owner, open: false });
}

/**
 * The claim on offer to the caller, unchanged since it was offered.
 *
 * @throws LedgerError TRANSFER_INVALID.
 */
async function offeredClaim({ work, caller }: Call, id: string): Promise<Claim> {
  const offer = await latestOffer(work, caller.mspId, id);
  if (offer?.open !== true) throw new LedgerError('TRANSFER_INVALID', { field: 'id' });
  const claim = await loadClaim(work, offer.from, id);
  if (claim.offeredTo !== caller.mspId || claim.seq !== offer.terms?.seq) {
    throw new LedgerError('TRANSFER_INVALID', {
      detail: 'The claim has changed since it was offered.',
      field: 'id',
    });
  }
  return claim;
}
