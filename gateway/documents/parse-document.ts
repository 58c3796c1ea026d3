import { ciiNamespace, readCii } from './cii.js';
import { readCustomsAnswer } from './customs-answer.js';
import { readDcsa } from './dcsa.js';
import { readDeclaration, wcoNamespace } from './declaration.js';
import { readDeclarationsCsv } from './declarations-csv.js';
import { DocumentError } from './document-error.js';
import { invoiceToFact, type InvoiceFields, type InvoiceType } from './invoice.js';
import type { Acceptance, ParsedDocument } from './parsed.js';
import { readUbl, ublNamespaces } from './ubl.js';
import { find, readXml, type XmlElement } from './xml-tree.js';

export interface ParseOptions {
  /** As what an e-invoice is recorded: by the tax authority, or by the enterprise itself. */
  readonly invoiceType?: InvoiceType;
  /** Customs' answers by the trader's reference, for declarations that do not carry their number. */
  readonly acceptances?: ReadonlyMap<string, Acceptance>;
}

/**
 * Turns the bytes of a real document into facts: UBL 2.1 and CII D16B invoices and credit notes, UK export declarations
 * with customs' answers, Korean declarations as CSV, and electronic bills of lading of DCSA.
 *
 * A document that is understood but cannot be recorded is a refusal in the result, like a row of a table.
 *
 * @throws DocumentError with the code INPUT_INVALID or INPUT_TOO_LARGE when the file as a whole cannot be read.
 */
export async function parseDocument(
  bytes: Uint8Array,
  contentType: string,
  options: ParseOptions = {},
): Promise<ParsedDocument> {
  const mediaType = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (mediaType === 'text/csv') return parseTable(bytes);
  if (mediaType === 'application/xml' || mediaType === 'text/xml' || mediaType.endsWith('+xml')) {
    return parseXml(bytes, options);
  }
  if (mediaType === 'application/json') return readDcsa(readJson(bytes));
  throw new DocumentError(
    'INPUT_INVALID',
    'Content-Type',
    `Documents of type ${mediaType} are not known here.`,
  );
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new DocumentError('INPUT_INVALID', '', 'This is not JSON in UTF-8.');
  }
}

async function parseTable(bytes: Uint8Array): Promise<ParsedDocument> {
  const facts = [];
  const refusals = [];
  for await (const entry of readDeclarationsCsv([bytes])) {
    if ('fact' in entry) facts.push(entry.fact);
    else refusals.push(entry);
  }
  return { facts, refusals, warnings: [], acceptances: [] };
}

function parseXml(bytes: Uint8Array, options: ParseOptions): ParsedDocument {
  const root = readXml(bytes);
  const answer = root.name === 'MetaData' && find(root, 'Response') ? readCustomsAnswer(root) : undefined;
  if (answer !== undefined) return { facts: [], refusals: [], warnings: [], acceptances: [answer] };
  const read = readerOf(root, options);
  try {
    const { fact, warnings } = read();
    const rows = warnings.map((warning) => ({ row: 1, ...warning }));
    return { facts: [fact], refusals: [], warnings: rows, acceptances: [] };
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    const { code, field, detail } = error;
    return { facts: [], refusals: [{ row: 1, code, field, detail }], warnings: [], acceptances: [] };
  }
}

function readerOf(root: XmlElement, { invoiceType = 'tax-invoice', acceptances = new Map() }: ParseOptions) {
  const invoice = (fields: (from: XmlElement) => InvoiceFields) => () =>
    invoiceToFact(fields(root), invoiceType);
  if (root.namespace === ublNamespaces.invoice || root.namespace === ublNamespaces.creditNote) {
    return invoice(readUbl);
  }
  if (root.namespace === ciiNamespace) return invoice(readCii);
  if (find(root, 'Declaration')?.namespace === wcoNamespace) return () => readDeclaration(root, acceptances);
  throw new DocumentError(
    'INPUT_INVALID',
    root.name,
    'This is neither an invoice (UBL, CII) nor a declaration (WCO).',
  );
}
