import type { LedgerEvent } from '../api.js';
import { factAt, type FactHead, type FactVersion } from '../facts/records.js';
import type { Call } from '../ledger/call.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { partyText } from '../rules/parties.js';
import { loadUnderlying } from '../underlyings/load.js';
import { assignedLimitsOf } from './assigned-limits.js';

type Content = Pick<Partial<FactVersion['content']>, 'policy' | 'limit' | 'shipment' | 'buyer'>;
type Limit = NonNullable<Content['limit']>;
type AlertKind = LedgerEvent['alerts'][number]['alert'];

/**
 * Tells every bank with a claim under a policy, limit or shipment, and the regulator, that the insurer has just ended
 * or cut its cover.
 *
 * @param after what the document says now; nothing when it has been cancelled.
 */
export async function alertEndOfCover(
  { work }: Call,
  { id, number, authority }: Pick<FactHead, 'id' | 'number' | 'authority'>,
  before: Content,
  after: Content = {},
): Promise<void> {
  const alert = endOf(before, after);
  if (alert === undefined) return;
  const policy = before.policy !== undefined;
  const drawnOn = policy ? await assignedLimitsOf(work, await fingerprints(work), authority, number) : [id];
  const claims = new Set<string>();
  for (const fact of drawnOn) for (const claim of await claimsOn(work, fact)) claims.add(claim);
  work.alert({ alert, facts: [id], ...(claims.size > 0 && { claims: [...claims] }) });
}

async function claimsOn(work: UnitOfWork, fact: string): Promise<readonly string[]> {
  const head = await work.read(factAt(fact));
  if (head === undefined) throw new Error(`fact ${fact} is missing`);
  const { draws } = await loadUnderlying(work, head.underlying);
  return draws.filter((draw) => draw.fact === fact).map(({ drawnBy }) => drawnBy);
}

function endOf(before: Content, after: Content): AlertKind | undefined {
  const { policy, limit, shipment } = before;
  if (policy !== undefined) return endOfPolicy(policy, after.policy);
  // What belongs to another policy or buyer now covers none of those who drew on it.
  const isMoved = belonging(before) !== belonging(after);
  if (limit !== undefined) return isMoved || endsEarlier(limit, after.limit) ? 'limit-lapsed' : undefined;
  if (shipment === undefined) return undefined;
  return isMoved ? 'cover-declined' : endOfShipment(shipment, after.shipment);
}

function endOfPolicy(
  before: NonNullable<Content['policy']>,
  after: Content['policy'],
): AlertKind | undefined {
  if (after === undefined) return 'policy-cancelled';
  const reduced =
    after.to < before.to || after.from > before.from || after.insuredShare < before.insuredShare;
  return reduced ? 'policy-reduced' : undefined;
}

/** To which policy and buyer a limit or shipment belongs; a cancelled one to none. */
function belonging({ limit, shipment, buyer }: Content): string | undefined {
  const section = limit ?? shipment;
  return section && buyer && `${section.policy}\n${partyText(buyer)}`;
}

function endsEarlier(before: Limit, after: Limit | undefined): boolean {
  return after === undefined || lastDay(after) < lastDay(before);
}

/** The last day on which a limit may be claimed on, or the day on which it lapsed; as text that sorts by date. */
function lastDay({ validUntil, lapsedOn = validUntil }: Limit): string {
  return lapsedOn < validUntil ? lapsedOn : validUntil;
}

function endOfShipment(
  before: NonNullable<Content['shipment']>,
  after: Content['shipment'],
): AlertKind | undefined {
  if (after === undefined || (after.declinedOn !== undefined && before.declinedOn === undefined)) {
    return 'cover-declined';
  }
  return before.premiumPaid && !after.premiumPaid ? 'premium-unpaid' : undefined;
}
