import type { FactInput, Money, Party, PartyId } from '../api.js';
import { catalogue, type Section, statesTotal } from '../catalogue.js';
import { LedgerError } from '../errors.js';
import type { FactVersion } from './records.js';
import { checkAll } from '../rules/check-all.js';
import type { Instalment } from '../rules/instalments.js';
import { isImo } from '../rules/check-digits.js';
import { dateOf, dayNumber } from '../rules/dates.js';
import { bankCode, documentNumber, type RecordedKey } from '../rules/document-keys.js';
import { canonicalCites } from '../rules/links.js';
import { formatMoney, type MinorMoney, parseMoney } from '../rules/money.js';
import { canonicalNumber } from '../rules/numbers.js';
import { canonicalParty, partyText } from '../rules/parties.js';
import { canonicalContainers } from './canonical-containers.js';
import { preparedInstalments } from './prepare-instalments.js';
import { formatQuantity, massOf, type MinorQuantity, parseQuantity } from '../rules/quantities.js';

/** A balance as the head of a fact keeps it. */
interface PreparedBalance {
  readonly minor: bigint;
  /** Currency, or unit of the goods; empty where the document states neither. */
  readonly currency: string;
}

/** A document whose every part is in its one spelling. */
export interface PreparedFact {
  readonly content: FactVersion['content'];
  readonly key: RecordedKey;
  readonly seller: PartyId;
  /** Whose document it is. */
  readonly holder: PartyId;
  /** Further registered ids of the holder that the document states. */
  readonly holderIds: PartyId[];
  /** What it states; a document may state no amount. */
  readonly total: MinorMoney | undefined;
  /** What it allows to be drawn. */
  readonly balance: PreparedBalance;
  /** What the goods weigh, where the document states that beside the quantity. */
  readonly mass: MinorQuantity | undefined;
  readonly checkCode: string | undefined;
  /** When how much of it is to be paid. */
  readonly instalments: readonly Instalment[] | undefined;
}

/** A document as it is recorded; one that is amended says how its number was printed when it was. */
type StatedFact = FactInput & Pick<FactVersion['content'], 'printedNumber'>;

/**
 * Checks a document by itself, before the ledger is asked anything.
 *
 * @param recorder the member that records it, which gives the number of what is no paper of its seller.
 * @throws LedgerError the most severe of everything that is wrong with it.
 */
export function prepareFact(input: StatedFact, now: number, recorder: string): PreparedFact {
  const parts = checkedParts(input, now);
  const { seller, buyer, total, payable, quantity, mass } = parts;
  const party: PartyId = { scheme: seller.scheme, id: seller.id };
  const { holder } = catalogue[input.type];
  const buyerId = buyer && { scheme: buyer.scheme, id: buyer.id };
  const key = keyOf(input, parts, party, buyerId, recorder);
  return {
    content: contentOf(input, parts, key.number),
    key,
    seller: party,
    holder: holder === 'buyer' ? (buyerId ?? party) : party,
    holderIds: (holder === 'buyer' ? buyer?.otherIds : seller.otherIds) ?? [],
    total,
    balance: balanceOf(quantity, payable),
    mass,
    checkCode: input.checkCode,
    instalments: parts.instalments,
  };
}

type CheckedParts = ReturnType<typeof checkedParts>;

/** Every part in its one spelling. @throws LedgerError the most severe of everything that is wrong. */
function checkedParts(input: FactInput, now: number) {
  return checkAll({
    seller: () => namedParty(input.seller, 'seller'),
    buyer: () => input.buyer && namedParty(input.buyer, 'buyer'),
    assignedTo: () => input.assignedTo && namedParty(input.assignedTo, 'assignedTo'),
    number: () =>
      documentNumber(
        input.type,
        input.number,
        {
          office: input.details?.customsOffice,
          date: input.date,
          carrierCode: input.transport?.carrierCode,
        },
        'number',
      ),
    total: () => input.total && parseMoney(input.total, 'total'),
    payable: () => payableOf(input),
    instalments: () => preparedInstalments(input, payableOf(input)),
    quantity: () => input.quantity && parseQuantity(input.quantity, 'quantity'),
    mass: () => statedMass(input),
    stated: () => {
      assertStated(input);
    },
    selfBilled: () => {
      assertSelfBilled(input);
    },
    section: () => {
      assertSection(input);
    },
    transport: () => checkedTransport(input.transport),
    policy: () => {
      assertPeriod(input.policy);
    },
    letterOfCredit: () => {
      assertPresentable(input.letterOfCredit);
    },
    limit: () => input.limit && ofPolicy(input.limit, 'limit'),
    shipment: () => input.shipment && ofPolicy(input.shipment, 'shipment'),
    period: () => {
      // An invoice cites an order by its number alone: it must be one order.
      if (catalogue[input.type].dimension === 'order') assertAbsent('numberingPeriod', input.numberingPeriod);
      // Its number is one of the bank that has issued it.
      if (input.letterOfCredit !== undefined) assertAbsent('numberingPeriod', input.numberingPeriod);
    },
    sameCurrency: () => {
      sameCurrency(input);
    },
    date: () => {
      notFuture(input.date, now);
    },
    cites: () => canonicalCites(input.cites, input.date),
    corrects: () => corrected(input),
    replaces: () => replaced(input),
    details: () => checkedDetails(input.details),
  });
}

/** Under which number of whom a document is known. */
function keyOf(
  { type, numberingPeriod, selfBilled, letterOfCredit }: FactInput,
  { number }: CheckedParts,
  seller: PartyId,
  buyer: PartyId | undefined,
  recorder: string,
): RecordedKey {
  const { issuer } = catalogue[type];
  const writer = selfBilled === true && buyer !== undefined ? buyer : seller;
  return {
    type,
    issuer: issuer === 'seller' ? writer : { scheme: 'MSP', id: recorder },
    number,
    ...(numberingPeriod !== undefined && { period: numberingPeriod }),
    ...(letterOfCredit && { issuingBank: bankCode(letterOfCredit.issuingBank) }),
  };
}

/** What the document says, as it is stored. */
function contentOf(input: StatedFact, parts: CheckedParts, number: string): FactVersion['content'] {
  const { total, payable, quantity, mass } = parts;
  return {
    type: input.type,
    number,
    printedNumber: printedOf(input, number),
    date: input.date,
    seller: parts.seller,
    buyer: parts.buyer,
    total: total && formatMoney(total.minor, total.currency),
    payable: payable && formatMoney(payable.minor, payable.currency),
    quantity: quantity && formatQuantity(quantity.minor, quantity.unit),
    mass: mass && formatQuantity(mass.minor, mass.unit),
    instalments: parts.instalments?.map(({ dueDate, amount }) => ({
      dueDate,
      amount: formatMoney(amount, parts.payable?.currency ?? ''),
    })),
    cites: parts.cites,
    numberingPeriod: input.numberingPeriod,
    selfBilled: input.selfBilled,
    corrects: parts.corrects,
    replaces: parts.replaces,
    assignedTo: parts.assignedTo,
    details: parts.details,
    filing: input.filing,
    policy: input.policy,
    limit: parts.limit,
    shipment: parts.shipment,
    letterOfCredit: input.letterOfCredit,
    transport: parts.transport,
  };
}

/** How the paper prints its number, where that is not the canonical spelling. */
function printedOf({ number, printedNumber = number }: StatedFact, canonical: string): string | undefined {
  return printedNumber === canonical ? undefined : printedNumber;
}

function namedParty(party: Party, field: string): Party {
  const own = canonicalParty(party, field);
  const others = (party.otherIds ?? []).map((one, index) =>
    canonicalParty(one, `${field}.otherIds.${index}`),
  );
  const distinct = new Map(others.map((one) => [partyText(one), one]));
  distinct.delete(partyText(own));
  return {
    ...own,
    ...(party.name !== undefined && { name: party.name }),
    ...(distinct.size > 0 && { otherIds: [...distinct.values()] }),
  };
}

/** Of goods the balance is their quantity, else what is to be paid; a document that states neither has none. */
function balanceOf(quantity: MinorQuantity | undefined, payable: MinorMoney | undefined): PreparedBalance {
  if (quantity !== undefined) return { minor: quantity.minor, currency: quantity.unit };
  return payable ?? { minor: 0n, currency: '' };
}

function payableOf({ total, payable }: FactInput): MinorMoney | undefined {
  const stated = payable ?? total;
  return stated && parseMoney(stated, 'payable', 'allow-zero');
}

/** What the goods weigh, of a document that counts them in another unit. */
function statedMass({ quantity, mass }: FactInput): MinorQuantity | undefined {
  if (mass === undefined) return undefined;
  if (quantity === undefined || massOf(quantity.unit) !== undefined || massOf(mass.unit) === undefined) {
    throw new LedgerError('FIELD_REQUIRED', { field: 'mass' });
  }
  return parseQuantity(mass, 'mass');
}

/** Every type states what its balance measures, and nothing else that could be taken for it. */
function assertStated({ type, total, payable, quantity, buyer }: FactInput): void {
  const rule = catalogue[type];
  const { balance, holder, namesBuyer } = rule;
  const wantsTotal = statesTotal(rule);
  const mayTotal = wantsTotal || balance === 'freight';
  if (!mayTotal) assertAbsent('total', total);
  if (wantsTotal || (mayTotal && payable !== undefined)) assertPresent('total', total);
  if (!mayTotal) assertAbsent('payable', payable);
  if (balance === 'quantity') assertPresent('quantity', quantity);
  else assertAbsent('quantity', quantity);
  if (holder === 'buyer' || namesBuyer) assertPresent('buyer', buyer);
}

function assertPresent(field: string, value: unknown): void {
  if (value === undefined) throw new LedgerError('FIELD_REQUIRED', { field });
}

function assertAbsent(field: string, value: unknown): void {
  if (value !== undefined) throw new LedgerError('FIELD_NOT_ALLOWED', { field });
}

/** Only an authority says that a number is the buyer's: a seller's own paper must not take up numbers of somebody else. */
function assertSelfBilled({ type, selfBilled, buyer }: FactInput): void {
  if (selfBilled === undefined) return;
  const { issuer, recordedBy } = catalogue[type];
  const may = issuer === 'seller' && !recordedBy.includes('enterprise');
  if (!may || buyer === undefined)
    throw new LedgerError('FIELD_REQUIRED', { field: may ? 'buyer' : 'selfBilled' });
}

const sections: readonly Section[] = ['filing', 'policy', 'limit', 'shipment', 'transport', 'letterOfCredit'];

function assertSection(input: FactInput): void {
  const rule = catalogue[input.type];
  for (const section of sections) {
    if (rule.section === section) assertPresent(section, input[section]);
    else assertAbsent(section, input[section]);
  }
  if (rule.checkCode === undefined) assertAbsent('checkCode', input.checkCode);
}

function assertPeriod(policy: FactInput['policy']): void {
  if (policy !== undefined && policy.to < policy.from) {
    throw new LedgerError('DATE_INVALID', { field: 'policy.to' });
  }
}

function assertPresentable(credit: FactInput['letterOfCredit']): void {
  const { presentBy, latestShipment, expiresOn } = credit ?? {};
  if (expiresOn === undefined) return;
  if (presentBy !== undefined && presentBy > expiresOn) {
    throw new LedgerError('DATE_INVALID', { field: 'letterOfCredit.presentBy' });
  }
  if (latestShipment !== undefined && latestShipment > expiresOn) {
    throw new LedgerError('DATE_INVALID', { field: 'letterOfCredit.latestShipment' });
  }
}

/** A section that names its policy, by the one spelling of its number. */
function ofPolicy<T extends { readonly policy: string }>(section: T, name: string): T {
  return { ...section, policy: canonicalNumber(section.policy, `${name}.policy`) };
}

function checkedTransport(transport: FactInput['transport']): FactInput['transport'] {
  if (transport === undefined) return undefined;
  const { shipper, consignee, notifyParty, vessel, containers } = transport;
  if (vessel?.imo !== undefined && !isImo(vessel.imo)) {
    throw new LedgerError('CHECK_DIGIT_WRONG', { field: 'transport.vessel.imo' });
  }
  return {
    ...transport,
    ...(shipper && { shipper: namedParty(shipper, 'transport.shipper') }),
    ...(consignee && { consignee: namedParty(consignee, 'transport.consignee') }),
    ...(notifyParty && { notifyParty: namedParty(notifyParty, 'transport.notifyParty') }),
    ...(containers && { containers: canonicalContainers(containers, 'transport.containers') }),
  };
}

function sameCurrency({ total, payable }: FactInput): void {
  if (payable !== undefined && total !== undefined && payable.currency !== total.currency) {
    throw new LedgerError('CURRENCY_MIXED', { field: 'payable.currency' });
  }
  if (payable === undefined || total === undefined) return;
  if (parseMoney(payable, 'payable', 'allow-zero').minor > parseMoney(total, 'total').minor) {
    throw new LedgerError('PAYABLE_EXCEEDS_TOTAL', { field: 'payable.amount' });
  }
}

/** A document may bear tomorrow's date, because it is tomorrow already somewhere, but none later. */
function notFuture(date: string, now: number): void {
  if (dayNumber(date) > dayNumber(dateOf(now)) + 1) throw new LedgerError('DATE_INVALID', { field: 'date' });
}

function corrected({ type, corrects }: FactInput): FactInput['corrects'] {
  if ((catalogue[type].balance === 'lowers-corrected') !== (corrects !== undefined)) {
    throw new LedgerError('CORRECTS_REQUIRED', { field: 'corrects' });
  }
  return corrects && { number: canonicalNumber(corrects.number, 'corrects.number') };
}

/** Only a document whose number its seller gave is corrected by another one: authorities amend theirs. */
function replaced({ type, number, numberingPeriod, replaces }: FactInput): FactInput['replaces'] {
  if (replaces === undefined) return undefined;
  const { issuer, balance, dimension } = catalogue[type];
  // What its buyer has confirmed is not moved to another paper: the order is amended.
  if (issuer !== 'seller' || balance !== 'payable' || dimension === 'order') {
    throw new LedgerError('REPLACES_INVALID', { field: 'replaces' });
  }
  const original = { ...replaces, number: canonicalNumber(replaces.number, 'replaces.number') };
  const isItself =
    original.number === canonicalNumber(number, 'number') && original.numberingPeriod === numberingPeriod;
  if (isItself) throw new LedgerError('REPLACES_INVALID', { field: 'replaces.number' });
  return original;
}

function checkedDetails(details: FactInput['details']): FactInput['details'] {
  if (details === undefined) return undefined;
  const money = (value: Money | undefined, field: string) => {
    if (value !== undefined) parseMoney(value, `details.${field}`, 'allow-zero');
  };
  money(details.gross, 'gross');
  money(details.prepaid, 'prepaid');
  for (const [index, { amount }] of (details.goods ?? []).entries()) money(amount, `goods.${index}.amount`);
  const { containers } = details;
  return {
    ...details,
    ...(containers && { containers: canonicalContainers(containers, 'details.containers') }),
  };
}
