import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { csvHead, csvLine } from '@pledgeonce/gateway/api/http/csv.js';
import { writeXlsx } from '@pledgeonce/gateway/documents/write-xlsx.js';
import { bookTemplate } from '@pledgeonce/gateway/take-on/template.js';
import { projectRoot } from '@pledgeonce/scripts/stack/options.js';
import type { Target } from './targets.js';

const papers = join(projectRoot, 'gateway/documents/samples');

/** What honest people send: mutations begin with it. */
export function samplesFor(target: Target): readonly Buffer[] {
  if (target.endsWith('XML')) return filesOf('.xml');
  if (target === 'document as JSON') return filesOf('.json');
  if (target === 'documents as lines of JSON')
    return [linesOfJson([declaration, { ...declaration, number: 7 }])];
  if (target === 'book to compare as lines of JSON') return [linesOfJson([loan])];
  if (target === 'cancellation of ISO 20022') return [Buffer.from(cancellation)];
  if (target.endsWith('ISO 20022')) return examplesOfIso20022();
  const tables = target.startsWith('document') ? [tableOf(declarations())] : books();
  return tables.map((rows) => (target.endsWith('Excel') ? writeXlsx(rows) : csvOf(rows)));
}

type Rows = readonly (readonly string[])[];

const declaration = {
  ...{ type: 'customs-declaration', number: '221820260123456789', date: '2026-03-02' },
  seller: { scheme: 'USCC', id: '91330200MA2CKXQ85H', name: 'Ningbo Harbour Tools' },
  total: { amount: '1000.00', currency: 'USD' },
};
const loan = {
  ...{ applicationNumber: 'LN-1', claim: 'a'.repeat(64), state: 'disbursed' },
  ...{ outstanding: { amount: '450.00', currency: 'USD' }, dueDate: '2026-09-15' },
};

function linesOfJson(items: readonly object[]): Buffer {
  return Buffer.from(items.map((item) => JSON.stringify(item)).join('\n'));
}

function filesOf(end: string): readonly Buffer[] {
  return readdirSync(papers)
    .filter((name) => name.endsWith(end))
    .map((name) => readFileSync(join(papers, name)));
}

function declarations(): string {
  return readFileSync(join(papers, 'declarations.csv'), 'utf8');
}

function tableOf(csv: string): Rows {
  return csv
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
}

function books(): readonly Rows[] {
  return [
    bookTemplate('en'),
    bookTemplate('zh'),
    [
      ['reference', 'outstanding', 'currency', 'due date', 'state'],
      ['LN-1', '1,234.50', 'USD', '2026-09-15', 'disbursed'],
    ],
  ];
}

function csvOf([columns = [], ...lines]: Rows): Buffer {
  return Buffer.from(csvHead({ columns }) + lines.map((cells) => csvLine(cells)).join(''));
}

const cancellation = `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:tsin.003.001.01"><InvcFincgCxlReq>
  <CxlReqId><Id>C-1</Id><CreDtTm>2026-11-26T09:30:00</CreDtTm></CxlReqId>
  <CxlReqInf><OrgnlGrpId>FIN-2026-001</OrgnlGrpId><OrgnlCreDtTm>2026-11-25T09:30:00Z</OrgnlCreDtTm>
  <FincgRqstr><PtyId><Nm>Ningbo</Nm></PtyId></FincgRqstr><FrstAgt/></CxlReqInf></InvcFincgCxlReq></Document>`;

/** The messages of the page about them. */
function examplesOfIso20022(): readonly Buffer[] {
  const page = readFileSync(join(projectRoot, 'docs/how-to/iso20022.md'), 'utf8');
  return [...page.matchAll(/```xml\n([\s\S]*?)```/g)].map(([, xml = '']) => Buffer.from(xml));
}

const cases = join(projectRoot, 'test/campaign/importers/cases');

/** A file that broke something once, and what read it. */
export interface Case {
  readonly target: Target;
  readonly base64: string;
  /** What came of it then. */
  readonly was: string;
}

/** Every one that was ever found; the spec reads them again. */
export function keptCases(): readonly Case[] {
  if (!existsSync(cases)) return [];
  return readdirSync(cases)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(cases, name), 'utf8')) as Case);
}
