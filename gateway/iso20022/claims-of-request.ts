import type { ClaimInput, Money, PartyId } from '@pledgeonce/chaincode/api.js';
import { formatMoney, parseMoney } from '@pledgeonce/chaincode/rules/money.js';
import { DocumentError } from '../documents/document-error.js';
import { requiredParty, type NamedParty } from '../documents/parties.js';
import type { FinancingRequest, MessageParty, RequestedInvoice } from './messages.js';

/** What a message does not say and a claim has to. */
export interface RequestDefaults {
  readonly product: ClaimInput['product'];
  /** As what the invoices are on record. */
  readonly invoiceType: 'tax-invoice' | 'commercial-invoice';
}

type NewClaim = Omit<ClaimInput, 'idempotencyKey' | 'verified'>;
type Written = RequestedInvoice['InvcTtlsInf']['TtlInvcAmt'];

/**
 * Holds what the head of a message says of the whole against its invoices.
 *
 * @throws DocumentError, LedgerError
 */
export function assertConsistent({ ReqGrpInf: head, InvcReqInf: invoices }: FinancingRequest): void {
  const wrong = (field: string, detail: string) =>
    new DocumentError('INPUT_INVALID', `InvcFincgReq/ReqGrpInf/${field}`, detail);
  if (head.NbOfInvcReqs !== undefined && Number(head.NbOfInvcReqs) !== invoices.length) {
    throw wrong(
      'NbOfInvcReqs',
      `It says ${head.NbOfInvcReqs}; there are ${String(invoices.length)} invoices.`,
    );
  }
  const totals = invoices.map(({ InvcTtlsInf }) => InvcTtlsInf.TtlInvcAmt);
  if (totals.some(({ currency }) => currency !== head.Ccy)) {
    throw wrong('Ccy', `Not every invoice is in ${head.Ccy}.`);
  }
  if (head.TtlBlkInvcAmt === undefined) return;
  const sum = totals.reduce((before, total) => before + minorOf(total, 'TtlInvcAmt'), 0n);
  if (head.TtlBlkInvcAmt.currency !== head.Ccy || minorOf(head.TtlBlkInvcAmt, 'TtlBlkInvcAmt') !== sum) {
    const { amount, currency } = formatMoney(sum, head.Ccy);
    throw wrong('TtlBlkInvcAmt', `The invoices have ${amount} ${currency} together.`);
  }
}

/**
 * The claim that one invoice of a message asks for.
 *
 * @param place of the invoice in the message, from 0: with the id of the group it is the number of the application.
 * @throws DocumentError, LedgerError for what the message does not say so that a claim follows from it.
 */
export function claimOf(
  group: string,
  place: number,
  invoice: RequestedInvoice,
  { product, invoiceType }: RequestDefaults,
): NewClaim {
  const enterprise = supplierOf(invoice.Spplr.PtyId);
  const amount = requestedAmount(invoice);
  const document = { type: invoiceType, number: invoice.InvcGnlInf.DocNb, issuer: enterprise };
  return {
    applicationNumber: applicationNumberOf(group, place),
    enterprise,
    product,
    amount,
    lines: [{ document, amount }],
    dueDate: dueDateOf(invoice),
  };
}

/** By which the bank finds the claims of a message again. */
export function applicationNumberOf(group: string, place: number): string {
  return `${group}/${String(place + 1)}`;
}

/**
 * What is asked for: the amount, or the share of the invoice, or of the instalments that the message names; all of it
 * where it says nothing. A share is rounded down.
 */
function requestedAmount(invoice: RequestedInvoice): Money {
  const { InstlmtInf: instalments, InvcTtlsInf: totals, ReqdAmt: asked, CdtDbtNoteAmt: note } = invoice;
  const { currency } = totals.TtlInvcAmt;
  if (asked?.Amt !== undefined) {
    if (asked.Amt.currency !== currency)
      throw new DocumentError('INPUT_INVALID', 'ReqdAmt/Amt', `The invoice is in ${currency}.`);
    return formatMoney(minorOf(asked.Amt, 'ReqdAmt/Amt'), currency);
  }
  if (note !== undefined) {
    const detail =
      'A note changes what is owed, and the message does not say which way: state the amount asked for.';
    throw new DocumentError('INPUT_MISSING', 'ReqdAmt/Amt', detail);
  }
  const parts = instalments.length === 0 ? [totals.TtlInvcAmt] : instalments.map(({ Amt }) => Amt);
  if (parts.some((part) => part.currency !== currency))
    throw new DocumentError('INPUT_INVALID', 'InstlmtInf/Amt', `The invoice is in ${currency}.`);
  const whole = parts.reduce((sum, part) => sum + minorOf(part, 'TtlInvcAmt'), 0n);
  if (asked?.Rate === undefined) return formatMoney(whole, currency);
  const [units = '0', fraction = ''] = asked.Rate.split('.');
  const share = (whole * BigInt(units + fraction)) / (100n * 10n ** BigInt(fraction.length));
  return formatMoney(share, currency);
}

/** The day of the last instalment that is asked for, or the one on which the invoice is due. */
function dueDateOf({ InstlmtInf: instalments, InvcTtlsInf: { PmtDueDt } }: RequestedInvoice): string {
  const last =
    instalments
      .map((one) => one.PmtDueDt)
      .sort()
      .at(-1) ?? PmtDueDt;
  if (last === undefined) throw new DocumentError('INPUT_MISSING', 'InvcTtlsInf/PmtDueDt');
  return last;
}

function supplierOf(party: MessageParty): PartyId {
  const { scheme, id } = requiredParty(namedParty(party), 'Spplr/PtyId/Id', 'supplier', () => undefined);
  return { scheme, id };
}

function namedParty({ Nm, Id }: MessageParty): NamedParty {
  const { PrtryId, TaxIdNb, DUNS, EANGLN } = Id?.OrgId ?? {};
  const stated = [
    { id: PrtryId?.Id, scheme: PrtryId?.Issr },
    { id: TaxIdNb, scheme: 'TAX' },
    { id: DUNS, scheme: 'DUNS' },
    { id: EANGLN, scheme: 'GLN' },
  ];
  const ids = stated.flatMap(({ id, scheme }) => (id === undefined ? [] : [{ id, scheme }]));
  return { name: Nm, ids };
}

function minorOf(written: Written, field: string): bigint {
  return parseMoney(written, field).minor;
}
