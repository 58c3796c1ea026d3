import { decoderFor, markedEncoding } from './decode-text.js';
import { longestRow, type TableRow } from './table-rows.js';

/**
 * Reads a table as people send it, row by row, so that a file of any length needs the memory of one row. The delimiter
 * (comma, semicolon, tab) is that of the heading. A row that cannot be read is told with its line, and the next line
 * goes on.
 *
 * @param charset the encoding that the transport names; UTF-8 by default. A byte order mark counts more.
 * @throws DocumentError for an unknown encoding, or bytes that do not fit it.
 */
export async function* readCsvRows(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  charset = 'utf-8',
): AsyncGenerator<TableRow> {
  const reader = new CsvReader();
  let decoder: ReturnType<typeof decoderFor> | undefined;
  for await (const chunk of source) {
    decoder ??= decoderFor(markedEncoding(chunk) ?? charset);
    for (let start = 0; start < chunk.byteLength; start += longestRow) {
      yield* reader.take(decoder.decode(chunk.subarray(start, start + longestRow), true));
    }
  }
  yield* reader.take(decoder?.decode(new Uint8Array()) ?? '', true);
}

class CsvReader {
  #text = '';
  #line = 1;
  #delimiter: string | undefined;
  /** Whether the rest of the line belongs to a row that was given up. */
  #isSkipping = false;

  *take(more: string, isLast = false): Generator<TableRow> {
    this.#text += more;
    let at = this.#isSkipping ? this.#skipRest() : 0;
    while (at < this.#text.length) {
      this.#delimiter ??= this.#delimiterAt(at, isLast);
      if (this.#delimiter === undefined) break;
      const record = readRecord(this.#text, at, this.#delimiter, isLast);
      if (record === undefined && this.#text.length - at <= longestRow) break;
      const line = this.#line;
      const { end, ...row } = record ?? this.#giveUp(at);
      this.#line += count(this.#text, '\n', at, end);
      at = end;
      if ('broken' in row) yield { line, broken: row.broken };
      else if (row.cells.some((cell) => cell !== '')) yield { line, cells: row.cells };
    }
    this.#text = this.#text.slice(at);
  }

  /** What separates the cells of the heading; a spreadsheet may say it in a line before. */
  #delimiterAt(at: number, isLast: boolean): string | undefined {
    const end = this.#text.indexOf('\n', at);
    if (end < 0 && !isLast && this.#text.length - at <= longestRow) return undefined;
    const heading = this.#text.slice(at, end < 0 ? undefined : end).replace(/"[^"]*"/g, '');
    const [, stated] = /^sep=(.)\r?$/.exec(heading) ?? [];
    if (stated !== undefined) {
      this.#text = this.#text.slice(end < 0 ? this.#text.length : end + 1);
      this.#line += 1;
      return stated;
    }
    const [best = ','] = [';', '\t', ','].toSorted(
      (a, b) => heading.split(b).length - heading.split(a).length,
    );
    return best;
  }

  /** The row is too long, which a quote that is not closed makes of any row: the line after its first goes on. */
  #giveUp(at: number): { broken: string; end: number } {
    const reason = `The row is longer than ${longestRow / 1024} kB, or a quote in it is not closed.`;
    return { broken: reason, end: this.#skipLine(at) };
  }

  /** The rest of a line whose beginning has been given up. */
  #skipRest(): number {
    const end = this.#skipLine(0);
    if (!this.#isSkipping) this.#line += 1;
    return end;
  }

  #skipLine(at: number): number {
    const next = this.#text.indexOf('\n', at);
    this.#isSkipping = next < 0;
    return next < 0 ? this.#text.length : next + 1;
  }
}

type Read =
  | { readonly cells: readonly string[]; readonly end: number }
  | { readonly broken: string; readonly end: number };

/** Reads the record at this place; undefined when its end has not come yet. */
function readRecord(text: string, start: number, delimiter: string, isLast: boolean): Read | undefined {
  const cells: string[] = [];
  for (let at = start; ; at += delimiter.length) {
    const quoted = text[at] === '"';
    const end = quoted ? endOfQuoted(text, at) : endOfPlain(text, at, delimiter);
    if (end === undefined) {
      return isLast ? broken(text, start, true, 'A quote is not closed.') : undefined;
    }
    const raw = quoted ? text.slice(at + 1, end - 1).replaceAll('""', '"') : text.slice(at, end);
    if (!quoted && raw.includes('"')) {
      const detail = `The cell ${shown(raw)} holds a quote: put the whole cell in quotes and double the one inside.`;
      return broken(text, end, isLast, detail);
    }
    cells.push(raw.trim());
    at = end;
    if (text.startsWith(delimiter, at)) continue;
    if (at >= text.length) return isLast ? { cells, end: at } : undefined;
    const lineEnd = /\r?\n/y;
    lineEnd.lastIndex = at;
    if (lineEnd.test(text)) return { cells, end: lineEnd.lastIndex };
    if (text[at] === '\r' && at + 1 === text.length) {
      if (isLast) return { cells, end: text.length };
      return undefined;
    }
    return broken(
      text,
      at,
      isLast,
      `After the quoted cell ${shown(raw)} stands neither a delimiter nor the end of the line.`,
    );
  }
}

/** The place after the closing quote. */
function endOfQuoted(text: string, at: number): number | undefined {
  for (let quote = text.indexOf('"', at + 1); quote >= 0; quote = text.indexOf('"', quote + 2)) {
    if (text[quote + 1] !== '"') return quote + 1;
  }
  return undefined;
}

function endOfPlain(text: string, at: number, delimiter: string): number {
  let end = at;
  while (end < text.length && text[end] !== '\n' && !text.startsWith(delimiter, end)) end += 1;
  return text[end] === '\n' && text[end - 1] === '\r' && end > at ? end - 1 : end;
}

/** The refusal of a record, which ends with the line in which the fault stands; undefined while that line comes. */
function broken(text: string, at: number, isLast: boolean, detail: string): Read | undefined {
  const next = text.indexOf('\n', at);
  if (next < 0 && !isLast) return undefined;
  return { broken: detail, end: next < 0 ? text.length : next + 1 };
}

function shown(cell: string): string {
  return cell.length > 40 ? `${cell.slice(0, 40)}…` : cell;
}

function count(text: string, what: string, from: number, to: number): number {
  let found = 0;
  for (let at = text.indexOf(what, from); at >= 0 && at < to; at = text.indexOf(what, at + 1)) found += 1;
  return found;
}
