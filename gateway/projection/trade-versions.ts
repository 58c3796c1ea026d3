import { underlying as underlyingKind, type Underlying } from '@pledgeonce/chaincode/underlyings/records.js';
import { decodeRecord } from '@pledgeonce/chaincode/ledger/records.js';
import { z } from 'zod';
import type { Database } from './database.js';

/**
 * Every version of every trade, as what went and what came: a trade of 500 documents is not kept once more for each draw.
 * `present` is what a trade consists of now, to tell what the next version changes.
 */
export const tradeVersionSql = `
CREATE TABLE trades (underlying TEXT NOT NULL PRIMARY KEY, present TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE trade_versions (
  underlying TEXT NOT NULL, block INTEGER NOT NULL, position INTEGER NOT NULL, tx_id TEXT NOT NULL,
  gone TEXT NOT NULL, come TEXT NOT NULL, PRIMARY KEY (underlying, block, position)
) WITHOUT ROWID;
CREATE TABLE trade_facts (fact TEXT NOT NULL, underlying TEXT NOT NULL, PRIMARY KEY (fact, underlying)) WITHOUT ROWID;
`;

/** Where on the ledger something was written, and by which transaction. */
export interface Written {
  readonly block: number;
  readonly position: number;
  readonly transactionId: string;
}

/** A trade in pieces, each the JSON of one document, credit or draw, or of everything else of the record. */
export type Pieces = readonly string[];

const lists = ['rows', 'credits', 'draws'] as const;
const recordSchema = z.record(z.string(), z.unknown());
const itemsSchema = z.array(z.unknown());
const pieceSchema = z.tuple([z.enum([...lists, 'rest']), recordSchema]);
const presentSchema = z.object({ present: z.string() }).nullable();
const piecesSchema = z.array(z.string());

/** Keeps what a transaction made of a trade. */
export function keepTrade(
  database: Database,
  { block, position, transactionId }: Written,
  underlying: string,
  stored: string,
): void {
  const row = presentSchema.parse(
    database.get('SELECT present FROM trades WHERE underlying = ?', [underlying]),
  );
  const before = row === null ? [] : piecesSchema.parse(JSON.parse(row.present));
  const now = piecesOf(stored);
  const { gone, come } = difference(before, now);
  const present = JSON.stringify(applied(before, gone, come));
  database.run(
    'INSERT INTO trades VALUES (?, ?) ON CONFLICT (underlying) DO UPDATE SET present = excluded.present',
    [underlying, present],
  );
  database.run('INSERT OR IGNORE INTO trade_versions VALUES (?, ?, ?, ?, ?, ?)', [
    underlying,
    block,
    position,
    transactionId,
    JSON.stringify(gone),
    JSON.stringify(come),
  ]);
  for (const piece of come) {
    const [list, { fact }] = pieceSchema.parse(JSON.parse(piece));
    if (list !== 'rows' || typeof fact !== 'string') continue;
    database.run('INSERT OR IGNORE INTO trade_facts VALUES (?, ?)', [fact, underlying]);
  }
}

/** The pieces after a version. */
export function applied(before: Pieces, gone: readonly number[], come: Pieces): Pieces {
  const dropped = new Set(gone);
  return [...before.filter((_, index) => !dropped.has(index)), ...come];
}

/** The trade that the pieces are. */
export function assembled(pieces: Pieces): Underlying {
  const record: Record<string, unknown> = { rows: [], credits: [], draws: [] };
  for (const piece of pieces) {
    const [list, content] = pieceSchema.parse(JSON.parse(piece));
    if (list === 'rest') Object.assign(record, content);
    else (record[list] as unknown[]).push(content);
  }
  return decodeRecord(underlyingKind, JSON.stringify(record));
}

function piecesOf(stored: string): Pieces {
  const { salt: _salt, ...record } = recordSchema.parse(JSON.parse(stored));
  const pieces = lists.flatMap((list) => {
    const items = itemsSchema.parse(record[list]);
    return items.map((item) => JSON.stringify([list, item]));
  });
  const rest = Object.entries(record).filter(([name]) => !lists.some((list) => list === name));
  return [JSON.stringify(['rest', Object.fromEntries(rest)]), ...pieces];
}

/** Which pieces went, by their place, and which came; equal ones are counted. */
function difference(before: Pieces, now: Pieces): { gone: number[]; come: string[] } {
  const counts = new Map<string, number>();
  for (const piece of now) counts.set(piece, (counts.get(piece) ?? 0) + 1);
  const gone: number[] = [];
  for (const [index, piece] of before.entries()) {
    const count = counts.get(piece) ?? 0;
    if (count === 0) gone.push(index);
    else counts.set(piece, count - 1);
  }
  const come = now.filter((piece) => {
    const count = counts.get(piece) ?? 0;
    counts.set(piece, count - 1);
    return count > 0;
  });
  return { gone, come };
}
