import { jest } from '@jest/globals';
import { parseDocument } from './parse-document.js';
import { pdfWith, sample } from './testing/paper-samples.js';

const cii = sample('invoice.cii.xml');

// Every PDF is opened in a thread of its own, whose start takes a second of a busy machine.
jest.setTimeout(60_000);

describe('an invoice as PDF', () => {
  it.each(['factur-x.xml', 'ZUGFeRD-invoice.xml', 'xrechnung.xml'])(
    'is read from its attachment %s',
    async (name) => {
      const { facts } = await parseDocument(
        await pdfWith([name, cii], ['terms.xml', '<terms/>']),
        'application/pdf',
      );
      const direct = await parseDocument(Buffer.from(cii), 'application/xml');
      expect(facts).toEqual(direct.facts);
    },
  );

  it('is refused without one, and with two', async () => {
    await expect(parseDocument(await pdfWith(), 'application/pdf')).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      detail: expect.stringContaining('no invoice attached') as unknown,
    });
    const two = await pdfWith(['factur-x.xml', cii], ['xrechnung.xml', cii]);
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
