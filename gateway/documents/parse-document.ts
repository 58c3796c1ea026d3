import type { FactInput } from '@pledgeonce/chaincode/api.js';
import { isCii, readCii } from './cii.js';
import { readCustomsAnswer } from './customs-answer.js';
import { readDcsa } from './dcsa.js';
import { readDeclaration, wcoNamespace } from './declaration.js';
import { readCsvRows } from './csv-rows.js';
import { DocumentError } from './document-error.js';
import { papersIn } from './envelopes.js';
import { invoiceToFact, type InvoiceType } from './invoice.js';
import type { InvoiceFields } from './invoice-fields.js';
import {
  type Acceptance,
  type ParsedDocument,
  parsedDocument,
  type ParsedItem,
  type Warn,
  type Warning,
} from './parsed.js';
import { readPdfInvoice } from './pdf-invoice.js';
import { readTable } from './read-table.js';
import type { TableRow } from './table-rows.js';
import { readXlsxRows, xlsxType } from './xlsx-rows.js';
import { readUbl, ublRoot } from './ubl.js';
import { isUblTransport, readUblTransport } from './ubl-transport.js';
import { find, readXml, type XmlElement } from './xml-tree.js';

export interface ParseOptions {
  /** As what an e-invoice is recorded: by the tax authority, or by the enterprise itself. */
  readonly invoiceType?: InvoiceType;
  /** Within which period the issuers give each number once, where the one who imports states it. */
  readonly numberingPeriod?: string | undefined;
  /** Customs' answers by the trader's reference, for declarations that do not carry their number. */
  readonly acceptances?: ReadonlyMap<string, Acceptance>;
}

/**
 * Turns the bytes of a real document into facts: invoices, credit notes and transport documents of UBL 2, cross-industry
 * invoices, also attached to a PDF, UK export declarations with customs' answers, tables as CSV or Excel, and electronic
 * bills of lading of DCSA.
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
  if (mediaType === 'text/csv') return parseTable(readCsvRows([bytes], charsetOf(contentType)));
  if (mediaType === xlsxType) return parseTable(readXlsxRows(Buffer.from(bytes)));
  if (mediaType === 'application/pdf') return parseXml(await readPdfInvoice(bytes), undefined, options);
  if (mediaType === 'application/xml' || mediaType === 'text/xml' || mediaType.endsWith('+xml')) {
    return parseXml(bytes, charsetOf(contentType), options);
  }
  if (mediaType === 'application/json') return readDcsa(readJson(bytes));
  throw new DocumentError(
    'INPUT_INVALID',
    'Content-Type',
    `Documents of type ${mediaType} are not known here.`,
  );
}

function charsetOf(contentType: string): string | undefined {
  return /;\s*charset="?([^\s";]+)/i.exec(contentType)?.[1];
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new DocumentError('INPUT_INVALID', '', 'This is not JSON in UTF-8.');
  }
}

async function parseTable(rows: AsyncIterable<TableRow>): Promise<ParsedDocument> {
  const items: ParsedItem[] = [];
  for await (const item of readTable(rows)) items.push(item);
  return parsedDocument(items);
}

async function parseXml(
  bytes: Uint8Array,
  charset: string | undefined,
  options: ParseOptions,
): Promise<ParsedDocument> {
  const items: ParsedItem[] = [];
  const acceptances: Acceptance[] = [];
  for (const [index, paper] of papersIn(await readXml(bytes, charset)).entries()) {
    const answer =
      paper.name === 'MetaData' && find(paper, 'Response') ? readCustomsAnswer(paper) : undefined;
    if (answer === undefined) items.push(parsePaper(paper, index + 1, options));
    else acceptances.push(answer);
  }
  return parsedDocument(items, acceptances);
}

function parsePaper(root: XmlElement, row: number, options: ParseOptions): ParsedItem {
  const read = readerOf(root, options);
  const warnings: Warning[] = [];
  try {
    return { row, fact: read((warning) => warnings.push({ row, ...warning })), warnings };
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    const { code, field, detail } = error;
    return { row, code, field, detail };
  }
}

function readerOf(
  root: XmlElement,
  { invoiceType = 'tax-invoice', numberingPeriod, acceptances = new Map() }: ParseOptions,
): (warn: Warn) => FactInput {
  const invoice = (fields: (from: XmlElement, warn: Warn) => InvoiceFields) => (warn: Warn) =>
    invoiceToFact(fields(root, warn), { invoiceType, numberingPeriod }, warn);
  if (ublRoot(root) !== undefined) return invoice(readUbl);
  if (isCii(root)) return invoice(readCii);
  if (isUblTransport(root)) return (warn) => readUblTransport(root, warn);
  if (find(root, 'Declaration')?.namespace === wcoNamespace) {
    return (warn) => readDeclaration(root, acceptances, warn);
  }
  throw new DocumentError(
    'INPUT_INVALID',
    root.name,
    `A paper that begins with ${root.name.slice(0, 60)} is neither an invoice (UBL, CII) nor a transport document nor a declaration (WCO).`,
  );
}
