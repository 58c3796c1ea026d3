import type { FactInput, Money } from '@pledgeonce/chaincode/api.js';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import { formatMoney, parseMoney } from '@pledgeonce/chaincode/rules/money.js';
import { describeIssue } from '@pledgeonce/chaincode/rules/describe-issue.js';
import { DocumentError } from './document-error.js';
import { amountText, dateOf } from './fields.js';
import { goodsOf } from './dcsa-goods.js';
import { type Bill, type BillParty, billSchema, type HouseBill } from './dcsa-schema.js';
import { type ParsedDocument, parsedDocument, type ParsedItem, type Warn, type Warning } from './parsed.js';
import { type NamedParty, partyOf, requiredParty } from './parties.js';

type Transport = NonNullable<FactInput['transport']>;

/**
 * Reads an electronic bill of lading (DCSA eBL 3.0), by itself or in the envelope of its issuance. House bills that it
 * lists become documents of their own, which cite it.
 *
 * Shipping instructions have the same form, but no number before the carrier issues the bill: they are refused.
 *
 * @throws DocumentError when it is no such document.
 */
export function readDcsa(json: unknown): ParsedDocument {
  const document = inside(json);
  if (!looksLikeBill(document)) {
    throw new DocumentError(
      'INPUT_INVALID',
      '',
      'This is neither an array of documents nor an electronic bill of lading (DCSA).',
    );
  }
  const items: ParsedItem[] = [];
  const attempt = (row: number, read: (warn: Warn) => FactInput) => {
    const warnings: Warning[] = [];
    try {
      items.push({ row, fact: read((warning) => warnings.push({ row, ...warning })), warnings });
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      items.push({ row, code: error.code, field: error.field, detail: error.detail });
    }
  };
  const parsed = billSchema.safeParse(document);
  attempt(1, (warn) => masterBill(checked(parsed), warn));
  for (const [index, house] of (parsed.data?.houseBillOfLadings ?? []).entries()) {
    attempt(index + 2, (warn) => houseBill(checked(parsed), house, warn));
  }
  return parsedDocument(items);
}

/** The bill itself, where it comes in the envelope in which a platform receives it. */
function inside(json: unknown): unknown {
  const isEnvelope = typeof json === 'object' && json !== null && 'document' in json;
  return isEnvelope ? json.document : json;
}

function looksLikeBill(json: unknown): boolean {
  return (
    typeof json === 'object' &&
    json !== null &&
    ('transportDocumentTypeCode' in json || 'transportDocumentReference' in json)
  );
}

function checked(parsed: ReturnType<typeof billSchema.safeParse>): Bill {
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const { field = '', detail } = issue === undefined ? {} : describeIssue(issue);
  throw new DocumentError('INPUT_INVALID', field, detail);
}

function masterBill(bill: Bill, warn: Warn): FactInput {
  const number = bill.transportDocumentReference;
  if (number === undefined) {
    throw new DocumentError(
      'NUMBER_INVALID',
      'transportDocumentReference',
      'These are shipping instructions: the carrier has issued no bill of lading with a number yet.',
    );
  }
  const { shipper: shipping, consignee, issuingParty } = bill.documentParties;
  const field = 'documentParties.shipper';
  const forwarder = partyOf(named(issuingParty), 'documentParties.issuingParty', warn);
  const freight = forwarder === undefined ? undefined : freightOf(bill);
  if (freight === undefined && (bill.charges ?? []).length > 0) {
    const detail = 'Who is paid the freight has no registered number, or it is in several currencies.';
    warn({ warning: 'freight-left-out', detail });
  }
  const isPaid = freight !== undefined && forwarder !== undefined;
  const seller = isPaid ? forwarder : requiredParty(named(shipping), field, 'shipper', warn);
  const shipper = isPaid ? partyOf(named(shipping), field, warn) : undefined;
  if (bill.transportDocumentTypeCode === 'SWB') {
    warn({
      warning: 'sea-waybill',
      detail: 'It is a sea waybill: no title to the goods passes with it.',
    });
  }
  return {
    type: 'bill-of-lading',
    number,
    date: dateOf(bill.issueDate ?? bill.shippedOnBoardDate, 'issueDate'),
    seller,
    ...freight,
    details: { documentTypeCode: bill.transportDocumentTypeCode === 'SWB' ? '710' : '705' },
    transport: {
      ...(bill.carrierCode !== undefined && { carrierCode: bill.carrierCode }),
      ...(shipper !== undefined && { shipper }),
      ...consigneeOf(consignee, warn),
      ...voyageOf(bill),
      ...goodsOf(bill, warn),
    },
  };
}

/** A house bill is the forwarder's: its number has no carrier's code. It cites the master under which its goods travel. */
function houseBill(master: Bill, house: HouseBill, warn: Warn): FactInput {
  const { transportDocumentReference: number, carrierCode = '' } = master;
  const field = 'houseBillOfLadings.documentParties.shipper';
  if (number === undefined) {
    throw new DocumentError(
      'NUMBER_INVALID',
      'transportDocumentReference',
      'Its master bill has no number yet.',
    );
  }
  const seller = requiredParty(named(house.documentParties?.shipper), field, 'shipper', warn);
  return {
    type: 'bill-of-lading',
    number: house.houseBillOfLadingReference,
    date: dateOf(master.issueDate ?? master.shippedOnBoardDate, 'issueDate'),
    seller,
    cites: [
      { type: 'bill-of-lading', number: number.startsWith(carrierCode) ? number : carrierCode + number },
    ],
    details: { documentTypeCode: '714' },
    transport: {
      ...consigneeOf(house.documentParties?.consignee, warn),
      ...voyageOf(master),
      ...goodsOf(house, warn),
    },
  };
}

function consigneeOf(consignee: BillParty | undefined, warn: Warn): Pick<Transport, 'consignee'> {
  const party = partyOf(named(consignee), 'documentParties.consignee', warn);
  return party === undefined ? {} : { consignee: party };
}

function voyageOf({
  transports,
  shippedOnBoardDate,
}: Bill): Pick<Transport, 'vessel' | 'from' | 'to' | 'loadedOn'> {
  const [first] = transports?.vesselVoyages ?? [];
  const from = transports?.portOfLoading?.UNLocationCode ?? transports?.portOfLoading?.locationName;
  const to = transports?.portOfDischarge?.UNLocationCode ?? transports?.portOfDischarge?.locationName;
  const voyage = first?.carrierExportVoyageNumber ?? first?.universalExportVoyageReference;
  return {
    ...(first?.vesselName !== undefined && {
      vessel: {
        name: first.vesselName,
        ...(first.vesselIMONumber !== undefined && { imo: first.vesselIMONumber }),
        ...(voyage !== undefined && { voyage }),
      },
    }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(shippedOnBoardDate !== undefined && { loadedOn: dateOf(shippedOnBoardDate, 'shippedOnBoardDate') }),
  };
}

/** All charges as the total; what was paid at origin is not to be paid any more. Undefined in several currencies. */
function freightOf({ charges = [] }: Bill): { total: Money; payable: Money } | undefined {
  const [first] = charges;
  if (first === undefined || charges.some(({ currencyCode }) => currencyCode !== first.currencyCode)) {
    return undefined;
  }
  const currency = first.currencyCode;
  const minor = charges.map(({ currencyAmount }, index) =>
    minorOf(currencyAmount, currency, `charges.${index}.currencyAmount`),
  );
  const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);
  const collect = minor.filter((_, index) => charges[index]?.paymentTermCode !== 'PRE');
  return { total: formatMoney(sum(minor), currency), payable: formatMoney(sum(collect), currency) };
}

function minorOf(amount: number, currency: string, field: string): bigint {
  try {
    return parseMoney({ amount: amountText(String(amount)), currency }, field, 'allow-zero').minor;
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    throw new DocumentError(error.code, field, error.body.detail);
  }
}

/** The organisation under every registered number that the bill states; undefined where it has none. */
function named(party: BillParty | undefined): NamedParty {
  return {
    name: party?.partyName,
    ids: [
      ...(party?.taxLegalReferences ?? []).map(({ type, value }) => ({ scheme: type, id: value })),
      ...(party?.identifyingCodes ?? []).map(({ codeListName, codeListProvider, partyCode }) => ({
        scheme: codeListName ?? (codeListProvider === 'GLEIF' ? 'LEI' : codeListProvider),
        id: partyCode,
      })),
    ],
  };
}
