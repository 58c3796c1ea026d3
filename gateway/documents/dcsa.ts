import type { FactInput, Money, Party } from '@pledgeonce/chaincode/api.js';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import { formatMoney, parseMoney } from '@pledgeonce/chaincode/rules/money.js';
import { describeIssue } from '@pledgeonce/chaincode/ledger/describe-issue.js';
import { DocumentError } from './document-error.js';
import { amountText, dateOf } from './fields.js';
import { goodsOf } from './dcsa-goods.js';
import { type Bill, type BillParty, billSchema, type HouseBill } from './dcsa-schema.js';
import type { ParsedDocument, Refusal, Warning } from './parsed.js';

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
  const facts: FactInput[] = [];
  const refusals: Refusal[] = [];
  const warnings: Warning[] = [];
  const attempt = (row: number, read: (warn: Omit<Warning, 'row'>[]) => FactInput) => {
    const warned: Omit<Warning, 'row'>[] = [];
    try {
      facts.push(read(warned));
      warnings.push(...warned.map((one) => ({ row, ...one })));
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      refusals.push({ row, code: error.code, field: error.field, detail: error.detail });
    }
  };
  const parsed = billSchema.safeParse(document);
  attempt(1, (warn) => masterBill(checked(parsed), warn));
  for (const [index, house] of (parsed.data?.houseBillOfLadings ?? []).entries()) {
    attempt(index + 2, (warn) => houseBill(checked(parsed), house, warn));
  }
  return { facts, refusals, warnings, acceptances: [] };
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

function masterBill(bill: Bill, warnings: Omit<Warning, 'row'>[]): FactInput {
  const number = bill.transportDocumentReference;
  if (number === undefined) {
    throw new DocumentError(
      'NUMBER_INVALID',
      'transportDocumentReference',
      'These are shipping instructions: the carrier has issued no bill of lading with a number yet.',
    );
  }
  const { shipper: shipping, consignee, issuingParty } = bill.documentParties;
  const shipper = registered(shipping);
  const forwarder = registered(issuingParty);
  const freight = forwarder === undefined ? undefined : freightOf(bill);
  if (freight === undefined && (bill.charges ?? []).length > 0) {
    const detail = 'Who is paid the freight has no registered number, or it is in several currencies.';
    warnings.push({ warning: 'freight-left-out', detail });
  }
  const seller = freight === undefined ? shipper : forwarder;
  if (seller === undefined) {
    throw new DocumentError(
      'PARTY_INVALID',
      'documentParties.shipper',
      'The shipper has no registered number.',
    );
  }
  if (bill.transportDocumentTypeCode === 'SWB') {
    warnings.push({
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
      ...(freight !== undefined && shipper !== undefined && { shipper }),
      ...consigneeOf(consignee),
      ...voyageOf(bill),
      ...goodsOf(bill, warnings),
    },
  };
}

/** A house bill is the forwarder's: its number has no carrier's code. It cites the master under which its goods travel. */
function houseBill(master: Bill, house: HouseBill, warnings: Omit<Warning, 'row'>[]): FactInput {
  const { transportDocumentReference: number, carrierCode = '' } = master;
  const field = 'houseBillOfLadings.documentParties.shipper';
  if (number === undefined) {
    throw new DocumentError(
      'NUMBER_INVALID',
      'transportDocumentReference',
      'Its master bill has no number yet.',
    );
  }
  const seller = registered(house.documentParties?.shipper);
  if (seller === undefined) {
    throw new DocumentError('PARTY_INVALID', field, 'The shipper has no registered number.');
  }
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
      ...consigneeOf(house.documentParties?.consignee),
      ...voyageOf(master),
      ...goodsOf(house, warnings),
    },
  };
}

function consigneeOf(consignee: BillParty | undefined): Pick<Transport, 'consignee'> {
  const party = registered(consignee);
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

/** Tax authorities' numbers before those of private registers, whatever their order in the document. */
const schemes: readonly [scheme: Party['scheme'], names: readonly string[]][] = [
  ['USCC', ['USCI', 'USCC']],
  ['VAT', ['VAT']],
  ['EORI', ['EORI']],
  ['LEI', ['LEI']],
  ['DUNS', ['DUNS', 'D-U-N-S']],
];

/** The organisation under the number that is chosen by rule; undefined where it has none that the registry knows. */
function registered(party: BillParty | undefined): Party | undefined {
  if (party === undefined) return undefined;
  const known = [
    ...(party.taxLegalReferences ?? []).map(({ type, value }) => ({ name: type, id: value })),
    ...(party.identifyingCodes ?? []).map(({ codeListName, codeListProvider, partyCode }) => ({
      name: codeListName ?? (codeListProvider === 'GLEIF' ? 'LEI' : codeListProvider),
      id: partyCode,
    })),
  ];
  for (const [scheme, names] of schemes) {
    const found = known.find(({ name }) => names.includes(name.toUpperCase()));
    if (found !== undefined) return { scheme, id: found.id, name: party.partyName.slice(0, 200) };
  }
  return undefined;
}
