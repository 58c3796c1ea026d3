import type { LedgerEvent } from '../api.js';
import { factAt } from '../ledger/addresses.js';
import { type Call, fingerprints } from '../ledger/call.js';
import type { FactHead, FactVersion } from '../ledger/kinds.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { loadUnderlying } from '../underlyings/load.js';
import { assignedLimitsOf } from './assigned-limits.js';

type Content = Pick<FactVersion['content'], 'policy' | 'limit' | 'shipment'>;
type AlertKind = LedgerEvent['alerts'][number]['alert'];

/**
 * Tells every bank with a claim under a policy, limit or shipment, and the regulator, that the insurer has just ended
 * or cut its cover.
 *
 * @param after what the document says now; nothing when it has been cancelled.
 */
export async function alertEndOfCover(
  { work }: Call,
  { id, number }: Pick<FactHead, 'id' | 'number'>,
  before: Content,
  after: Content = {},
): Promise<void> {
  const alert = endOf(before, after);
  if (alert === undefined) return;
  const policy = before.policy !== undefined;
  const drawnOn = policy ? await assignedLimitsOf(work, await fingerprints(work), number) : [id];
  const claims = new Set<string>();
  for (const fact of drawnOn) for (const claim of await claimsOn(work, fact)) claims.add(claim);
  work.alert({ alert, facts: [id], ...(claims.size > 0 && { claims: [...claims] }) });
}

async function claimsOn(work: UnitOfWork, fact: string): Promise<readonly string[]> {
  const head = await work.read(factAt(fact));
  if (head === undefined) throw new Error(`fact ${fact} is missing`);
  const { draws } = await loadUnderlying(work, head.underlying);
  return draws.filter((draw) => draw.fact === fact).map(({ claim }) => claim);
}

function endOf({ policy, limit, shipment }: Content, after: Content): AlertKind | undefined {
  if (policy !== undefined) return endOfPolicy(policy, after.policy);
  if (limit !== undefined) return lastDay(after.limit) < lastDay(limit) ? 'limit-lapsed' : undefined;
  return shipment && endOfShipment(shipment, after.shipment);
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

/** The last day on which a limit may be claimed on, as text that sorts by date; before all days when there is none. */
function lastDay(limit: Content['limit']): string {
  if (limit === undefined) return '';
  const { validUntil, lapsedOn = validUntil } = limit;
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
