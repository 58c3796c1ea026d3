import type { ErrorCode } from '../errors.js';
import { type Covered, splitCover } from './cover-allocation.js';

/** What a policy promises. */
export interface PolicyTerms {
  /** Whole per cent of a loss that the insurer bears. */
  readonly insuredShare: number;
  readonly from: string;
  readonly to: string;
  readonly cancelled: boolean;
}

/** A receivable of an insured claim. */
interface InsuredReceivable {
  readonly kind: 'receivable';
  readonly amount: bigint;
  readonly fact: string;
  /** The ids of the buyer, where the document names one. */
  readonly buyers: readonly string[];
  /** Under which names a shipment speaks of it: its own, and those of what an authority says that it cites. */
  readonly names: readonly string[];
}

/** A declared shipment of an insured claim. */
export interface CoveringShipment {
  readonly kind: 'shipment';
  readonly amount: bigint;
  readonly fact: string;
  readonly policy: string;
  readonly buyer: string;
  /** Further ids of the buyer. */
  readonly buyers: readonly string[];
  /** Its own name, and those of the papers of which it is the shipment. */
  readonly names: readonly string[];
  readonly date: string;
  readonly premiumPaid: boolean;
  readonly declinedOn?: string | undefined;
}

/** A buyer limit of an insured claim. */
export interface CoveringLimit {
  readonly kind: 'limit';
  readonly amount: bigint;
  readonly fact: string;
  readonly policy: string;
  readonly buyer: string;
  readonly validUntil: string;
  readonly lapsedOn?: string | undefined;
  /** The policy that the limit names; undefined when the exporter has none under that number in the registry. */
  readonly terms: PolicyTerms | undefined;
  /** The bank to which the proceeds for this limit are assigned. */
  readonly assignee: string | undefined;
}

export type InsuredPart = InsuredReceivable | CoveringShipment | CoveringLimit;

/** Why a part cannot stand, with a sentence where the code alone says too little. */
export interface CoverRefusal {
  readonly code: ErrorCode;
  readonly detail?: string;
}

/** For whom and when the claim is made. */
export interface CoverContext {
  readonly bank: string;
  readonly today: string;
}

/**
 * Why one part of an insured claim cannot stand, given the others. Each receivable is covered by shipments of its own and
 * of its buyer, each shipment by the limit of its buyer and policy, and all of it in the same amount.
 */
export function whyNotCovered(
  part: InsuredPart,
  parts: readonly InsuredPart[],
  context: CoverContext,
): CoverRefusal | undefined {
  if (part.kind === 'limit') {
    return whyPolicyFails(part, context) ?? whyLimitFails(part, context) ?? whyUnequal(part, parts);
  }
  if (part.kind === 'shipment') return whyShipmentFails(part, parts);
  return whyReceivableFails(part, parts);
}

/**
 * Which receivables each shipment and each limit of a claim covers, in amount: what it is freed with.
 *
 * @returns by the fact of the shipment or limit.
 */
export function coverSplit(parts: readonly InsuredPart[]): ReadonlyMap<string, readonly Covered[]> {
  const receivables = parts.filter((part) => part.kind === 'receivable');
  const shipments = parts.filter((part) => part.kind === 'shipment');
  const flows = splitCover(
    shipments.map((shipment) => ({
      amount: shipment.amount,
      covers: [...receivables.keys()].filter((place) => isOf(shipment, receivables[place])),
    })),
    receivables.map(({ amount }) => amount),
  );
  const covered = (amounts: readonly bigint[]): Covered[] =>
    receivables.flatMap(({ fact }, place) => {
      const amount = amounts[place] ?? 0n;
      return amount === 0n ? [] : [{ fact, amount }];
    });
  const split = new Map(shipments.map(({ fact }, index) => [fact, covered(flows[index] ?? [])]));
  for (const [fact, amounts] of limitSplit(parts, shipments, flows)) split.set(fact, covered(amounts));
  return split;
}

/** Limits of one policy and buyer cover, in their order, what its shipments cover. */
function limitSplit(
  parts: readonly InsuredPart[],
  shipments: readonly CoveringShipment[],
  flows: readonly (readonly bigint[])[],
): readonly (readonly [fact: string, amounts: readonly bigint[]])[] {
  const open = flows.map((flow) => [...flow]);
  return parts.flatMap((part) => {
    if (part.kind !== 'limit') return [];
    const amounts: bigint[] = [];
    let left = part.amount;
    for (const [index, flow] of open.entries()) {
      const shipment = shipments[index];
      if (shipment === undefined || !isSameCover(shipment, part)) continue;
      for (const [place, rest] of flow.entries()) {
        const taken = rest < left ? rest : left;
        flow[place] = rest - taken;
        left -= taken;
        amounts[place] = (amounts[place] ?? 0n) + taken;
      }
    }
    return [[part.fact, amounts] as const];
  });
}

/** Whether a buyer limit has ended, by its own date or by the insurer's word. */
export function isLapsed(
  { validUntil, lapsedOn }: Pick<CoveringLimit, 'validUntil' | 'lapsedOn'>,
  today: string,
): boolean {
  return validUntil < today || (lapsedOn !== undefined && lapsedOn <= today);
}

/** Why a declared shipment covers nothing, whatever the claim. */
export function whyShipmentIsNotCovered({
  declinedOn,
  premiumPaid,
}: Pick<CoveringShipment, 'declinedOn' | 'premiumPaid'>): CoverRefusal | undefined {
  if (declinedOn !== undefined) return { code: 'COVER_DECLINED' };
  return premiumPaid ? undefined : { code: 'PREMIUM_UNPAID' };
}

function whyPolicyFails({ terms }: CoveringLimit, { today }: CoverContext): CoverRefusal | undefined {
  if (terms === undefined) {
    return {
      code: 'COVER_MISMATCH',
      detail: 'The applicant has no policy under the number that the limit names.',
    };
  }
  if (terms.cancelled) {
    return { code: 'POLICY_NOT_IN_FORCE', detail: 'The insurer has cancelled the policy.' };
  }
  return today < terms.from || today > terms.to ? { code: 'POLICY_NOT_IN_FORCE' } : undefined;
}

function whyLimitFails(limit: CoveringLimit, { bank, today }: CoverContext): CoverRefusal | undefined {
  if (isLapsed(limit, today)) return { code: 'LIMIT_LAPSED' };
  return limit.assignee === bank ? undefined : { code: 'NOT_ASSIGNEE' };
}

function whyUnequal(limit: CoveringLimit, parts: readonly InsuredPart[]): CoverRefusal | undefined {
  const limits = sum(parts.filter((other) => other.kind === 'limit' && isSameCover(other, limit)));
  const shipments = sum(parts.filter((other) => other.kind === 'shipment' && isSameCover(other, limit)));
  return limits === shipments
    ? undefined
    : { code: 'COVER_SUM', detail: 'What is drawn on the limit is not what is drawn on its shipments.' };
}

function whyShipmentFails(
  shipment: CoveringShipment,
  parts: readonly InsuredPart[],
): CoverRefusal | undefined {
  const ended = whyShipmentIsNotCovered(shipment);
  if (ended !== undefined) return ended;
  const limit = parts.find((part) => part.kind === 'limit' && isSameCover(part, shipment));
  if (limit?.kind !== 'limit') {
    return {
      code: 'COVER_MISMATCH',
      detail: 'The claim names no limit of this policy for the buyer of the shipment.',
    };
  }
  const { terms } = limit;
  if (terms !== undefined && (shipment.date < terms.from || shipment.date > terms.to)) {
    return {
      code: 'POLICY_NOT_IN_FORCE',
      detail: 'The policy was not in force when the shipment was declared.',
    };
  }
  if (!parts.some((part) => part.kind === 'receivable' && isOf(shipment, part))) {
    return {
      code: 'COVER_MISMATCH',
      detail: 'The claim names no receivable of this shipment and its buyer.',
    };
  }
  return sum(coverSplit(parts).get(shipment.fact) ?? []) === shipment.amount
    ? undefined
    : { code: 'COVER_SUM', detail: 'More is drawn on the shipment than on the receivables that it covers.' };
}

function whyReceivableFails(
  receivable: InsuredReceivable,
  parts: readonly InsuredPart[],
): CoverRefusal | undefined {
  const shipments = parts
    .filter((part) => part.kind === 'shipment')
    .filter((part) => isShipmentOf(part, receivable));
  if (shipments.length === 0) {
    return {
      code: 'COVER_MISMATCH',
      detail: 'The claim names no declared shipment of this document.',
    };
  }
  if (!shipments.some((part) => isOf(part, receivable))) {
    return {
      code: 'COVER_MISMATCH',
      detail: 'The shipment was declared for another buyer than the document names.',
    };
  }
  const covered = [...coverSplit(parts)]
    .filter(([fact]) => shipments.some((part) => part.fact === fact))
    .flatMap(([, covers]) => covers.filter(({ fact }) => fact === receivable.fact));
  return sum(covered) === receivable.amount
    ? undefined
    : {
        code: 'COVER_SUM',
        detail: 'What is drawn on the document is not what its shipments to its buyer cover.',
      };
}

/** Whether a shipment was declared for the document, by what the insurer or an authority says that it cites. */
function isShipmentOf({ names }: Pick<CoveringShipment, 'names'>, receivable: InsuredReceivable): boolean {
  return receivable.names.some((name) => names.includes(name));
}

/** Whether it covers the document: the shipment of it, to the buyer that it names, if it names one. */
function isOf(shipment: CoveringShipment, receivable: InsuredReceivable | undefined): boolean {
  if (receivable === undefined || !isShipmentOf(shipment, receivable)) return false;
  const { buyers } = receivable;
  return buyers.length === 0 || buyers.some((buyer) => shipment.buyers.includes(buyer));
}

type Cover = Pick<CoveringLimit, 'policy' | 'buyer'>;

function isSameCover(one: Cover, other: Cover): boolean {
  return one.policy === other.policy && one.buyer === other.buyer;
}

function sum(parts: readonly { readonly amount: bigint }[]): bigint {
  return parts.reduce((total, { amount }) => total + amount, 0n);
}
