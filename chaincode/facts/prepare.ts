import type { FactInput, Money, Party, PartyId } from '../api.js';
import { catalogue } from '../catalogue.js';
import { LedgerError } from '../errors.js';
import type { FactVersion } from '../ledger/kinds.js';
import { checkAll } from '../rules/check-all.js';
import { isContainer } from '../rules/check-digits.js';
import { dateOf, dayNumber } from '../rules/dates.js';
import { type DocumentKey, documentNumber } from '../rules/document-keys.js';
import { canonicalCites } from '../rules/links.js';
import { formatMoney, type MinorMoney, parseMoney } from '../rules/money.js';
import { canonicalNumber } from '../rules/numbers.js';
import { canonicalParty } from '../rules/parties.js';

/** A document whose every part is in its one spelling. */
export interface PreparedFact {
  readonly content: FactVersion['content'];
  readonly key: DocumentKey;
  readonly seller: PartyId;
  readonly total: MinorMoney;
  /** What it allows to be drawn, minor units. */
  readonly payable: bigint;
}

/**
 * Checks a document by itself, before the ledger is asked anything.
 *
 * @throws LedgerError the most severe of everything that is wrong with it.
 */
export function prepareFact(input: FactInput, now: number): PreparedFact {
  const { seller, number, cites, ...checked } = checkAll({
    seller: () => namedParty(input.seller, 'seller'),
    buyer: () => input.buyer && namedParty(input.buyer, 'buyer'),
    assignedTo: () => input.assignedTo && namedParty(input.assignedTo, 'assignedTo'),
    number: () =>
      documentNumber(
        input.type,
        input.number,
        { office: input.details?.customsOffice, date: input.date },
        'number',
      ),
    total: () => parseMoney(input.total, 'total'),
    payable: () => parseMoney(input.payable ?? input.total, 'payable', 'allow-zero'),
    sameCurrency: () => {
      sameCurrency(input);
    },
    date: () => {
      notFuture(input.date, now);
    },
    cites: () => canonicalCites(input.cites, input.date),
    corrects: () => corrected(input),
    details: () => checkedDetails(input.details),
  });
  const { total, payable, buyer, assignedTo, corrects, details } = checked;
  const party: PartyId = { scheme: seller.scheme, id: seller.id };
  const { issuer } = catalogue[input.type];
  const key = { type: input.type, issuer: issuer === 'seller' ? party : issuer, number };
  return {
    content: {
      type: input.type,
      number: key.number,
      date: input.date,
      seller,
      buyer,
      total: formatMoney(total.minor, total.currency),
      payable: formatMoney(payable.minor, payable.currency),
      cites,
      corrects,
      assignedTo,
      details,
    },
    key,
    seller: party,
    total,
    payable: payable.minor,
  };
}

function namedParty(party: Party, field: string): Party {
  return { ...canonicalParty(party, field), ...(party.name !== undefined && { name: party.name }) };
}

function sameCurrency({ total, payable }: FactInput): void {
  if (payable !== undefined && payable.currency !== total.currency) {
    throw new LedgerError('CURRENCY_MIXED', { field: 'payable.currency' });
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

function checkedDetails(details: FactInput['details']): FactInput['details'] {
  if (details === undefined) return undefined;
  const money = (value: Money | undefined, field: string) => {
    if (value !== undefined) parseMoney(value, `details.${field}`, 'allow-zero');
  };
  money(details.gross, 'gross');
  money(details.prepaid, 'prepaid');
  for (const [index, { amount }] of (details.goods ?? []).entries()) money(amount, `goods.${index}.amount`);
  const containers = details.containers?.map((container, index) => {
    const code = container.replace(/[\s-]/g, '').toUpperCase();
    if (!isContainer(code))
      throw new LedgerError('CHECK_DIGIT_WRONG', { field: `details.containers.${index}` });
    return code;
  });
  return { ...details, ...(containers && { containers }) };
}
