import type { ErrorCode } from '../errors.js';

/** What a policy promises. */
export interface PolicyTerms {
  /** Whole per cent of a loss that the insurer bears. */
  readonly insuredShare: number;
  readonly from: string;
  readonly to: string;
}

/** A receivable of an insured claim. */
export interface InsuredReceivable {
  readonly kind: 'receivable';
  readonly amount: bigint;
  readonly trade: string;
  /** The buyer, where the document names him. */
  readonly buyer: string | undefined;
}

/** A declared shipment of an insured claim. */
export interface CoveringShipment {
  readonly kind: 'shipment';
  readonly amount: bigint;
  readonly trade: string;
  readonly policy: string;
  readonly buyer: string;
  readonly date: string;
  readonly premiumPaid: boolean;
  readonly declinedOn?: string | undefined;
}

/** A buyer limit of an insured claim. */
export interface CoveringLimit {
  readonly kind: 'limit';
  readonly amount: bigint;
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
 * Why one part of an insured claim cannot stand, given the others. Each receivable is covered by the shipments of its
 * own trade, each shipment by the limit of its buyer and policy, and in the same amount.
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
  const receivables = parts.filter((part) => part.kind === 'receivable' && part.trade === shipment.trade);
  if (receivables.length === 0) {
    return {
      code: 'COVER_MISMATCH',
      detail: 'The claim names no receivable of the trade of this shipment.',
    };
  }
  const shipments = parts.filter((part) => part.kind === 'shipment' && part.trade === shipment.trade);
  return sum(receivables) === sum(shipments)
    ? undefined
    : {
        code: 'COVER_SUM',
        detail: 'What is drawn on the receivables of a trade is not what is drawn on its shipments.',
      };
}

function whyReceivableFails(
  { trade, buyer }: InsuredReceivable,
  parts: readonly InsuredPart[],
): CoverRefusal | undefined {
  const shipments = parts.filter((part) => part.kind === 'shipment' && part.trade === trade);
  if (shipments.length === 0) {
    return {
      code: 'COVER_MISMATCH',
      detail: 'The claim names no declared shipment of the trade of this document.',
    };
  }
  return buyer === undefined || shipments.some((part) => part.buyer === buyer)
    ? undefined
    : {
        code: 'COVER_MISMATCH',
        detail: 'The shipment was declared for another buyer than the document names.',
      };
}

type Cover = Pick<CoveringLimit, 'policy' | 'buyer'>;

function isSameCover(one: Cover, other: Cover): boolean {
  return one.policy === other.policy && one.buyer === other.buyer;
}

function sum(parts: readonly InsuredPart[]): bigint {
  return parts.reduce((total, { amount }) => total + amount, 0n);
}
