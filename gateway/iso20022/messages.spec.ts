import { readFileSync } from 'node:fs';
import { DocumentError } from '../documents/document-error.js';
import { find, readXml, textOf } from '../documents/xml-tree.js';
import { assertConsistent, claimOf } from './claims-of-request.js';
import type { KeptRequest } from './kept-requests.js';
import { readCancellation, readFinancingRequest } from './messages.js';
import { many, maybe, one, sequence, text, unread } from './shape.js';
import { writeStatus, type ItemStatus } from './status-message.js';

const page = readFileSync(new URL('../../../docs/how-to/iso20022.md', import.meta.url), 'utf8');
const example = /```xml\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
const defaults = { product: 'invoice', invoiceType: 'tax-invoice' } as const;

type Change = readonly [string | RegExp, string];

/** The example with some of its text replaced, which has to be there. */
function changed(...changes: readonly Change[]): Buffer {
  const said = changes.reduce((before, [from, to]) => {
    const after = before.replace(from, to);
    if (after === before) throw new Error(`${String(from)} is not in the example.`);
    return after;
  }, example);
  return Buffer.from(said);
}
async function claimFrom(...changes: readonly Change[]) {
  const { ReqGrpInf, InvcReqInf } = await readFinancingRequest(changed(...changes));
  const [first] = InvcReqInf;
  if (first === undefined) throw new Error('no invoice');
  return claimOf(ReqGrpInf.GrpId, 0, first, defaults);
}

/** Of the refusal that something ends with. */
function fieldOf(work: () => void): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof DocumentError ? error.field : String(error);
  }
}

describe('an InvoiceFinancingRequest', () => {
  it('of the page becomes the claim that the page says', async () => {
    expect(await claimFrom()).toEqual({
      applicationNumber: 'FIN-2026-001/1',
      enterprise: { scheme: 'USCC', id: '91330200MA2CKXQ85H' },
      product: 'invoice',
      amount: { amount: '60000.00', currency: 'USD' },
      lines: [
        {
          document: {
            type: 'tax-invoice',
            number: '24332000000012345678',
            issuer: { scheme: 'USCC', id: '91330200MA2CKXQ85H' },
          },
          amount: { amount: '60000.00', currency: 'USD' },
        },
      ],
      dueDate: '2027-02-23',
    });
  });

  it.each([
    ['a share, rounded down', '<Rate>33.333</Rate>', '33333.00'],
    ['a share of a cent’s fraction', '<Rate>0.00001234</Rate>', '0.01'],
    ['an amount', '<Amt Ccy="USD">12.50000</Amt>', '12.50'],
  ])('asks for %s', async (_, asked, amount) => {
    expect((await claimFrom(['<Rate>60</Rate>', asked])).amount).toEqual({ amount, currency: 'USD' });
  });

  it('asks for the instalments that it names, until the last of them', async () => {
    const instalment = (id: string, day: string, amount: string) =>
      `<InstlmtInf><SeqId>${id}</SeqId><PmtDueDt>${day}</PmtDueDt><Amt Ccy="USD">${amount}</Amt></InstlmtInf>`;
    const both = instalment('2', '2027-03-31', '200') + instalment('1', '2027-01-31', '100.00');
    expect(await claimFrom([/<ReqdAmt>[\s\S]*<\/ReqdAmt>/, both])).toMatchObject({
      amount: { amount: '300.00' },
      dueDate: '2027-03-31',
    });
  });

  it.each([
    ['without a day', [[/<PmtDueDt>.*<\/PmtDueDt>/, '']], 'INPUT_MISSING', 'InvcTtlsInf/PmtDueDt'],
    ['without a registered supplier', [['<Issr>USCC</Issr>', '']], 'PARTY_INVALID', 'Spplr/PtyId/Id'],
    ['in another currency', [['<Rate>60</Rate>', '<Amt Ccy="EUR">1</Amt>']], 'INPUT_INVALID', 'ReqdAmt/Amt'],
    [
      'with a note that may go either way',
      [[/<ReqdAmt>/, '<CdtDbtNoteAmt Ccy="USD">1</CdtDbtNoteAmt><ReqdAmt>']],
      'INPUT_MISSING',
      'ReqdAmt/Amt',
    ],
  ] as const)('%s asks for no claim', async (_, changes, code, field) => {
    await expect(claimFrom(...changes)).rejects.toMatchObject({ code, field });
  });

  it.each([
    ['without its id', [/<GrpId>.*<\/GrpId>/, ''], 'InvcFincgReq/ReqGrpInf/GrpId'],
    ['with an empty id', ['FIN-2026-001', ' '], 'InvcFincgReq/ReqGrpInf/GrpId'],
    ['with an id that is too long', ['FIN-2026-001', 'x'.repeat(36)], 'InvcFincgReq/ReqGrpInf/GrpId'],
    ['with an id that holds elements', ['FIN-2026-001', '<b/>'], 'InvcFincgReq/ReqGrpInf/GrpId'],
    [
      'with an element too many',
      ['<Ccy>USD</Ccy>', '<Ccy>USD</Ccy><Extra/>'],
      'InvcFincgReq/ReqGrpInf/Extra',
    ],
    [
      'with an element twice',
      ['<Ccy>USD</Ccy>', '<Ccy>USD</Ccy><Ccy>USD</Ccy>'],
      'InvcFincgReq/ReqGrpInf/Ccy',
    ],
    [
      'in another order',
      [/(<GrpId>.*<\/GrpId>)\s*(<CreDtTm>.*<\/CreDtTm>)/, '$2$1'],
      'InvcFincgReq/ReqGrpInf/GrpId',
    ],
    [
      'with a vocabulary of somebody’s own',
      ['<Ccy>USD</Ccy>', '<x:Ccy xmlns:x="urn:x">USD</x:Ccy>'],
      'InvcFincgReq/ReqGrpInf/Ccy',
    ],
    [
      'with a negative amount',
      ['>0</TtlTaxAmt>', '>-1</TtlTaxAmt>'],
      'InvcFincgReq/InvcReqInf/InvcTtlsInf/TtlTaxAmt',
    ],
    [
      'with an amount of no currency',
      ['<TtlTaxAmt Ccy="USD">', '<TtlTaxAmt>'],
      'InvcFincgReq/InvcReqInf/InvcTtlsInf/TtlTaxAmt',
    ],
    ['with a day that is none', ['2027-02-23', '2027-02-30'], 'InvcFincgReq/InvcReqInf/InvcTtlsInf/PmtDueDt'],
    [
      'with two ways of asking',
      ['<Rate>60</Rate>', '<Amt Ccy="USD">1</Amt><Rate>60</Rate>'],
      'InvcFincgReq/InvcReqInf/ReqdAmt',
    ],
    ['for something else than invoices', ['CINV', 'HIRI'], 'InvcFincgReq/InvcReqInf/InvcGnlInf/DocTp'],
    ['with text between elements', ['<FrstAgt>', '<FrstAgt>bank'], 'InvcFincgReq/ReqGrpInf/FrstAgt'],
    ['without invoices', [/<InvcReqInf>[\s\S]*<\/InvcReqInf>/, ''], 'InvcFincgReq/InvcReqInf'],
    ['of another message', ['tsin.001.001.01', 'tsin.001.001.02'], 'Document'],
  ] as const)('%s is none', async (_, change, field) => {
    await expect(readFinancingRequest(changed(change))).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      field,
    });
  });

  it('is no place for a document type declaration', async () => {
    const bytes = changed(['?>', '?><!DOCTYPE x [<!ENTITY a "b">]>']);
    await expect(readFinancingRequest(bytes)).rejects.toThrow('not allowed');
  });

  it.each([
    ['NbOfInvcReqs', ['<NbOfInvcReqs>1<', '<NbOfInvcReqs>2<']],
    ['TtlBlkInvcAmt', ['<TtlBlkInvcAmt Ccy="USD">100000.00', '<TtlBlkInvcAmt Ccy="USD">100000.01']],
    ['Ccy', ['<Ccy>USD</Ccy>', '<Ccy>EUR</Ccy>']],
  ] as const)('says the same in its head (%s) as in its invoices', async (field, change) => {
    assertConsistent(await readFinancingRequest(changed()));
    const other = await readFinancingRequest(changed(change));
    const consistency = () => {
      assertConsistent(other);
    };
    expect(consistency).toThrow(DocumentError);
    expect(fieldOf(consistency)).toBe(`InvcFincgReq/ReqGrpInf/${field}`);
  });
});

describe('an InvoiceFinancingCancellationRequest', () => {
  const message = `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:tsin.003.001.01"><InvcFincgCxlReq>
    <CxlReqId><Id>C-1</Id><CreDtTm>2026-11-26T09:30:00</CreDtTm></CxlReqId>
    <CxlReqInf><OrgnlGrpId>FIN-2026-001</OrgnlGrpId><OrgnlCreDtTm>2026-11-25T09:30:00Z</OrgnlCreDtTm>
    <FincgRqstr><PtyId><Nm>Ningbo</Nm></PtyId></FincgRqstr><FrstAgt/></CxlReqInf></InvcFincgCxlReq></Document>`;

  it('names the request that it takes back', async () => {
    const { CxlReqInf } = await readCancellation(Buffer.from(message));
    expect(CxlReqInf).toMatchObject({ OrgnlGrpId: 'FIN-2026-001', OrgnlCreDtTm: '2026-11-25T09:30:00Z' });
    const without = message.replace(/<OrgnlGrpId>.*<\/OrgnlGrpId>/, '');
    await expect(readCancellation(Buffer.from(without))).rejects.toMatchObject({
      field: 'InvcFincgCxlReq/CxlReqInf/OrgnlGrpId',
    });
  });
});

describe('an InvoiceFinancingRequestStatus', () => {
  const request: KeptRequest = {
    group: 'G-1',
    createdAt: '2026-11-25T09:30:00Z',
    digest: '',
    requestor: 'A & B <Co>',
    agent: { bic: 'BANKCNBJ', id: '7', idType: 'BR' },
    items: [],
  };
  const money = { amount: '60.00', currency: 'USD' };
  const item = {
    applicationNumber: 'G-1/1',
    number: '1',
    issuedOn: '2026-11-15',
    total: money,
    amount: money,
  };
  const refusal = { code: 'EXCEEDS_BALANCE', detail: `There is too little left. ${'x'.repeat(200)}` };
  const items: ItemStatus[] = [
    { item, claim: { state: 'accepted', amount: money } },
    {
      item: { ...item, dueOn: '2027-02-23', supplier: 'S' },
      claim: { state: 'partly-repaid', amount: money },
    },
    { item, claim: { state: 'expired', amount: money } },
    { item: { ...item, refusal } },
    { item },
  ];
  /** As the standard has them, in their order. */
  const reason = maybe(sequence({ Prtry: one(text(35)) }));
  const result = sequence({
    FincgReqSts: one(text(4)),
    StsRsn: reason,
    AddtlStsRsnInf: many(text(105)),
    FincdAmt: maybe(sequence({ Amt: one(text(18)) })),
  });
  const shape = sequence({
    InvcFincgReqSts: one(
      sequence({
        StsId: one(sequence({ Id: one(text(35)), CreDtTm: one(text(30)) })),
        OrgnlReqInfAndSts: one(
          sequence({
            Id: one(text(35)),
            CreDtTm: one(text(30)),
            FincgRqstr: one(unread),
            FrstAgt: one(sequence({ PrtryId: maybe(unread), BIC: maybe(text(11)) })),
            VldtnStsInf: maybe(sequence({ Sts: one(text(4)) })),
            CxlStsInf: maybe(
              sequence({ Sts: one(text(4)), StsRsn: reason, AddtlStsRsnInf: many(text(105)) }),
            ),
          }),
        ),
        FincgInfAndSts: one(
          sequence({
            InvcFincgDtls: many(
              sequence({ OrgnlInvcInf: one(unread), Spplr: one(unread), InvcFincgRslt: one(result) }),
            ),
          }),
        ),
      }),
    ),
  });
  const written = async (parts: object) =>
    readXml(Buffer.from(writeStatus({ id: 'S1', at: new Date(0), request, items, ...parts })));

  it('says of each invoice where it stands, in the order that the standard wants', async () => {
    const root = await written({});
    const { InvcFincgReqSts: status } = shape.parse(root);
    expect(
      status.FincgInfAndSts.InvcFincgDtls.map(({ InvcFincgRslt: one }) => [
        one.FincgReqSts,
        one.StsRsn?.Prtry,
      ]),
    ).toEqual([
      ['PDNG', 'accepted'],
      ['FNCD', 'partly-repaid'],
      ['NTFD', 'expired'],
      ['NTFD', 'EXCEEDS_BALANCE'],
      ['PDNG', undefined],
    ]);
    expect(status.OrgnlReqInfAndSts.VldtnStsInf?.Sts).toBe('RCCF');
    const requestor = find(root, 'InvcFincgReqSts', 'OrgnlReqInfAndSts', 'FincgRqstr', 'PtyId');
    expect(textOf(requestor, 'Nm')).toBe('A & B <Co>');
  });

  it('says whether a cancellation was taken', async () => {
    const of = async (cancelled: object) =>
      shape.parse(await written({ cancelled })).InvcFincgReqSts.OrgnlReqInfAndSts;
    expect((await of({ accepted: true, reasons: [] })).CxlStsInf).toMatchObject({ Sts: 'PACK' });
    const refused = await of({ accepted: false, code: 'CLAIM_STATE', reasons: ['1: disbursed'] });
    expect(refused.CxlStsInf).toMatchObject({ Sts: 'REJT', StsRsn: { Prtry: 'CLAIM_STATE' } });
    expect(refused.VldtnStsInf).toBeUndefined();
  });
});
