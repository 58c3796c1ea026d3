import { z } from 'zod';
import { DocumentError } from '../documents/document-error.js';
import { readXml } from '../documents/xml-tree.js';
import { choice, many, maybe, one, sequence, text, unread, type Shape } from './shape.js';

const space = (name: string) => `urn:iso:std:iso:20022:tech:xsd:${name}`;
export const requestSpace = space('tsin.001.001.01');
export const statusSpace = space('tsin.002.001.01');
export const cancellationSpace = space('tsin.003.001.01');

const day = z.iso.date();
const date = text(10).refine((said) => day.safeParse(said).success, 'A day is written as 2027-03-31.');
const dateTime = text(40, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?$/, 'A time');
const currency = text(3, /^[A-Z]{3}$/, 'A currency');
const count = text(15, /^\d{1,15}$/, 'A number');
const rate = text(12, /^\d{1,3}(\.\d{1,8})?$/, 'A rate');
const bic = text(11, /^[A-Z]{6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3})?$/, 'A BIC');

/** Amount and currency as the message writes them. */
const amount: Shape<{ readonly amount: string; readonly currency: string }> = unread.transform(
  (from, context) => {
    const said = text(24, /^\d{1,18}(\.\d{1,5})?$/, 'An amount').safeParse(from);
    const code = from.attributes.get('Ccy') ?? '';
    for (const { message } of said.error?.issues ?? [])
      context.issues.push({ code: 'custom', message, input: from.text });
    if (!/^[A-Z]{3}$/.test(code))
      context.issues.push({ code: 'custom', message: 'Ccy is missing, or no currency.', input: code });
    return { amount: said.data ?? '', currency: code };
  },
);

const agent = sequence({
  ClrSysMmbId: maybe(unread),
  PrtryId: maybe(sequence({ Id: one(text(35)), IdTp: one(text(35)) })),
  BIC: maybe(bic),
});
export type Agent = z.output<typeof agent>;

const requestor = sequence({
  PtyId: one(sequence({ Nm: one(text(70)), PrtryId: maybe(unread), BEI: maybe(unread) })),
  CdtAcct: maybe(unread),
  FincgAcct: maybe(unread),
});

const organisation = sequence({
  BIC: maybe(unread),
  IBEI: maybe(unread),
  BEI: maybe(unread),
  EANGLN: maybe(text(13)),
  USCHU: maybe(unread),
  DUNS: maybe(text(9)),
  BkPtyId: maybe(unread),
  TaxIdNb: maybe(text(35)),
  PrtryId: maybe(sequence({ Id: one(text(35)), Issr: maybe(text(35)) })),
});

const party = sequence({
  Nm: maybe(text(70)),
  PstlAdr: maybe(unread),
  Id: maybe(choice({ OrgId: organisation, PrvtId: unread })),
  CtryOfRes: maybe(text(2)),
});
export type MessageParty = z.output<typeof party>;

const invoice = sequence({
  InvcGnlInf: one(
    sequence({
      DocTp: one(text(4, /^CINV$/, 'The type of an invoice, CINV,')),
      DocNb: one(text(35)),
      SndrRcvrSeqId: maybe(unread),
      IsseDt: one(date),
      URL: maybe(unread),
    }),
  ),
  InvcTtlsInf: one(
    sequence({
      TtlTaxblAmt: one(amount),
      TtlTaxAmt: one(amount),
      Adjstmnt: maybe(sequence({ Drctn: one(text(4)), Amt: one(amount) })),
      TtlInvcAmt: one(amount),
      PmtDueDt: maybe(date),
    }),
  ),
  CdtDbtNoteAmt: maybe(amount),
  InstlmtInf: many(sequence({ SeqId: one(text(70)), PmtDueDt: one(date), Amt: one(amount) })),
  ReqdAmt: maybe(choice({ Amt: amount, Rate: rate })),
  Spplr: one(sequence({ PtyId: one(party), AcctId: maybe(unread), CtctInf: maybe(unread) })),
  Buyr: one(sequence({ PtyId: one(party), CtctInf: maybe(unread) })),
  InvcPmtInf: one(unread),
  RfrdDoc: many(unread),
});
export type RequestedInvoice = z.output<typeof invoice>;

const request = sequence({
  ReqGrpInf: one(
    sequence({
      GrpId: one(text(35)),
      CreDtTm: one(dateTime),
      Authstn: many(unread, 0, 2),
      NbOfInvcReqs: maybe(count),
      TtlBlkInvcAmt: maybe(amount),
      Ccy: one(currency),
      FincgAgrmt: maybe(unread),
      FincgRqstr: one(requestor),
      IntrmyAgt: maybe(agent),
      FrstAgt: one(agent),
      AgrmtClauses: many(unread),
      AddtlInf: many(unread),
    }),
  ),
  InvcReqInf: many(invoice, 1),
});
export type FinancingRequest = z.output<typeof request>;

const cancellation = sequence({
  CxlReqId: one(sequence({ Id: one(text(35)), CreDtTm: one(dateTime) })),
  CxlReqInf: one(
    sequence({
      OrgnlGrpId: one(text(35)),
      OrgnlCreDtTm: one(dateTime),
      NbOfInvcReqs: maybe(count),
      TtlBlkInvcAmt: maybe(amount),
      CxlRsn: maybe(unread),
      FincgRqstr: one(requestor),
      IntrmyAgt: maybe(agent),
      FrstAgt: one(agent),
    }),
  ),
});
export type CancellationRequest = z.output<typeof cancellation>;

/** @throws DocumentError for what is no InvoiceFinancingRequest (tsin.001.001.01) of the right shape. */
export async function readFinancingRequest(bytes: Uint8Array): Promise<FinancingRequest> {
  const { InvcFincgReq } = await read(bytes, requestSpace, sequence({ InvcFincgReq: one(request) }));
  return InvcFincgReq;
}

/** @throws DocumentError for what is no InvoiceFinancingCancellationRequest (tsin.003.001.01) of the right shape. */
export async function readCancellation(bytes: Uint8Array): Promise<CancellationRequest> {
  const { InvcFincgCxlReq } = await read(
    bytes,
    cancellationSpace,
    sequence({ InvcFincgCxlReq: one(cancellation) }),
  );
  return InvcFincgCxlReq;
}

async function read<T>(bytes: Uint8Array, namespace: string, shape: Shape<T>): Promise<T> {
  const root = await readXml(bytes);
  if (root.name !== 'Document' || root.namespace !== namespace) {
    const detail = `A Document of the namespace ${namespace} is expected.`;
    throw new DocumentError('INPUT_INVALID', 'Document', detail);
  }
  const result = shape.safeParse(root);
  if (result.success) return result.data;
  const [first] = result.error.issues;
  throw new DocumentError('INPUT_INVALID', (first?.path ?? []).join('/'), first?.message);
}
