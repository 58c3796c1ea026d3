import { type ClaimInput, claimInputSchema, type ClaimView, limits } from '../api.js';
import { assertConsent } from '../consents/assert.js';
import { whyNotOnDebt, whyNotOnOrder } from '../debts/lendable.js';
import { termsOfCover, withCovers } from '../insurance/cover.js';
import type { Call } from '../ledger/call.js';
import { fingerprints } from '../ledger/key-ring.js';
import { isCredit, termsOfCredit } from '../letters-of-credit/under-credit.js';
import type { Verb } from '../ledger/verb.js';
import { type Claim, claimVersions } from './records.js';
import { eachItem } from '../ledger/batch.js';
import { parseWith } from '../ledger/input.js';
import { dateOf, hoursAfter, instantText } from '../rules/dates.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { takeApplicationNumber } from './application-number.js';
import { type DrawRequest, drawLines } from '../draws/draw.js';
import { accountOfHolder } from './account.js';
import { assertCoverTerm, assertDueDate } from './due-date.js';
import { holdsTooMany } from './held-by-bank.js';
import { assertReasonIfPastDue } from './past-due.js';
import { type PreparedClaim, prepareClaim } from '../draws/prepare.js';
import { drawnBefore, requestOf } from '../draws/requests.js';
import { priceOf } from './price.js';
import { toldToVerified } from './told.js';
import { claimView } from './view.js';
import { writeClaim } from './write.js';

/** A bank reserves balances for claims, each with its own verdict: all lines of a claim hold, or none does. */
export const reserveClaims: Verb<'reserveClaims'> = async (call, { claims }) => {
  const keys = await fingerprints(call.work);
  return {
    items: await eachItem(call, claims, async (call, raw, index) => ({
      index,
      status: 'reserved' as const,
      claim: await reserveClaim(call, keys, parseWith(claimInputSchema, raw)),
    })),
  };
};

/** Reserves one claim for the caller's bank, by itself or because it has won a tender. */
export async function reserveClaim(
  call: Call,
  keys: Fingerprints,
  raw: ClaimInput,
  tender?: Claim['tender'],
): Promise<ClaimView> {
  // A verification made meanwhile makes no other request.
  const { verified = [], ...input } = raw;
  const { work, now } = call;
  const prepared = prepareClaim(input);
  const request = requestOf('reserveClaims', input);
  const { id, known } = await drawnBefore(call, keys, claimVersions, input.idempotencyKey, request);
  if (known !== undefined) return claimView(known);
  assertDueDate(input.dueDate, now, 'dueDate');
  // Who has accepted the bank's offer has consented.
  if (tender === undefined) {
    const documents = prepared.lines.filter(({ role }) => role !== 'cover').map(({ key }) => key);
    await assertConsent(call, keys, { enterprise: prepared.enterprise, documents });
  }

  const expiresAt = hoursAfter(now, input.expiresInHours ?? limits.reservationHours.byDefault);
  const { enterprise, lines } = prepared;
  const claim = await toldToVerified(call, keys, { enterprise, lines, verified }, () =>
    drawClaim(call, keys, { input, prepared, id, expiresAt, tender }),
  );
  writeClaim(work, claim);
  return claimView(claim);
}

/** A claim that is about to be made. */
export interface NewClaim {
  readonly input: ClaimInput;
  readonly prepared: PreparedClaim;
  readonly id: string;
  /** When it lapses: as a reservation, or because it is not paid out. */
  readonly expiresAt: number;
  /** How much of a receivable may be drawn by all claims together, in whole per cent. */
  readonly share?: bigint | undefined;
  /** The tender that it won. */
  readonly tender?: Claim['tender'];
}

/** Draws what a new claim needs from the balances, and makes its first version without writing it. */
export async function drawClaim(
  call: Call,
  keys: Fingerprints,
  { input, prepared, id, expiresAt, share, tender }: NewClaim,
): Promise<Claim> {
  const { caller, now } = call;
  const by = { mspId: caller.mspId, id: caller.person };
  const { applicationNumber, product, dueDate, pastDueReason } = input;
  const owner = caller.mspId;
  const price = priceOf(input, prepared.amount, now);
  await takeApplicationNumber(call, keys, { id, owner, applicationNumber });
  const terms = await termsOf(call, keys, input, prepared, share);
  const lines = await drawLines(
    call,
    keys,
    { ...prepared, terms, dueDate },
    { drawnBy: id, owner: caller.mspId, until: expiresAt },
  );
  const account = await accountOfHolder(call, keys, prepared.enterprise, lines);
  const claim: Claim = {
    id,
    seq: 1,
    state: 'reserved',
    owner,
    applicationNumber,
    enterprise: prepared.enterprise,
    account,
    product,
    currency: prepared.amount.currency,
    amount: prepared.amount.minor,
    outstanding: prepared.amount.minor,
    lines: await withCovers(call, keys, prepared.enterprise, lines),
    dueDate,
    firstDueDate: dueDate,
    pastDueReason,
    price,
    outlet: input.outlet,
    expiresAt,
    extensions: 0,
    repayments: [],
    tender,
    reservedBy: by,
    by,
    requests: [requestOf('reserveClaims', input)],
    createdAt: instantText(now),
    updatedAt: instantText(now),
  };
  await assertReasonIfPastDue(call, claim);
  return claim;
}

/** What a line has to fulfil beside the balance of its document. */
async function termsOf(
  call: Call,
  keys: Fingerprints,
  input: ClaimInput,
  prepared: PreparedClaim,
  share: bigint | undefined,
): Promise<NonNullable<DrawRequest['terms']>> {
  const isInsured = input.product === 'insured';
  if (isInsured) assertCoverTerm(input.dueDate, dateOf(call.now));
  const cover = isInsured ? await termsOfCover(call, keys, prepared) : undefined;
  const isUnderCredit = prepared.lines.some(({ key }) => isCredit(key));
  const credit = isUnderCredit ? await termsOfCredit(call, keys, prepared) : undefined;
  return async (line, head) => {
    if (await holdsTooMany(call, head)) return { refused: { code: 'TOO_MANY_RESERVATIONS' } };
    if (credit !== undefined && isCredit(line.key)) return credit(head);
    if (input.product === 'reverse-factoring' && line.role === 'receivable') {
      const refused = await whyNotOnDebt(call, line, head);
      if (refused !== undefined) return { refused };
    }
    if (line.key.type === 'purchase-order') {
      const refused =
        input.product === 'order' ? await whyNotOnOrder(call, head) : { code: 'NOT_FINANCEABLE' as const };
      if (refused !== undefined) return { refused };
    }
    return cover?.(line) ?? { share: line.role === 'receivable' ? share : undefined };
  };
}
