import { createHash } from 'node:crypto';
import type { ClaimInput, FactInput, Money, PartyId } from '@pledgeonce/chaincode/api.js';

/** Financings that are recorded, reserved and brought to their end together; a batch of claims is as large. */
export const perChunk = 100;
/** Firms that export; a few of them do most of it. */
const firms = 400;
/** Days of documents that are played at the same time: older ones were played before. */
const daysBack = 60;
const dayMs = 86_400_000;

/** What a replay plays: the same seed, the same papers under the same keys, however often it is taken up again. */
export interface Plan {
  /** Letters and digits. */
  readonly seed: string;
  readonly financings: number;
  /** The day on which it began, milliseconds since 1970: dates count from it. */
  readonly begunAt: number;
}

/** How many chunks a plan has; the last one may be smaller. */
export function chunksOf({ financings }: Plan): number {
  return Math.ceil(financings / perChunk);
}

/** The numbers of the financings in a chunk. */
export function financingsIn({ financings }: Plan, chunk: number): readonly number[] {
  const first = chunk * perChunk;
  return Array.from({ length: Math.min(perChunk, financings - first) }, (_, index) => first + index);
}

/** Who exports: of ten documents five are of the largest twentieth of the firms. */
export function firmOf({ seed }: Plan, financing: number): PartyId {
  const part = share(seed, 'firm', financing);
  return { scheme: 'LEGAL', id: `REPLAY${seed}${Math.floor(firms * part ** 4)}` };
}

/** The declaration that a financing draws on. */
export function declarationOf(plan: Plan, financing: number): FactInput {
  const date = new Date(plan.begunAt - (financing % daysBack) * dayMs).toISOString().slice(0, 10);
  return {
    type: 'customs-declaration',
    number: `REPLAY${plan.seed}${String(financing).padStart(9, '0')}`,
    date,
    seller: firmOf(plan, financing),
    total: usd(centsOf(plan, financing)),
  };
}

/** The claim of a financing: four fifths of its declaration, due in ninety days. */
export function claimOf(plan: Plan, financing: number): Omit<ClaimInput, 'idempotencyKey'> {
  const { number, seller } = declarationOf(plan, financing);
  const amount = usd(Math.floor((centsOf(plan, financing) * 4) / 5));
  return {
    applicationNumber: `R-${plan.seed}-${financing}`,
    enterprise: { scheme: seller.scheme, id: seller.id },
    product: 'discount',
    amount,
    lines: [{ document: { type: 'customs-declaration', number }, amount }],
    dueDate: new Date(plan.begunAt + 90 * dayMs).toISOString().slice(0, 10),
  };
}

/** The idempotency key of a step: who takes a replay up again sends the same request. */
export function keyOf({ seed }: Plan, step: string, number: number): string {
  const hash = createHash('sha256').update(`replay ${seed} ${step} ${number}`).digest('hex');
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    hash.slice(12, 16),
    hash.slice(16, 20),
    hash.slice(20, 32),
  ].join('-');
}

/** A number from 0 up to 1 that belongs to a financing. */
function share(seed: string, what: string, financing: number): number {
  const hash = createHash('sha256').update(`${seed} ${what} ${financing}`).digest();
  return hash.readUInt32BE(0) / 2 ** 32;
}

/** What a declaration is worth: 1,000.00 to 100,000.00. */
function centsOf({ seed }: Plan, financing: number): number {
  return 100_000 + Math.floor(9_900_000 * share(seed, 'amount', financing));
}

function usd(cents: number): Money {
  return { amount: `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`, currency: 'USD' };
}
