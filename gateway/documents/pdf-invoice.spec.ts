import { jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { PDFDocument } from '@cantoo/pdf-lib';
import { parseDocument } from './parse-document.js';

const sample = readFileSync(new URL('../../documents/samples/invoice.cii.xml', import.meta.url));

async function pdf(...attachments: readonly [name: string, bytes: Uint8Array][]) {
  const document = await PDFDocument.create();
  document.addPage();
  for (const [name, bytes] of attachments) await document.attach(bytes, name, { mimeType: 'text/xml' });
  return document.save();
}

// Every PDF is opened in a thread of its own, whose start takes a second of a busy machine.
jest.setTimeout(60_000);

describe('an invoice as PDF', () => {
  it.each(['factur-x.xml', 'ZUGFeRD-invoice.xml', 'xrechnung.xml'])(
    'is read from its attachment %s',
    async (name) => {
      const { facts } = await parseDocument(
        await pdf([name, sample], ['terms.xml', Buffer.from('<terms/>')]),
        'application/pdf',
      );
      const direct = await parseDocument(sample, 'application/xml');
      expect(facts).toEqual(direct.facts);
    },
  );

  it('is refused without one, and with two', async () => {
    await expect(parseDocument(await pdf(), 'application/pdf')).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      detail: expect.stringContaining('no invoice attached') as unknown,
    });
    const two = await pdf(['factur-x.xml', sample], ['xrechnung.xml', sample]);
    await expect(parseDocument(two, 'application/pdf')).rejects.toMatchObject({ code: 'DOCUMENT_AMBIGUOUS' });
  });

  it.each(['%PDF-1.7', 'hello', '%PDF-1.7\n1 0 obj <</Type /Catalog'])(
    'is refused when it is %j',
    async (text) => {
      await expect(parseDocument(Buffer.from(text), 'application/pdf')).rejects.toMatchObject({
        code: 'INPUT_INVALID',
      });
    },
  );
});
