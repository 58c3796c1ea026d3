import { readFileSync } from 'node:fs';
import { factInputSchema } from '@pledgeonce/chaincode/api.js';
import { documentKey, keyText } from '@pledgeonce/chaincode/rules/document-keys.js';
import { canonicalParty } from '@pledgeonce/chaincode/rules/parties.js';
import { joinAcceptances } from './customs-answer.js';
import { parseDocument } from './parse-document.js';

const sample = (name: string) => readFileSync(new URL(`../../documents/samples/${name}`, import.meta.url));
const xml = (text: string) => parseDocument(Buffer.from(text), 'application/xml');
const invoice = sample('invoice.ubl.xml').toString();

describe('a UBL invoice', () => {
  it('becomes a fact that the ledger takes', async () => {
    const { facts, warnings } = await parseDocument(sample('invoice.ubl.xml'), 'application/xml');
    expect(facts).toEqual([
      {
        type: 'tax-invoice',
        number: '0007-A/26',
        date: '2026-03-02',
        seller: {
          scheme: 'VAT',
          id: 'SE 5560 1234 5601',
          name: 'Northern Bearings AB',
          otherIds: [
            { scheme: 'LEGAL', id: '5560123456' },
            { scheme: 'GLN', id: '7300010000001' },
          ],
        },
        buyer: { scheme: 'LEGAL', id: '0088990', name: 'Southern Pumps SpA' },
        total: { amount: '12000.5', currency: 'EUR' },
        payable: { amount: '10000.5', currency: 'EUR' },
        cites: [
          { type: 'despatch-advice', number: 'DA 12', issuer: { scheme: 'VAT', id: 'SE 5560 1234 5601' } },
          { type: 'bill-of-lading', number: 'HLCU-991' },
        ],
        assignedTo: { scheme: 'LEGAL', id: '5567778889', name: 'Harbour Factoring AB' },
        details: {
          documentTypeCode: '380',
          prepaid: { amount: '2000', currency: 'EUR' },
          paymentDueDate: '2026-06-01',
          orderNumber: 'PO-55',
        },
      },
    ]);
    expect(warnings.map(({ warning }) => warning)).toEqual(['assigned', 'prepaid']);
    expect(factInputSchema.parse(facts[0])).toEqual(facts[0]);
  });

  it('has the hard key of the same invoice in CII', async () => {
    const keys = [];
    for (const name of ['invoice.ubl.xml', 'invoice.cii.xml']) {
      const [fact] = (await parseDocument(sample(name), 'application/xml')).facts;
      if (fact === undefined) throw new Error(`${name} was refused`);
      keys.push(keyText(documentKey(fact, canonicalParty(fact.seller, 'seller'), '')));
    }
    expect(keys[0]).toBe(keys[1]);
  });

  it('takes a legal id without VAT, then a GLN, and refuses a seller without any', async () => {
    const noVat = invoice.replace('<cbc:ID>VAT</cbc:ID>', '<cbc:ID>???</cbc:ID>');
    expect((await xml(noVat)).facts[0]?.seller).toMatchObject({ scheme: 'LEGAL', id: '5560123456' });
    const gln = noVat.replace('<cbc:CompanyID schemeID="0007">5560123456</cbc:CompanyID>', '');
    expect((await xml(gln)).facts[0]?.seller).toMatchObject({ scheme: 'GLN', id: '7300010000001' });
    const none = gln.replace(/<cac:PartyIdentification>.*<\/cac:PartyIdentification>/g, '');
    expect((await xml(none)).refusals).toMatchObject([
      { row: 1, code: 'PARTY_INVALID', field: 'AccountingSupplierParty' },
    ]);
  });

  it.each([
    [
      'an amount in a second currency',
      [/currencyID="EUR">10000/, 'currencyID="USD">10000'],
      'CURRENCY_MIXED',
    ],
    ['a negative total', ['>12000.50', '>-12000.50'], 'AMOUNT_NOT_POSITIVE'],
    ['a total of zero', ['>12000.50', '>0.00'], 'AMOUNT_NOT_POSITIVE'],
    ['no date', ['2026-03-02', ''], 'DATE_INVALID'],
    ['no number', ['0007-A/26', ' '], 'INPUT_INVALID'],
    ['no currency', ['<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>', ''], 'INPUT_INVALID'],
  ] as const)('is refused with %s', async (_, [from, to], code) => {
    const { facts, refusals } = await xml(invoice.replace(from, to));
    expect(facts).toEqual([]);
    expect(refusals).toMatchObject([{ row: 1, code }]);
  });

  it('keeps nothing to claim when it is paid in full, or more than that', async () => {
    const paid = await xml(invoice.replace('>10000.50', '>0.00'));
    expect(paid.facts[0]?.payable).toEqual({ amount: '0', currency: 'EUR' });
    const overpaid = await xml(invoice.replace('>10000.50', '>-3.00'));
    expect(overpaid.facts[0]?.payable).toEqual({ amount: '0', currency: 'EUR' });
  });

  it('says that it replaces another one when it is a corrected invoice', async () => {
    const { facts, warnings } = await xml(
      invoice
        .replace('>380<', '>384<')
        .replace(
          '<cac:OrderReference>',
          '<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>0006</cbc:ID></cac:InvoiceDocumentReference></cac:BillingReference><cac:OrderReference>',
        ),
    );
    expect(facts[0]?.replaces).toEqual({ number: '0006' });
    expect(facts[0]?.cites?.map(({ number }) => number)).not.toContain('0006');
    expect(warnings.map(({ warning }) => warning)).toContain('replaces');
  });
});

describe('a credit note', () => {
  it('corrects the invoice that it names', async () => {
    const { facts } = await parseDocument(sample('credit-note.ubl.xml'), 'text/xml; charset=utf-8');
    expect(facts).toMatchObject([
      { type: 'credit-note', total: { amount: '500' }, corrects: { number: '0007-A/26' } },
    ]);
  });

  it('is refused when it names none', async () => {
    const lonely = sample('credit-note.ubl.xml')
      .toString()
      .replace(/<cac:BillingReference>.*<\/cac:BillingReference>/s, '');
    expect((await xml(lonely)).refusals).toMatchObject([
      { code: 'CORRECTS_REQUIRED', field: 'BillingReference' },
    ]);
  });
});

describe('a UK declaration', () => {
  it('waits for the number that customs gives it', async () => {
    const { refusals } = await parseDocument(sample('declaration.wco.xml'), 'application/xml');
    expect(refusals).toMatchObject([{ code: 'NUMBER_INVALID', field: 'Declaration/ID' }]);
  });

  it('is recorded under that number, at what its goods are charged at', async () => {
    const { acceptances } = await parseDocument(sample('customs-answer.wco.xml'), 'application/xml');
    const { facts } = await parseDocument(sample('declaration.wco.xml'), 'application/xml', {
      acceptances: joinAcceptances(acceptances),
    });
    expect(facts).toMatchObject([
      {
        type: 'customs-declaration',
        number: '26GB1K2M3N4P5Q6RA1',
        date: '2026-07-11',
        seller: { scheme: 'EORI', id: 'GB123456789000', name: 'Highland Looms Ltd' },
        total: { amount: '94500', currency: 'JPY' },
        cites: [
          { type: 'commercial-invoice', number: 'HL/77' },
          { type: 'bill-of-lading', number: 'MAEU-4411' },
        ],
        details: {
          localReference: 'LRN-2026-0001',
          destination: 'JP',
          containers: ['CSQU3054383'],
          goods: [{ hsCode: '5112190000', description: 'Woollen cloth' }],
        },
      },
    ]);
  });
});

describe('a container with a wrong check digit', () => {
  it('is left out, and said so', async () => {
    const { acceptances } = await parseDocument(sample('customs-answer.wco.xml'), 'application/xml');
    const mistyped = sample('declaration.wco.xml').toString().replace('CSQU3054383', 'CSQU3054384');
    const { facts, warnings } = await parseDocument(Buffer.from(mistyped), 'application/xml', {
      acceptances: joinAcceptances(acceptances),
    });
    expect(facts[0]?.details?.containers).toBeUndefined();
    expect(warnings.map(({ warning }) => warning)).toEqual(['container-left-out']);
  });
});

describe('a table of declarations', () => {
  it('has a verdict per row, and keeps ids as text', async () => {
    const { facts, refusals } = await parseDocument(sample('declarations.csv'), 'text/csv');
    expect(facts.map(({ number, total }) => [number, total?.amount])).toEqual([
      ['01000001', '372254'],
      ['01000006', '880000'],
    ]);
    expect(refusals.map(({ row, code, field }) => [row, code, field])).toEqual([
      [3, 'PARTY_INVALID', 'Seller ID'],
      [4, 'AMOUNT_PRECISION', 'Item Price'],
      [5, 'AMOUNT_NOT_POSITIVE', 'Item Price'],
      [6, 'INPUT_INVALID', ''],
      [8, 'AMOUNT_INVALID', 'Item Price'],
    ]);
  });

  it('ends with a verdict where a quote is never closed', async () => {
    const broken = `${sample('declarations.csv').toString()}"01000008,2026-01-06`;
    const { facts, refusals } = await parseDocument(Buffer.from(broken), 'text/csv');
    expect(facts).toHaveLength(2);
    expect(refusals.at(-1)).toMatchObject({ row: 9, code: 'INPUT_INVALID' });
  });

  it('is refused as a whole without its columns', async () => {
    await expect(parseDocument(Buffer.from('a,b\n1,2\n'), 'text/csv')).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
    await expect(parseDocument(Buffer.from(''), 'text/csv')).rejects.toMatchObject({ code: 'INPUT_MISSING' });
  });
});

describe('a file that is no document', () => {
  it.each([
    ['malformed XML', '<Invoice><cbc:ID></Invoice>'],
    ['no XML at all', 'hello'],
    ['a document type declaration', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['an entity that nobody declared', '<a>&x;</a>'],
    ['elements nested without end', '<a>'.repeat(100) + '</a>'.repeat(100)],
    ['another vocabulary', '<html/>'],
  ])('is refused: %s', async (_, text) => {
    await expect(xml(text)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  it('is refused when it is too large, of an unknown type, or not in its own encoding', async () => {
    await expect(parseDocument(Buffer.alloc(11 * 1024 * 1024, 32), 'application/xml')).rejects.toMatchObject({
      code: 'INPUT_TOO_LARGE',
    });
    await expect(parseDocument(Buffer.from('%PDF'), 'application/pdf')).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
    await expect(parseDocument(Buffer.from([0x3c, 0x61, 0x3e, 0xff]), 'text/xml')).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
  });
});
