import { factInputSchema } from '@pledgeonce/chaincode/api.js';
import { parseDocument } from './parse-document.js';
import { debitNote, envelopeOf, sample, ublAs, ublWaybill, zugferd1 } from './testing/paper-samples.js';

const xml = (text: string) => parseDocument(Buffer.from(text), 'application/xml');
const invoice = sample('invoice.ubl.xml');
const cii = sample('invoice.cii.xml');

describe('other papers of UBL', () => {
  it('reads a debit note by the total that it requests', async () => {
    const { facts } = await xml(debitNote());
    expect(facts).toMatchObject([{ type: 'tax-invoice', total: { amount: '12000.5' } }]);
    expect((await xml(ublAs('DebitNote'))).refusals).toMatchObject([{ code: 'AMOUNT_INVALID' }]);
  });

  it('reads a self-billed invoice under its buyer, who needs a registered number', async () => {
    const { facts, warnings } = await xml(ublAs('SelfBilledInvoice'));
    expect(facts).toMatchObject([{ type: 'tax-invoice', selfBilled: true, buyer: { id: '0088990' } }]);
    expect(warnings.map(({ warning }) => warning)).toContain('self-billed');
    const nobody = ublAs('SelfBilledInvoice').replace(
      /<cac:AccountingCustomerParty>.*<\/cac:AccountingCustomerParty>/s,
      '',
    );
    expect((await xml(nobody)).refusals).toMatchObject([
      { code: 'PARTY_INVALID', field: 'AccountingCustomerParty' },
    ]);
  });

  it('leaves an enterprise’s own record of one under its seller', async () => {
    const { facts } = await parseDocument(Buffer.from(ublAs('SelfBilledInvoice')), 'application/xml', {
      invoiceType: 'commercial-invoice',
    });
    expect(facts).toMatchObject([{ type: 'commercial-invoice' }]);
    expect(facts[0]).not.toHaveProperty('selfBilled');
  });

  it('reads a freight invoice as one', async () => {
    expect((await xml(ublAs('FreightInvoice'))).facts).toMatchObject([{ type: 'freight-invoice' }]);
  });

  it.each([
    ['Waybill', '2', 'rail-waybill', '720'],
    ['Waybill', '1', 'bill-of-lading', '710'],
    ['BillOfLading', '1', 'bill-of-lading', '705'],
  ])('reads a %s of mode %s as %s', async (root, mode, type, documentTypeCode) => {
    const { facts, warnings } = await xml(ublWaybill(mode, root));
    expect(facts.map((fact) => factInputSchema.parse(fact))).toMatchObject([
      {
        type,
        number: 'WB-1',
        details: { documentTypeCode },
        transport: { from: 'CNNGB', containers: ['CSQU3054383'], cargo: [{ hsCode: '841370' }] },
      },
    ]);
    expect(warnings.map(({ warning }) => warning)).toContain('container-left-out');
  });

  it('refuses a waybill of the road, and one of several modes', async () => {
    expect((await xml(ublWaybill('3'))).refusals).toMatchObject([{ code: 'INPUT_INVALID' }]);
    const two = ublWaybill('1').replace(
      /(<cac:ShipmentStage>.*<\/cac:ShipmentStage>)/,
      '$1<cac:ShipmentStage><cbc:TransportModeCode>2</cbc:TransportModeCode></cac:ShipmentStage>',
    );
    expect((await xml(two)).refusals).toMatchObject([{ code: 'DOCUMENT_AMBIGUOUS' }]);
  });
});

describe('ZUGFeRD 1.0', () => {
  it('has the facts of the same invoice in its successor', async () => {
    expect((await xml(zugferd1(cii))).facts).toEqual((await xml(cii)).facts);
  });
});

describe('an envelope', () => {
  it('gives every paper inside it its own verdict', async () => {
    const envelope = envelopeOf([
      invoice,
      invoice.replace('>380<', '>751<'),
      sample('customs-answer.wco.xml'),
    ]);
    const { items, acceptances } = await xml(envelope);
    expect(items).toMatchObject([
      { row: 1, fact: { number: '0007-A/26' } },
      { row: 2, code: 'NOT_A_RECEIVABLE' },
    ]);
    expect(acceptances).toHaveLength(1);
  });
});

describe('what corrects', () => {
  const refers = (...numbers: string[]) =>
    numbers
      .map(
        (one) =>
          `<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>${one}</cbc:ID></cac:InvoiceDocumentReference></cac:BillingReference>`,
      )
      .join('');
  const referring = (from: string, ...numbers: string[]) =>
    from.replace('<cac:OrderReference>', `${refers(...numbers)}<cac:OrderReference>`);

  it('must say what, and one thing', async () => {
    const corrected = invoice.replace('>380<', '>384<');
    expect((await xml(corrected)).refusals).toMatchObject([{ code: 'CORRECTS_REQUIRED' }]);
    expect((await xml(referring(corrected, 'A-1', 'A-2'))).refusals).toMatchObject([
      { code: 'DOCUMENT_AMBIGUOUS' },
    ]);
    expect((await xml(referring(corrected, 'A-1', 'A-1'))).facts).toMatchObject([
      { replaces: { number: 'A-1' } },
    ]);
  });

  it('is a credit when an invoice is negative and names what it lowers', async () => {
    const negative = invoice.replace('>12000.50', '>-12000.50').replace('>10000.50', '>-12000.50');
    expect((await xml(negative)).refusals).toMatchObject([{ code: 'AMOUNT_NOT_POSITIVE' }]);
    const { facts, warnings } = await xml(referring(negative, 'A-1'));
    expect(facts).toMatchObject([
      { type: 'credit-note', total: { amount: '12000.5' }, corrects: { number: 'A-1' } },
    ]);
    expect(warnings.map(({ warning }) => warning)).toContain('negative-total');
  });

  it('says that a factored invoice is assigned, though it names nobody', async () => {
    const factored = invoice.replace('>380<', '>393<').replace(/<cac:PayeeParty>.*<\/cac:PayeeParty>/s, '');
    expect((await xml(factored)).warnings.map(({ warning }) => warning)).toContain('factored');
  });
});
