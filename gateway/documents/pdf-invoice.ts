import { Worker } from 'node:worker_threads';
import { DocumentError } from './document-error.js';

/** Time to read one PDF, milliseconds; real ones need a tenth of a second, and the thread its start. */
const patience = 20_000;

/** What the worker finds in a PDF. */
export type PdfFinding =
  | { readonly attachments: readonly { readonly name: string; readonly data: Uint8Array }[] }
  | { readonly refusal: string };

/** Names under which the standards attach the invoice: Factur-X, ZUGFeRD 2, ZUGFeRD 1, XRechnung. */
const invoiceNames = /^(factur-x|zugferd-invoice|xrechnung)\.xml$/i;

/**
 * The invoice as XML that is attached to a PDF (Factur-X, ZUGFeRD). What the page shows is for people and is not read. A
 * PDF is a program of sorts: it is opened in a thread of its own, whose memory and time end before those of the others.
 *
 * @throws DocumentError when there is no such attachment, or more than one.
 */
export async function readPdfInvoice(bytes: Uint8Array): Promise<Uint8Array> {
  const found = await openPdf(bytes);
  if ('refusal' in found) throw new DocumentError('INPUT_INVALID', '', found.refusal);
  const xml = found.attachments.filter(({ name }) => /\.xml$/i.test(name));
  const named = xml.filter(({ name }) => invoiceNames.test(name));
  const candidates = named.length > 0 ? named : xml;
  const [invoice] = candidates;
  if (invoice === undefined) {
    const detail =
      'The PDF has no invoice attached as XML (Factur-X, ZUGFeRD): it is a picture for people only.';
    throw new DocumentError('INPUT_INVALID', '', detail);
  }
  if (candidates.length > 1) {
    const names = candidates
      .map(({ name }) => name)
      .join(', ')
      .slice(0, 200);
    throw new DocumentError('DOCUMENT_AMBIGUOUS', names, 'The PDF has several invoices attached as XML.');
  }
  return invoice.data;
}

async function openPdf(bytes: Uint8Array): Promise<PdfFinding> {
  const worker = new Worker(new URL('./pdf-worker.js', import.meta.url), {
    workerData: bytes,
    resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 },
  });
  const refusal = (reason: string): PdfFinding => ({ refusal: `The PDF cannot be read: ${reason}` });
  try {
    return await new Promise<PdfFinding>((resolve) => {
      const timer = setTimeout(() => {
        resolve(refusal('it takes too long.'));
      }, patience);
      worker.once('message', (finding: PdfFinding) => {
        clearTimeout(timer);
        resolve(finding);
      });
      worker.once('error', () => {
        clearTimeout(timer);
        resolve(refusal('it is damaged, or needs too much memory.'));
      });
      worker.once('exit', () => {
        clearTimeout(timer);
        resolve(refusal('the reading ended early.'));
      });
    });
  } finally {
    await worker.terminate();
  }
}
