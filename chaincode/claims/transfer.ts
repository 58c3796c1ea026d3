import { LedgerError } from '../errors.js';
import { type Call, isOwnName } from '../ledger/call.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { type Claim, claimVersions, transferOfferAt } from './records.js';
import { isBank } from '../members/banks.js';
import { instantText } from '../rules/dates.js';
import { parseMoney } from '../rules/money.js';
import { takeApplicationNumber } from './application-number.js';
import { stateAfter } from './change.js';
import { changeDraws, withNothingHeld } from '../draws/draws.js';
import { isInsured } from './insured.js';
import { latestOffer } from './latest-offer.js';
import { loadClaim } from './load.js';
import { keepOpenLoan } from './open-loans.js';
import { alreadyDone, drawnBefore, remember, requestOf } from '../draws/requests.js';
import { moveShare, shared, shareTerms, withShare } from './share.js';
import { priceForTaker } from './price.js';
import { claimView } from './view.js';
import { assertCarried } from './still-carried.js';
import { nextVersion, writeClaim } from './write.js';

/**
 * The bank offers a claim, or a share of what is outstanding of it, to another bank, which then sees the terms of what it would
 * hold; a new offer replaces the one before.
 */
export const offerTransfer: Verb<'offerTransfer'> = async (call, command) => {
  const { work, caller } = call;
  const claim = await loadClaim(work, caller.mspId, command.id);
  const request = requestOf('offerTransfer', command);
  if (alreadyDone(claim, request)) return claimView(claim);
  if (isOwnName(caller, command.to) || !(await isBank(call, command.to))) {
    throw new LedgerError('TRANSFER_INVALID', {
      detail: 'A claim is offered to another bank of the consortium.',
      field: 'to',
    });
  }
  const share = command.share && parseMoney(command.share, 'share');
  const state = stateAfter(claim, 'offer');
  if (isInsured(claim)) throw new LedgerError('TRANSFER_INSURED', { field: 'id' });
  if (share !== undefined && claim.lines.some(({ role }) => role === 'cover')) {
    throw new LedgerError('TRANSFER_INVALID', {
      detail: 'A claim under a letter of credit is transferred as a whole: the bank that presents is paid.',
      field: 'share',
    });
  }
  const next = nextVersion(call, claim, {
    ...{ state, offeredTo: command.to, offeredShare: share?.minor },
    requests: remember(claim, request),
  });
  const terms = share === undefined ? next : shareTerms(next, share);
  if (claim.offeredTo !== undefined) closeOffer(call, claim.offeredTo, claim);
  work.write(transferOfferAt(command.to, claim.id, next.seq), {
    claim: claim.id,
    from: claim.owner,
    open: true,
    // What its outlet and its fees were is the selling bank's own.
    terms: {
      ...terms,
      ...forTaker(terms),
      requests: [],
      awaiting: undefined,
      returned: undefined,
      noticesAt: undefined,
    },
  });
  work.alert({ alert: 'transfer-offered', claims: [claim.id] });
  writeClaim(work, next);
  return claimView(next);
};

/**
 * The other bank takes a claim over, or a share of it: the balance and the private record move in this one transaction,
 * nothing is released in between. The claim is a new one in the books of the new bank; the old one ends as transferred, or
 * goes on with what is left of it.
 */
export const acceptTransfer: Verb<'acceptTransfer'> = async (call, command) => {
  const { work, caller, now } = call;
  const keys = await fingerprints(work);
  const request = requestOf('acceptTransfer', command);
  const { id, known } = await drawnBefore(call, keys, claimVersions, command.idempotencyKey, request);
  if (known !== undefined) return claimView(known);

  const old = await offeredClaim(call, command.id);
  await assertCarried(call, old);
  const owner = caller.mspId;
  await takeApplicationNumber(call, keys, { id, owner, applicationNumber: command.applicationNumber });
  const by = { mspId: caller.mspId, id: caller.person };
  const at = instantText(now);
  const books = { id, seq: 1, owner, applicationNumber: command.applicationNumber, reservedBy: by, by };
  const fresh = { ...books, requests: [request], createdAt: at, updatedAt: at };
  const { taken, left } =
    old.offeredShare === undefined ? await takeWhole(call, old, fresh) : await takeShare(call, old, fresh);
  writeClaim(work, taken);
  const rest = nextVersion(call, old, { ...left, offeredTo: undefined, offeredShare: undefined });
  writeClaim(work, rest);
  await keepOpenLoan(call, undefined, taken);
  await keepOpenLoan(call, old, rest);
  closeOffer(call, caller.mspId, old);
  return claimView(taken);
};

/** What a claim has of its own in the books of the bank that takes it. */
type Fresh = Pick<
  Claim,
  'id' | 'seq' | 'owner' | 'applicationNumber' | 'reservedBy' | 'by' | 'requests' | 'createdAt' | 'updatedAt'
>;

/** The new claim, and what changes of the old one. */
interface Taken {
  readonly taken: Claim;
  readonly left: Partial<Claim>;
}

async function takeShare(call: Call, old: Claim, fresh: Fresh): Promise<Taken> {
  const state = stateAfter(old, 'sell-share');
  const parts = shared(old, { minor: old.offeredShare ?? 0n, currency: old.currency });
  const taken = { ...parts.sold, ...fresh };
  await moveShare(call, old, parts, { drawnBy: fresh.id, owner: fresh.owner });
  return { taken, left: { state, ...parts.kept, shares: withShare(call, old, taken) } };
}

async function takeWhole(call: Call, old: Claim, fresh: Fresh): Promise<Taken> {
  const state = stateAfter(old, 'transfer');
  const { id, owner } = fresh;
  await changeDraws(call, old.lines, (trade) => ({
    ...trade,
    draws: trade.draws.map((draw) => (draw.drawnBy === old.id ? { ...draw, drawnBy: id, owner } : draw)),
  }));
  const taken: Claim = {
    ...old,
    ...fresh,
    ...forTaker(old),
    offeredTo: undefined,
    awaiting: undefined,
    returned: undefined,
    // Its debtors have been told of the old one.
    noticesAt: undefined,
    transferredFrom: old.id,
    registeredAt: old.registeredAt ?? old.createdAt,
  };
  return { taken, left: { ...withNothingHeld(old), state, transferredTo: id } };
}

/** What of a claim is not the same in the books of the bank that takes it. */
function forTaker({ price }: Claim): Pick<Claim, 'price' | 'outlet'> {
  return { price: priceForTaker(price), outlet: undefined };
}

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
  const changes = { offeredTo: undefined, offeredShare: undefined, requests: remember(claim, request) };
  writeClaim(work, nextVersion(call, claim, changes));
  return { id: claim.id };
};

/** Closes the offer of a claim that ends; returns what changes of the claim. */
export function withoutOffer(call: Call, claim: Claim): Partial<Claim> {
  if (claim.offeredTo !== undefined) closeOffer(call, claim.offeredTo, claim);
  return { offeredTo: undefined, offeredShare: undefined };
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
