import type { FactInput, PartyId } from '../api.js';
import { catalogue, fixedIssuer, joiningFamily } from '../catalogue.js';
import { type DocumentKey, linkText } from './document-keys.js';
import { canonicalNumber } from './numbers.js';
import { canonicalParty } from './parties.js';

/** The parts of a document that say to which trade it belongs, in their one spelling. */
export interface Linked {
  readonly key: DocumentKey;
  readonly seller: PartyId;
  readonly cites: NonNullable<FactInput['cites']>;
  readonly corrects: FactInput['corrects'];
  /** Whose goods a carrier says it carries, where another is paid the freight. */
  readonly shipper?: PartyId | undefined;
}

/**
 * Link texts of a document: facts that share one are evidence of the same trade. Every text names the seller, so that
 * nobody joins somebody else's trade by citing its number; only an authority is believed about another issuer.
 *
 * @param believed whether the recorder is an authority and not a party to the trade.
 */
export function linksOf(
  { key, seller, cites, corrects, shipper }: Linked,
  believed: boolean,
): readonly string[] {
  const { family, evidence } = catalogue[key.type];
  if (!evidence) return [linkText(family, key.issuer, key.number)];
  const parties = shipper === undefined ? [seller] : [seller, shipper];
  const links = [key.issuer, ...parties].map((party) => linkText(family, party, key.number));
  if (corrects !== undefined) links.push(linkText('invoice', seller, corrects.number));
  for (const { type, number, issuer } of cites) {
    const cited = joiningFamily[type];
    if (cited === undefined) continue;
    links.push(...parties.map((party) => linkText(cited, party, number)));
    const other = issuer ?? fixedIssuer(type);
    if (believed && other !== undefined) links.push(linkText(cited, other, number));
  }
  return [...new Set(links)];
}

/** Whether a document cites another of its family, of which it is a part or a copy. */
export function restates({ type }: Pick<DocumentKey, 'type'>, cites: Linked['cites']): boolean {
  const { family, restates: mayRestate = false } = catalogue[type];
  return mayRestate && cites.some((cited) => joiningFamily[cited.type] === family);
}

/** Citations in their one spelling, each once. */
export function canonicalCites(cites: FactInput['cites'], date: string): NonNullable<FactInput['cites']> {
  const seen = new Map<string, NonNullable<FactInput['cites']>[number]>();
  for (const [index, { type, number, issuer }] of (cites ?? []).entries()) {
    const field = `cites.${index}.number`;
    const canonical = canonicalNumber(number, field);
    const cite = {
      type,
      number:
        type === 'customs-declaration'
          ? (catalogue[type].number?.(canonical, { date }, field) ?? canonical)
          : canonical,
      ...(issuer && { issuer: canonicalParty(issuer, `cites.${index}.issuer`) }),
    };
    seen.set(JSON.stringify(cite), cite);
  }
  return [...seen.values()];
}
