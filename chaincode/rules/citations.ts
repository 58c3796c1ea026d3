import type { FactInput, PartyId } from '../api.js';
import { catalogue, joiningFamily } from '../catalogue.js';
import { linkText } from './document-keys.js';
import { looseNumber } from './near-keys.js';

/** What a document says about which others it belongs with. */
export interface Citing {
  readonly family: string;
  /** Family, seller and number, with its numbering period where it has one. */
  readonly link: string;
  /** The links of what it cites, all of its own seller. */
  readonly cites: readonly string[];
}

/** Families of papers under which goods travel, as links begin. */
const bills: readonly string[] = ['bill-of-lading', 'waybill'];

/** @param seller the firm, whichever of its ids the paper states. */
export function citingOf(
  { type, number, numberingPeriod, cites }: Pick<FactInput, 'type' | 'number' | 'numberingPeriod' | 'cites'>,
  seller: PartyId,
): Citing {
  const { family } = catalogue[type];
  const links = (cites ?? []).flatMap((cited) => {
    const other = joiningFamily[cited.type];
    return other === undefined ? [] : [linkText(other, seller, cited.number)];
  });
  return { family, link: linkText(family, seller, number, numberingPeriod), cites: [...new Set(links)] };
}

/**
 * Whether one of two documents of different families cites the other under another spelling of its number, as `INV/12`
 * for `INV-12`: the two would be neighbours, and are not.
 */
export function citedLoosely(one: Citing, other: Citing): boolean {
  if (one.family === other.family) return false;
  const names = (citing: Citing, cited: Citing) => {
    const loose = looseLink(cited.link);
    return !isCited(cited, citing) && citing.cites.some((link) => looseLink(link) === loose);
  };
  return names(one, other) || names(other, one);
}

/** A link without its numbering period, and its number without anything but letters and digits. */
export function looseLink(link: string): string {
  const [family = '', seller = '', number = ''] = link.split('\n');
  return [family, seller, looseNumber(number)].join('\n');
}

/** The texts by which others cite a document: with its numbering period, and without. */
function namesOf(link: string): readonly string[] {
  return [...new Set([link, link.split('\n').slice(0, 3).join('\n')])];
}

function isCited({ link }: Citing, by: Citing): boolean {
  return namesOf(link).some((name) => by.cites.includes(name));
}

/**
 * Whether two documents of one seller say themselves that they belong together: they are one document, or of different
 * families and one cites the other, or both name a bill and neither cites the other's family. Then the draws on both are
 * carried by both, and neither hides the other. To be in one trade is not enough: a third paper may have cited both.
 */
export function areNeighbours(one: Citing, other: Citing): boolean {
  if (one.link === other.link) return true;
  // A house bill cites its master, a receipt the one of its lot: these restate each other. Two invoices do not.
  const mayCite =
    one.family !== other.family || bills.includes(one.family) || one.family === 'warehouse-receipt';
  if (mayCite && (isCited(one, other) || isCited(other, one))) return true;
  const shareBill = one.cites.some(
    (link) => bills.includes(link.split('\n')[0] ?? '') && other.cites.includes(link),
  );
  // Parts of one consignment, as their carrier says on both.
  if (bills.includes(one.family) && bills.includes(other.family)) return shareBill;
  if (one.family === other.family) return false;
  const citesFamily = ({ cites }: Citing, { family }: Citing) =>
    cites.some((link) => link.startsWith(`${family}\n`));
  if (citesFamily(one, other) || citesFamily(other, one)) return false;
  return shareBill;
}
