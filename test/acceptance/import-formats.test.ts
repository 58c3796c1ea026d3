import { randomInt } from 'node:crypto';
import { isMrn } from '@pledgeonce/chaincode/rules/check-digits.js';
import {
  debitNote,
  envelopeOf,
  pdfWith,
  sample,
  ublAs,
  ublWaybill,
  zugferd1,
} from '@pledgeonce/gateway/documents/testing/paper-samples.js';
import { zipOf } from '@pledgeonce/gateway/documents/testing/zip.js';
import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { at, textAt } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader } from './support/block-reader.js';
import { freshNumber } from './support/cases.js';
import { consortium, customsOfficer, person, taxOfficer } from './support/consortium.js';
import { sendImport } from './support/import.js';
import { writesSince } from './support/nothing-written.js';

const xml = 'application/xml';

/** A sample under a number, and with a despatch advice, that nobody has recorded. */
const fresh = (text: string, number = freshNumber()) =>
  text
    .replace(/0007-a\/26/i, number)
    .replace('>WB-1<', `>${number}<`)
    .replace('>DA 12<', `>DA-${number}<`);

/** A movement reference number with the right check digit, of a declaration that nobody has made. */
function freshMrn(): string {
  const stem = `26GB${String(randomInt(10 ** 12)).padStart(12, '0')}A`;
  const found = Array.from({ length: 10 }, (_, digit) => `${stem}${digit}`).find(isMrn);
  return found ?? freshMrn();
}

describe('the formats of papers', () => {
  let reader: BlockReader;
  let tax: Client;
  let carrier: Client;
  beforeAll(async () => {
    reader = await BlockReader.open(consortium());
    [tax, carrier] = [await taxOfficer(), await person('CarrierMSP', 'officer')];
  });
  afterAll(() => {
    reader.close();
  });

  /** An import of which every item is refused, with this code and for this reason; nothing is written. */
  async function expectNothing(
    client: Client,
    body: Buffer | string,
    type: string,
    refusals: readonly (readonly [code: string, detail: RegExp])[],
  ): Promise<void> {
    const before = await reader.height();
    const response = await client.fetch('POST', '/facts/import', {
      body: typeof body === 'string' ? body : new Uint8Array(body),
      headers: { 'content-type': type },
    });
    const lines = (await response.text()).trim().split('\n');
    const verdicts = lines.map((line) => JSON.parse(line) as unknown);
    expect(verdicts.map((verdict) => [at(verdict, 'code'), at(verdict, 'detail')])).toEqual(
      refusals.map(([code, detail]) => [code, expect.stringMatching(detail) as unknown]),
    );
    expect(await writesSince(reader, before)).toBe(0);
  }

  it.each([
    ['a debit note of UBL', () => debitNote(), 'tax-invoice'],
    ['a self-billed invoice of UBL', () => ublAs('SelfBilledInvoice'), 'tax-invoice'],
    ['a freight invoice of UBL', () => ublAs('FreightInvoice'), 'freight-invoice'],
    ['ZUGFeRD 1.0', () => zugferd1(), 'tax-invoice'],
  ])('%s is recorded, once', async (_what, write, type) => {
    const text = fresh(write());
    const [verdict] = await sendImport(tax, text, xml);
    expect(verdict).toMatchObject({ status: 'recorded' });
    const { body } = await tax.get(`/facts/${textAt(verdict ?? {}, 'id')}`);
    expect([at(body, 'type'), at(body, 'version')]).toEqual([type, 1]);
    await expectNothing(tax, text, xml, [['FACT_EXISTS', /./]]);
  });

  it('what such papers lack is said by name', async () => {
    await expectNothing(tax, fresh(ublAs('DebitNote')), xml, [['AMOUNT_INVALID', /./]]);
    const nobody = ublAs('SelfBilledInvoice').replace(
      /<cac:AccountingCustomerParty>.*<\/cac:AccountingCustomerParty>/s,
      '',
    );
    await expectNothing(tax, fresh(nobody), xml, [['PARTY_INVALID', /./]]);
    await expectNothing(tax, '<Poem/>', xml, [['INPUT_INVALID', /Poem/]]);
  });

  it('an invoice in a PDF is the invoice that is attached to it, and none is refused as such', async () => {
    const text = fresh(sample('invoice.cii.xml'));
    const pdf = 'application/pdf';
    const [verdict] = await sendImport(tax, await pdfWith(['factur-x.xml', text]), pdf);
    expect(verdict).toMatchObject({ status: 'recorded' });
    await expectNothing(tax, text, xml, [['FACT_EXISTS', /./]]);
    await expectNothing(tax, await pdfWith(), pdf, [['INPUT_INVALID', /no invoice attached/]]);
    const other = fresh(sample('invoice.cii.xml'));
    const two = await pdfWith(['factur-x.xml', other], ['xrechnung.xml', other]);
    await expectNothing(tax, two, pdf, [['DOCUMENT_AMBIGUOUS', /./]]);
    await expectNothing(tax, '%PDF-1.7', pdf, [['INPUT_INVALID', /./]]);
    // Whatever was refused beside it is still free.
    expect(await sendImport(tax, other, xml)).toMatchObject([{ status: 'recorded' }]);
  });

  it('a waybill of the railway or the sea is recorded with its warning; of the road, or of two, it is none', async () => {
    for (const [mode, type] of [
      ['2', 'rail-waybill'],
      ['1', 'bill-of-lading'],
    ] as const) {
      const [verdict] = await sendImport(carrier, fresh(ublWaybill(mode)), xml);
      expect(verdict).toMatchObject({
        status: 'recorded',
        warnings: expect.arrayContaining([
          expect.objectContaining({ warning: 'container-left-out' }),
        ]) as unknown,
      });
      const { body } = await carrier.get(`/facts/${textAt(verdict ?? {}, 'id')}`);
      expect(at(body, 'type')).toBe(type);
    }
    await expectNothing(carrier, fresh(ublWaybill('3')), xml, [['INPUT_INVALID', /./]]);
    // Not the carrier's to record, and not the tax authority's.
    await expectNothing(tax, fresh(ublWaybill('2')), xml, [['WRONG_ORGANISATION', /./]]);
  });

  it('an envelope has a verdict for each paper inside', async () => {
    const good = fresh(sample('invoice.ubl.xml'));
    const envelope = envelopeOf([good, fresh(sample('invoice.ubl.xml')).replace('>380<', '>751<')]);
    expect(await sendImport(tax, envelope, xml)).toMatchObject([
      { index: 0, status: 'recorded' },
      { index: 1, status: 'refused', code: 'NOT_A_RECEIVABLE' },
    ]);
  });

  it('a declaration has its number from the answer of customs, in an archive or a form, and none without', async () => {
    const customs = await customsOfficer();
    const papers = () => {
      const [mrn, reference] = [freshMrn(), freshNumber()];
      const files = ['declaration.wco.xml', 'customs-answer.wco.xml'].map((name) => ({
        name,
        content: sample(name)
          .replaceAll('26GB1K2M3N4P5Q6RA1', mrn)
          .replaceAll('LRN-2026-0001', reference)
          .replace('HL/77/', `HL${randomInt(10 ** 9)}/`)
          .replace('MAEU-4411', `MAEU${randomInt(10 ** 9)}`)
          .replace('CSQU3054383', 'MSKU0011227'),
      }));
      return { mrn, files };
    };
    const archived = papers();
    const [first] = await sendImport(customs, zipOf(archived.files), 'application/zip');
    expect(first).toMatchObject({ status: 'recorded', file: 'declaration.wco.xml' });
    expect(at((await customs.get(`/facts/${textAt(first ?? {}, 'id')}`)).body, 'number')).toBe(archived.mrn);

    const sent = papers();
    const form = new FormData();
    for (const { name, content } of sent.files) form.append('papers', new Blob([content]), name);
    const encoded = new Response(form);
    const type = encoded.headers.get('content-type') ?? '';
    const [second] = await sendImport(customs, Buffer.from(await encoded.arrayBuffer()), type);
    expect(second).toMatchObject({ status: 'recorded', file: 'declaration.wco.xml' });
    expect(at((await customs.get(`/facts/${textAt(second ?? {}, 'id')}`)).body, 'number')).toBe(sent.mrn);

    const [declaration, answer] = papers().files;
    await expectNothing(customs, declaration?.content ?? '', xml, [['NUMBER_INVALID', /./]]);
    await expectNothing(customs, answer?.content ?? '', xml, [['INPUT_INVALID', /with the declaration/]]);
    await expectNothing(customs, Buffer.from('PK'), 'application/zip', [['INPUT_INVALID', /./]]);
    const note = zipOf([{ name: 'note.txt', content: 'x' }]);
    await expectNothing(customs, note, 'application/zip', [['INPUT_MISSING', /./]]);
  });
});
