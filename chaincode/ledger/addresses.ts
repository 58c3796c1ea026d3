import * as kinds from './kinds.js';
import type { RecordKind } from './records.js';

/** Where a record lies and of what kind it is. */
export interface Address<T> {
  /** Undefined: the public state. */
  readonly collection: string | undefined;
  readonly key: string;
  readonly kind: RecordKind<T>;
}

/** Tells an address from every other. */
export function nameOf({ collection, key }: Address<never> | Address<unknown>): string {
  return `${collection ?? ''} ${key}`;
}

/** The collection of the three government nodes. */
export const registry = 'registry';

/** The collection of one organisation and the government nodes, which have none for themselves: theirs is the registry. */
export const partyCollection = (mspId: string) => `party-${mspId}`;

export const keyRingAt = at(registry, 'K', kinds.keyRing);
export const keyRetirementAt = at(registry, 'KR', kinds.keyRetirement);
export const policyAt = at(registry, 'G', kinds.policy);
export const factAt = (id: string) => at(registry, `F~${id}`, kinds.factHead);
export const factVersionAt = (id: string, version: number) =>
  at(registry, `F~${id}~${version}`, kinds.factVersion);
export const factAliasAt = (id: string) => at(registry, `FK~${id}`, kinds.factAlias);
export const firmIdAt = (id: string) => at(registry, `D~${id}`, kinds.firmId);
export const linkAt = (id: string) => at(registry, `L~${id}`, kinds.link);
export const underlyingAt = (id: string) => at(registry, `U~${id}`, kinds.underlying);
export const nearBucketAt = (id: string) => at(registry, `N~${id}`, kinds.nearBucket);
export const containerBucketAt = (id: string) => at(registry, `B~${id}`, kinds.containerBucket);
export const rateAt = (currency: string) => at(registry, `R~${currency}`, kinds.rate);
export const rateBeforeAt = (currency: string) => at(registry, `RB~${currency}`, kinds.rate);
export const rateProposalAt = (currency: string) => at(registry, `RP~${currency}`, kinds.rateProposal);
export const claimAt = (owner: string, id: string, seq: number) =>
  at(partyCollection(owner), `C~${id}~${seq}`, kinds.claim);
export const applicationAt = (id: string) => at(registry, `AN~${id}`, kinds.application);
export const offerAt = (to: string, id: string) => at(partyCollection(to), `T~${id}`, kinds.transferOffer);
export const paymentAt = (owner: string, id: string, seq: number) =>
  at(partyCollection(owner), `P~${id}~${seq}`, kinds.payment);
export const openingAt = (id: string) => at(registry, `V~${id}`, kinds.opening);
export const unfiledPaymentsAt = (id: string) => at(registry, `S~${id}`, kinds.unfiledPayments);
export const structuringReportAt = (payment: string) => at(registry, `X~${payment}`, kinds.structuringReport);
export const publicPaymentAt = (id: string) => at(undefined, `payment~${id}`, kinds.publicState);
export const publicFactAt = (id: string) => at(undefined, `fact~${id}`, kinds.publicState);
export const publicClaimAt = (id: string) => at(undefined, `claim~${id}`, kinds.publicState);

function at<T>(collection: string | undefined, key: string, kind: RecordKind<T>): Address<T> {
  return { collection, key, kind };
}
