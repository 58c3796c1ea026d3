import type { FactInput, PartyId } from '../api.js';
import { catalogue, joiningFamily } from '../catalogue.js';
import { linkText } from './document-keys.js';
import { looseNumber } from './near-keys.js';

/** What a document says about which others it belongs with. */
export interface Citing {
  readonly family: string;
  /** Family, seller and number, by which others cite it. */
  readonly link: string;
  /** The links of what it cites, all of its own seller. */
  readonly cites: readonly string[];
}

/** Families of papers under which goods travel, as links begin. */
const bills: readonly string[] = ['bill-of-lading', 'waybill'];

/** @param seller the firm, whichever of its ids the paper states. */
export function citingOf(
  { type, number, cites }: Pick<FactInput, 'type' | 'number' | 'cites'>,
  seller: PartyId,
): Citing {
  const { family } = catalogue[type];
  const links = (cites ?? []).flatMap((cited) => {
    const other = joiningFamily[cited.type];
    return other === undefined ? [] : [linkText(other, seller, cited.number)];
  });
  return { family, link: linkText(family, seller, number), cites: [...new Set(links)] };
}

/**
 * Whether one of two documents of different families cites the other under another spelling of its number, as `INV/12`
 * for `INV-12`: the two would be neighbours, and are not.
 */
export function citedLoosely(one: Citing, other: Citing): boolean {
  if (one.family === other.family) return false;
  const names = (citing: Citing, cited: Citing) => {
    const loose = looseLink(cited.link);
    return citing.cites.some((link) => link !== cited.link && looseLink(link) === loose);
  };
  return names(one, other) || names(other, one);
}

/** A link whose number is without anything but letters and digits. */
export function looseLink(link: string): string {
  const end = link.lastIndexOf('\n') + 1;
  return link.slice(0, end) + looseNumber(link.slice(end));
}

/**
 * Whether two documents of one seller say themselves that they belong together: they are one document, or of different
 * families and one cites the other, or both name a bill and neither cites the other's family. Then the draws on both are
 * carried by both, and neither hides the other. To be in one trade is not enough: a third paper may have cited both.
 */
export function areNeighbours(one: Citing, other: Citing): boolean {
  if (one.family === other.family) return one.link === other.link;
  if (one.cites.includes(other.link) || other.cites.includes(one.link)) return true;
  const citesFamily = ({ cites }: Citing, { family }: Citing) =>
    cites.some((link) => link.startsWith(`${family}\n`));
  if (citesFamily(one, other) || citesFamily(other, one)) return false;
  return one.cites.some((link) => bills.includes(link.split('\n')[0] ?? '') && other.cites.includes(link));
}
