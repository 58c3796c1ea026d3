import { parentPort, workerData } from 'node:worker_threads';
import { EncryptedPDFError, PDFDocument } from '@cantoo/pdf-lib';
import type { PdfFinding } from './pdf-invoice.js';

// The whole of the thread that `pdf-invoice.ts` starts for one file.
parentPort?.postMessage(await findAttachments(workerData as Uint8Array));

async function findAttachments(bytes: Uint8Array): Promise<PdfFinding> {
  try {
    const document = await PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: false });
    return { attachments: document.getAttachments().map(({ name, data }) => ({ name, data })) };
  } catch (error) {
    if (error instanceof EncryptedPDFError)
      return { refusal: 'The PDF is encrypted. Send it without a password.' };
    return { refusal: 'The PDF is damaged, or is none.' };
  }
}
