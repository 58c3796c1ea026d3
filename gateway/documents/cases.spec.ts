import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { factInputSchema } from '@pledgeonce/chaincode/api.js';
import { documentKey, keyText } from '@pledgeonce/chaincode/rules/document-keys.js';
import { canonicalParty } from '@pledgeonce/chaincode/rules/parties.js';
import { joinAcceptances } from './customs-answer.js';
import { parseDocument } from './parse-document.js';

// The cases are not part of the project: they lie beside a checkout, or the suite says that it was skipped.
const folder = fileURLToPath(new URL('../../../../shared/cases/', import.meta.url));
const suite = existsSync(folder) ? describe : describe.skip;

const types: Readonly<Record<string, string>> = {
  xml: 'application/xml',
  csv: 'text/csv',
  json: 'application/json',
};
const read = (file: string) =>
  parseDocument(readFileSync(join(folder, file)), types[file.split('.').at(-1) ?? ''] ?? '');
const factOf = async (file: string) => {
  const { facts, refusals } = await read(file);
  expect(refusals).toEqual([]);
  const [fact] = facts;
  if (fact === undefined) throw new Error(`${file} gave no fact`);
  return factInputSchema.parse(fact);
};
/** Every hard key that the document has: one for each registered id of its seller. */
const keysOf = async (file: string) => {
  const fact = await factOf(file);
  return [fact.seller, ...(fact.seller.otherIds ?? [])].map((id) =>
    keyText(documentKey(fact, canonicalParty(id, 'seller'), '')),
  );
};

suite('small inputs that failed (skipped unless ../shared/cases exists)', () => {
  it('F03: a credit note by code 261 lowers its invoice, and one that names none is refused', async () => {
    expect(await factOf('F03-ubl-creditnote-261.xml')).toMatchObject({
      type: 'credit-note',
      corrects: { number: 'INV-1' },
      total: { amount: '119', currency: 'EUR' },
    });
    expect((await read('F03b-cii-261.xml')).refusals).toMatchObject([{ code: 'CORRECTS_REQUIRED' }]);
  });

  it('F03e: an invoice for accounting only is no receivable', async () => {
    const { facts, refusals } = await read('F03e-cii-751-accounting-information.xml');
    expect(facts).toEqual([]);
    expect(refusals).toMatchObject([{ code: 'NOT_A_RECEIVABLE', field: 'ExchangedDocument/TypeCode' }]);
  });

  it('F04: two VAT ids give one set of keys in either order', async () => {
    const keys = await keysOf('F04a-two-vat-ids-DE-AT.xml');
    expect(keys).toHaveLength(2);
    expect(await keysOf('F04b-two-vat-ids-AT-DE.xml')).toEqual(keys);
  });

  it('F05: a corrected invoice replaces its original', async () => {
    expect(await factOf('F05a-original-380-500.xml')).not.toHaveProperty('replaces');
    expect(await factOf('F05b-corrected-384-300.xml')).toMatchObject({
      type: 'tax-invoice',
      replaces: { number: 'ORIG-1' },
      total: { amount: '300' },
    });
  });

  it.each([
    ['F06a-seller-gst-singapore.xml', 'GST', 'M27654321K'],
    ['F06d-seller-cii-tax-number-FC.xml', 'TAX', '20111340209'],
    ['F06e-seller-first-vat-scheme-empty.xml', 'VAT', 'DE987654321'],
    ['F06g-dcsa-shipper-gstin.json', 'GSTIN', '27AAACP1234C1Z5'],
  ])('F06: %s names its seller', async (file, scheme, id) => {
    const { seller } = await factOf(file);
    expect(canonicalParty({ scheme: seller.scheme, id: seller.id }, 'seller')).toEqual({ scheme, id });
  });

  it('F07: a dash in windows-1252 is the dash in UTF-8', async () => {
    const keys = await keysOf('F07a-windows-1252-en-dash.xml');
    expect(await keysOf('F07b-same-in-utf8.xml')).toEqual(keys);
    expect((await factOf('F07a-windows-1252-en-dash.xml')).number).toBe('RE–2026-17');
  });

  it('F08: a tax number under VAT and under FC share a key', async () => {
    const ubl = await keysOf('F08a-ubl-tax-number-under-VAT.xml');
    const cii = await keysOf('F08b-cii-tax-number-under-FC.xml');
    expect(ubl.filter((key) => cii.includes(key))).toEqual([
      'tax-invoice\nTAX:123456789\nPAIR1',
      'tax-invoice\nLEGAL:HRB123\nPAIR1',
    ]);
  });

  it.each([
    ['F09a-buyer-gln-10-digits.xml', 'AccountingCustomerParty', 'buyer'],
    ['F09b-prepaid-negative.xml', 'LegalMonetaryTotal/PrepaidAmount', 'details.prepaid'],
    ['F09d-due-date-month-610.xml', 'DueDateDateTime', 'details.paymentDueDate'],
  ])('F09: %s is a fact without the field, and says so', async (file, field, absent) => {
    expect(await factOf(file)).not.toHaveProperty(absent);
    expect((await read(file)).warnings).toContainEqual(
      expect.objectContaining({ warning: 'left-out', field }),
    );
  });

  it('F09b: no more can be claimed than the total', async () => {
    expect((await factOf('F09b-prepaid-negative.xml')).payable).toEqual({ amount: '119', currency: 'EUR' });
  });

  it('F10a: Han beside Latin is a number', async () => {
    expect((await keysOf('F10a-number-han-latin.xml'))[0]).toContain('沪INV2026001');
  });

  it('F12: a number that was restarted is another document where the period is stated', async () => {
    expect(await keysOf('F12a-number-of-2024.xml')).toEqual(await keysOf('F12b-number-restarted-2026.xml'));
    const bytes = readFileSync(join(folder, 'F12b-number-restarted-2026.xml'));
    const { facts } = await parseDocument(bytes, 'application/xml', { numberingPeriod: '2026' });
    expect(facts).toMatchObject([{ number: '17', numberingPeriod: '2026' }]);
  });

  it('F13a: the total is the invoice’s own, and two of its own are ambiguous', async () => {
    const file = 'F13a-foreign-namespace-total.xml';
    expect((await factOf(file)).total).toEqual({ amount: '119', currency: 'EUR' });
    const text = readFileSync(join(folder, file)).toString();
    const twice = text.replace(/(<cac:LegalMonetaryTotal>.*<\/cac:LegalMonetaryTotal>)/, '$1$1');
    const foreign = text.replace(/<cac:LegalMonetaryTotal>.*<\/cac:LegalMonetaryTotal>/, '');
    const twoNumbers = text.replace(/(<cbc:ID>NS-1<\/cbc:ID>)/, '$1<cbc:ID>NS-2</cbc:ID>');
    for (const ambiguous of [twice, foreign, twoNumbers]) {
      const { facts, refusals } = await parseDocument(Buffer.from(ambiguous), 'application/xml');
      expect(facts).toEqual([]);
      expect(refusals).toMatchObject([{ code: 'DOCUMENT_AMBIGUOUS' }]);
    }
  });

  it('F14: a declaration in HMRC’s envelope waits for the answer of customs, which gives it its number', async () => {
    const file = 'F14-uk-declaration-in-envelope.xml';
    expect((await read(file)).refusals).toMatchObject([{ code: 'NUMBER_INVALID', field: 'Declaration/ID' }]);
    const bytes = readFileSync(join(folder, file))
      .toString()
      .replace('</Exporter>', '</Exporter><InvoiceAmount currencyID="GBP">10.00</InvoiceAmount>');
    const answer = {
      localReference: 'PROBE1',
      number: '26GB1K2M3N4P5Q6RA1',
      date: '2026-03-02',
      invalidated: false,
    };
    const { facts } = await parseDocument(Buffer.from(bytes), 'application/xml', {
      acceptances: joinAcceptances([answer]),
    });
    expect(facts).toMatchObject([{ number: '26GB1K2M3N4P5Q6RA1', date: '2026-03-02' }]);
  });

  it('F17: a credit note with a negative total credits that amount', async () => {
    expect(await factOf('F17-credit-note-negative-total.xml')).toMatchObject({
      type: 'credit-note',
      total: { amount: '20', currency: 'EUR' },
    });
  });

  it('are each read by a test', () => {
    const tests = [
      'gateway/documents/cases.spec.ts',
      'chaincode/rules/evidence/evidence.spec.ts',
      'test/acceptance/import-identity.test.ts',
      'test/acceptance/import-papers.test.ts',
      'test/acceptance/whole-batch.test.ts',
    ].map((file) => readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8'));
    const files = readdirSync(folder).filter((file) => file !== 'README.md');
    expect(files.filter((file) => !tests.some((source) => source.includes(file)))).toEqual([]);
  });
});
