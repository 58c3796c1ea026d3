import type { FactType } from '../schemas.js';
import { looseLinkText } from './document-keys.js';
import { type Journey, sameGoods } from './journeys.js';

/** A carrier's or warehouse's paper, by what it says of the goods that it stands for. */
export interface Consignment {
  readonly fact: string;
  readonly type: FactType;
  /** Its own name: family, issuer and number. */
  readonly own: string;
  /** Names of the papers of transport that it cites. */
  readonly cites: readonly string[];
  /** Those, and what they cite in turn. */
  readonly above: readonly string[];
  readonly journey: Journey | undefined;
}

/**
 * Whether two papers stand for the same goods, by what they say themselves, whoever's they are: one is above the other,
 * they list a container for the same days, or they are of two types and cite the same paper. Papers of one type that cite
 * the same one are parts of it.
 */
export function sameConsignment(one: Consignment, other: Consignment): boolean {
  if (one.fact === other.fact || has(one.above, other.own) || has(other.above, one.own)) return true;
  if (one.cites.some((name) => has(other.cites, name))) return one.type !== other.type;
  return one.journey !== undefined && other.journey !== undefined && sameGoods(one.journey, other.journey);
}

/** Whether one of these names may mean the same paper: a citation need not say which carrier's number it is. */
function has(all: readonly string[], name: string): boolean {
  const loose = looseLinkText(name);
  return all.some(
    (one) => one === name || (looseLinkText(one) === loose && (one === loose || name === loose)),
  );
}

/** Everything under which the mark of a paper is found: two papers of the same goods share at least one of these. */
export function namesOf({ own, above, journey }: Consignment): readonly string[] {
  const containers = (journey?.containers ?? []).map((code) => `container\n${code}`);
  return [...new Set([...[own, ...above].map(looseLinkText), ...containers])];
}
