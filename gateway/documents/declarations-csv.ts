import { parse, CsvError } from 'csv-parse';
import type { FactInput } from '@pledgeonce/chaincode/api.js';
import { DocumentError } from './document-error.js';
import { amountText, dateOf, isNegative, isZero } from './fields.js';
import type { ParsedFact, Refusal } from './parsed.js';

const columns = {
  number: 'Declaration ID',
  date: 'Date',
  office: 'Office ID',
  tradeMode: 'Import Type',
  transportMode: 'Mode of Transport',
  buyer: 'Importer ID',
  seller: 'Seller ID',
  hsCode: 'HS6 Code',
  amount: 'Item Price',
} as const;

/** Longest row that is read; a quote that is never closed must not swallow the file. */
const longestRow = 64 * 1024;

/**
 * Reads Korean customs declarations row by row, so that a file of any length needs the memory of one row.
 *
 * The assessed value is in won, which has no decimals. A row without a seller's number is refused: without it nobody
 * could tell two sellers' documents apart.
 *
 * @throws DocumentError when the file as a whole is not such a table.
 */
export async function* readDeclarationsCsv(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<ParsedFact | Refusal> {
  let heading: readonly string[] | undefined;
  let row = 0;
  try {
    for await (const cells of readRows(source)) {
      if (heading === undefined) {
        heading = checkHeading(cells);
        continue;
      }
      row += 1;
      yield readRow(row, heading, cells);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // Past a broken quote nothing says where the next row starts, so the reading ends here with its own verdict.
    const rest = `The rest of the table cannot be read. ${error.message}`;
    yield refusal(row + 1, new DocumentError('INPUT_INVALID', '', rest));
  }
  if (heading === undefined) throw new DocumentError('INPUT_MISSING', '', 'The table is empty.');
}

/** Hands out every whole row before the error that follows it, which piping through the parser would lose. */
async function* readRows(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<readonly string[]> {
  let rows: string[][] = [];
  const parser = parse({
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longestRow,
    on_record: (cells: string[]) => {
      rows.push(cells);
      return null;
    },
  });
  parser.resume();
  // It tells an error twice, and the second time nobody waits for it any more.
  parser.on('error', () => undefined);
  const step = async (run: (done: (error?: Error | null) => void) => void) => {
    const failure = await new Promise<Error | undefined>((resolve) => {
      parser.once('error', resolve);
      run((error) => {
        parser.off('error', resolve);
        resolve(error ?? undefined);
      });
    });
    const whole = rows;
    rows = [];
    return { whole, failure };
  };
  const steps = async function* () {
    for await (const chunk of source) {
      for (let start = 0; start < chunk.byteLength; start += longestRow) {
        yield step((done) => parser.write(chunk.subarray(start, start + longestRow), done));
      }
    }
    yield step((done) => parser.end(done));
  };
  for await (const { whole, failure } of steps()) {
    yield* whole;
    if (failure !== undefined) throw failure;
  }
}

function checkHeading(cells: readonly string[]): readonly string[] {
  const missing = Object.values(columns).filter((column) => !cells.includes(column));
  if (missing.length > 0) {
    throw new DocumentError('INPUT_INVALID', missing.join(', '), 'The table lacks columns that are needed.');
  }
  return cells;
}

function readRow(row: number, heading: readonly string[], cells: readonly string[]): ParsedFact | Refusal {
  try {
    if (cells.length !== heading.length) {
      throw new DocumentError(
        'INPUT_INVALID',
        '',
        `The row has ${cells.length} cells instead of ${heading.length}.`,
      );
    }
    const record = new Map(heading.map((column, index) => [column, cells[index]?.trim() ?? '']));
    return { row, fact: toFact((column) => record.get(columns[column]) ?? '') };
  } catch (error) {
    if (error instanceof DocumentError) return refusal(row, error);
    throw error;
  }
}

function toFact(cell: (column: keyof typeof columns) => string): FactInput {
  const number = cell('number');
  const seller = cell('seller');
  const buyer = cell('buyer');
  const total = { amount: amountText(cell('amount')), currency: 'KRW' };
  if (number === '') {
    throw new DocumentError('NUMBER_INVALID', columns.number, 'The declaration has no number.');
  }
  if (seller === '') {
    throw new DocumentError('PARTY_INVALID', columns.seller, 'The seller has no registered number.');
  }
  if (!/^-?\d{1,20}(\.\d{1,20})?$/.test(total.amount)) {
    throw new DocumentError('AMOUNT_INVALID', columns.amount);
  }
  if (isNegative(total) || isZero(total)) throw new DocumentError('AMOUNT_NOT_POSITIVE', columns.amount);
  if (total.amount.includes('.')) {
    throw new DocumentError('AMOUNT_PRECISION', columns.amount, 'The won has no decimals.');
  }
  const hsCode = cell('hsCode');
  return {
    type: 'customs-declaration',
    number,
    date: dateOf(cell('date'), columns.date),
    seller: { scheme: 'LEGAL', id: seller },
    ...(buyer !== '' && { buyer: { scheme: 'LEGAL', id: buyer } as const }),
    total,
    details: {
      customsOffice: cell('office'),
      tradeMode: cell('tradeMode'),
      transportMode: cell('transportMode'),
      ...(/^\d{4,13}$/.test(hsCode) && { goods: [{ hsCode }] }),
    },
  };
}

function refusal(row: number, { code, field, detail }: DocumentError): Refusal {
  return { row, code, field, detail };
}
