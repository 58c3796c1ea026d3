import { latestContent } from '../../facts/latest.js';
import type { UnitOfWork } from '../../ledger/unit-of-work.js';
import type { FactHead, FactVersion } from '../../facts/records.js';
import { catalogue, joiningFamily } from '../../catalogue.js';
import { memberNamed } from '../../rules/document-keys.js';
import type { Fingerprints } from '../../rules/fingerprints.js';
import { names, partyText } from '../../rules/parties.js';
import type { Party, PartyId } from '../../schemas.js';
import { findFirst } from '../../ledger/find-first.js';
import type { CheckedInvoice } from './invoice.js';
import { citedPapers } from './paper.js';
import { markConsentAt } from './records.js';

/** A paper that a payment is to mark. */
export interface Paper {
  readonly head: FactHead;
  readonly content: FactVersion['content'];
}

/** Everybody with a say in the goods: who may consent to another's payment on them. */
export function partiesOf({ seller, buyer, transport }: FactVersion['content']): readonly Party[] {
  const { shipper = seller, consignee, notifyParty } = transport ?? {};
  return [shipper, consignee, notifyParty, buyer].flatMap((party) => party ?? []);
}

/**
 * Whether the payer has to do with the goods: the paper names it as consignee, notify party or buyer, the invoice that was
 * checked is to the payer and belongs to the paper, or somebody whom the paper names has consented. Who knows a container
 * number and nothing else could otherwise take the paper from the firm that has to pay for it.
 */
export async function isPayerOf(
  work: UnitOfWork,
  keys: Fingerprints,
  paper: Paper,
  payer: PartyId,
  invoice: CheckedInvoice,
): Promise<boolean> {
  if (isNamed(paper.content, payer) || (await isNamedAbove(work, keys, paper, payer))) return true;
  if (names(invoice.content.buyer, payer) && belongs(invoice, paper)) return true;
  const ids = keys.candidates('mark-consent', consentText(paper.head.id, payer));
  return (await findFirst(work, ids, markConsentAt)).record !== undefined;
}

function isNamed({ buyer, transport }: FactVersion['content'], payer: PartyId): boolean {
  return [transport?.consignee, transport?.notifyParty, buyer].some((party) => names(party, payer));
}

/** A waybill or receipt of the goods of a bill is the consignee's too. A house bill is not: it names its own. */
async function isNamedAbove(
  work: UnitOfWork,
  keys: Fingerprints,
  { head, content }: Paper,
  payer: PartyId,
): Promise<boolean> {
  const cited = await citedPapers(work, keys, content);
  const above = cited.filter(({ type, status }) => type !== head.type && status !== 'cancelled');
  const contents = await Promise.all(above.map((one) => latestContent(work, one)));
  return contents.some((one) => isNamed(one, payer));
}

/** What a consent is found by. */
export function consentText(fact: string, payer: PartyId): string {
  return `${fact}\n${partyText(payer)}`;
}

/**
 * Whether an invoice is of the goods of the paper: the carrier says so, or the invoice does and was recorded by an authority
 * or by the firm that shipped the goods.
 */
function belongs(invoice: CheckedInvoice, paper: Paper): boolean {
  if (isCited(paper, invoice)) return true;
  const { shipper = paper.content.seller } = paper.content.transport ?? {};
  const isBelieved = invoice.head.self !== true || names(shipper, invoice.head.seller);
  return isBelieved && isCited(invoice, paper);
}

/** Whether a citation may mean a paper of this issuer: it need not say whose it means. */
function isIssuer(cited: PartyId | undefined, { issuer }: FactHead): boolean {
  return cited === undefined || partyText(cited) === partyText(issuer);
}

/** Whether one paper cites the other. */
function isCited(by: Paper, { head }: Paper): boolean {
  const { family, issuer } = catalogue[head.type];
  return by.content.cites.some(
    (cite) =>
      joiningFamily[cite.type] === family &&
      cite.number === head.number &&
      isIssuer(issuer === 'seller' ? cite.issuer : memberNamed(cite.issuer), head),
  );
}
