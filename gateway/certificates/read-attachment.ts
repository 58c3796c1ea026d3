import { PDFDocument } from '@cantoo/pdf-lib';
import { EvidenceError } from '../evidence/evidence-error.js';
import { evidenceName } from './write-certificate.js';

/** Whether a file is a PDF, by how it begins. */
export function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-';
}

/**
 * Takes the evidence out of a certificate.
 *
 * @throws EvidenceError when there is none in it.
 */
export async function readAttachedEvidence(bytes: Uint8Array): Promise<string> {
  let attachments;
  try {
    attachments = (await PDFDocument.load(bytes)).getAttachments();
  } catch (error) {
    throw new EvidenceError('The file cannot be read as PDF.', { cause: error });
  }
  const found = attachments.filter(({ name }) => name === evidenceName);
  const [evidence] = found;
  if (evidence === undefined || found.length > 1) {
    throw new EvidenceError('No evidence is attached to this file: its issuer’s page stands for it.');
  }
  return Buffer.from(evidence.data).toString('utf8');
}
