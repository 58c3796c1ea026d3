import { randomInt } from 'node:crypto';
import type { Client, Json } from '@pledgeonce/scripts/rest/client.js';
import { at, textAt } from '@pledgeonce/scripts/rest/json.js';
import { bank, customsOfficer, taxOfficer } from './support/consortium.js';
import { freshNumber, paper, withCases } from './support/cases.js';
import { sendImport } from './support/import.js';

async function imported(
  client: Client,
  body: Buffer | string,
  type = 'application/xml',
  query = '',
): Promise<Json> {
  const [verdict] = await sendImport(client, body, type, query);
  if (verdict === undefined) throw new Error('The import answered no verdict.');
  return verdict;
}

async function recorded(client: Client, verdict: Json): Promise<Json> {
  return (await client.get(`/facts/${textAt(verdict, 'id')}`)).body;
}

withCases('papers as they come (skipped unless ../shared/cases exists)', () => {
  let tax: Client;
  beforeAll(async () => {
    tax = await taxOfficer();
  });

  it('F04: two VAT ids in either order are one document', async () => {
    const number = freshNumber();
    const first = await imported(tax, paper('F04a-two-vat-ids-DE-AT.xml', 'TWO-VAT-1', number));
    expect(first).toMatchObject({ status: 'recorded' });
    const second = await imported(tax, paper('F04b-two-vat-ids-AT-DE.xml', 'TWO-VAT-1', number));
    expect(second).toMatchObject({ status: 'refused', code: 'FACT_EXISTS' });
    expect(await recorded(tax, first)).toMatchObject({ version: 1, status: 'active' });
  });

  it('F06: sellers with GST and with a tax number have their facts', async () => {
    for (const [file, number] of [
      ['F06a-seller-gst-singapore.xml', 'SG-1'],
      ['F06d-seller-cii-tax-number-FC.xml', 'FC-1'],
      ['F06e-seller-first-vat-scheme-empty.xml', 'EV-1'],
    ] as const) {
      expect(await imported(tax, paper(file, number, freshNumber()))).toMatchObject({ status: 'recorded' });
    }
  });

  it('F07: one invoice in windows-1252 and in UTF-8 is one document', async () => {
    const number = freshNumber();
    const first = await imported(tax, paper('F07a-windows-1252-en-dash.xml', '2026-17', number));
    expect(first).toMatchObject({ status: 'recorded' });
    const second = await imported(tax, paper('F07b-same-in-utf8.xml', '2026-17', number));
    expect(second).toMatchObject({ status: 'refused', code: 'FACT_EXISTS' });
  });

  it.each([
    ['F09a-buyer-gln-10-digits.xml', 'OPT-1', 'AccountingCustomerParty'],
    ['F09b-prepaid-negative.xml', 'OPT-2', 'LegalMonetaryTotal/PrepaidAmount'],
    ['F09d-due-date-month-610.xml', 'OPT-4', 'DueDateDateTime'],
  ])('F09: %s is recorded with a warning', async (file, number, field) => {
    expect(await imported(tax, paper(file, number, freshNumber()))).toMatchObject({
      status: 'recorded',
      warnings: expect.arrayContaining([expect.objectContaining({ warning: 'left-out', field })]) as unknown,
    });
  });

  it('F03, F13, F17: what is no receivable is refused, the invoice’s own total counts, and a credit note lowers', async () => {
    const nothing = await imported(
      tax,
      paper('F03e-cii-751-accounting-information.xml', 'INF-751-1', freshNumber()),
    );
    expect(nothing).toMatchObject({ status: 'refused', code: 'NOT_A_RECEIVABLE' });
    const invoice = freshNumber();
    const own = await imported(tax, paper('F13a-foreign-namespace-total.xml', 'NS-1', invoice));
    expect(own).toMatchObject({ status: 'recorded' });
    expect(at(await recorded(tax, own), 'total')).toEqual({ amount: '119.00', currency: 'EUR' });
    const credit = paper('F17-credit-note-negative-total.xml', 'CNN-1', freshNumber())
      .toString()
      .replace('INV-1', invoice);
    expect(await imported(tax, credit)).toMatchObject({ status: 'recorded' });
    const document = { type: 'tax-invoice', number: invoice, issuer: { scheme: 'VAT', id: 'DE987654321' } };
    const { body } = await (
      await bank('A')
    ).officer.post('/verifications', {
      document,
      particulars: { enterprise: document.issuer, total: { amount: '119.00', currency: 'EUR' } },
    });
    expect(at(body, 'remaining')).toEqual({ amount: '99.00', currency: 'EUR' });
  });

  it('F10: Han beside Latin is a number', async () => {
    const text = paper('F10a-number-han-latin.xml', 'INV-2026-001', freshNumber()).toString();
    expect(await imported(tax, text)).toMatchObject({ status: 'recorded' });
  });

  it('F18: a name with controls is refused with its field, and nothing is written', async () => {
    const number = freshNumber();
    const body = paper('F18-names-with-controls.json', 'CTL-1', number);
    expect(await imported(tax, body, 'application/json')).toMatchObject({
      status: 'refused',
      code: 'INPUT_INVALID',
      field: 'seller.name',
    });
    // The number is still free: nothing of the refused document was written.
    const mended = body.toString().replace('A\\u0000B\\ud800', 'A B');
    expect(await imported(tax, mended, 'application/json')).toMatchObject({ status: 'recorded' });
  });

  it('F02, F16: tables with quotes, semicolons and slashes have a verdict for each row', async () => {
    const customs = await customsOfficer();
    const number = String(randomInt(10 ** 9, 10 ** 10));
    const quote = paper('F02-quote-inside-cell.csv', '990', number);
    expect(await sendImport(customs, quote, 'text/csv')).toMatchObject([
      { status: 'recorded', line: 2 },
      { status: 'refused', code: 'INPUT_INVALID', line: 3 },
    ]);
    for (const file of ['F16a-semicolons.csv', 'F16b-date-slashes.csv']) {
      const text = paper(file, '\n1', `\n${randomInt(10 ** 9, 10 ** 10)}`);
      expect(await sendImport(customs, text, 'text/csv')).toMatchObject([{ status: 'recorded', line: 2 }]);
    }
  });
});
