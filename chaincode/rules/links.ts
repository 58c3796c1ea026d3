import type { FactInput, PartyId } from '../api.js';
import { catalogue, joiningFamily } from '../catalogue.js';
import { type RecordedKey, linkText } from './document-keys.js';
import { canonicalNumber } from './numbers.js';
import { canonicalParty, partyText } from './parties.js';

/** The parts of a document that say to which trade it belongs, in their one spelling. */
export interface Linked {
  readonly key: RecordedKey;
  /** The firm whose document it is, by the one id that stands for all of its ids. */
  readonly firm: PartyId;
  readonly cites: NonNullable<FactInput['cites']>;
  readonly corrects: FactInput['corrects'];
  readonly replaces: FactInput['replaces'];
  /** The buyer wrote it: its number is the buyer's. */
  readonly selfBilled?: boolean | undefined;
  /** Another member had given the number before. */
  readonly named?: true | undefined;
}

/** How a document is known within the trades of its seller. */
export interface Links {
  /** Which document it is. */
  readonly link: string;
  /** Under which texts others cite it: with its numbering period, and without. */
  readonly names: readonly string[];
  readonly cites: readonly string[];
  readonly replaces?: string;
  /** The invoice that a credit note lowers. */
  readonly corrects?: string;
}

/**
 * Link texts of a document. Each names the seller, whoever recorded it: documents of different sellers are never
 * evidence of one trade, so nobody joins, and thereby limits, somebody else's.
 */
export function linksOf({ key, firm, cites, corrects, replaces, selfBilled, named }: Linked): Links {
  const { family, evidence } = catalogue[key.type];
  if (!evidence) {
    // Two banks may have issued credits under one number. They are found under it, and are two documents all the same.
    const link = linkText(family, key.issuer, key.number, key.period ?? key.issuingBank);
    const names = [...new Set([link, linkText(family, key.issuer, key.number, key.period)])];
    return { link, names, cites: [] };
  }
  // Two buyers that write the invoices themselves may give one seller the same number, and so may two carriers.
  const isOthers = selfBilled === true || named === true;
  const apart = isOthers ? `${partyText(key.issuer)} ${key.period ?? ''}` : key.period;
  const link = linkText(family, firm, key.number, apart);
  const cited = cites.flatMap(({ type, number }) => {
    const joining = joiningFamily[type];
    return joining === undefined ? [] : [linkText(joining, firm, number)];
  });
  return {
    link,
    names: [...new Set([link, linkText(family, firm, key.number)])],
    cites: [...new Set(cited)],
    ...(replaces && { replaces: linkText(family, firm, replaces.number, replaces.numberingPeriod) }),
    ...(corrects && { corrects: linkText('invoice', firm, corrects.number) }),
  };
}

/** Every text that a document shares with those of its trade. */
export function joiningTexts({ link, names, cites, replaces, corrects }: Links): readonly string[] {
  return [
    ...new Set([link, ...names, ...cites, ...(replaces ? [replaces] : []), ...(corrects ? [corrects] : [])]),
  ];
}

/** Whether a link text is that of an order. */
export function isOrderText(text: string): boolean {
  return text.startsWith(`${catalogue['purchase-order'].family}\n`);
}

/** Whether a document cites another of its family, of which it is a part or a copy. */
export function restates({ type }: Pick<RecordedKey, 'type'>, cites: Linked['cites']): boolean {
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
