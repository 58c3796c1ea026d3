import { catalogue } from '@pledgeonce/chaincode/catalogue.js';
import { claim, factVersion, payment, rate, underlying } from '@pledgeonce/chaincode/ledger/kinds.js';
import type { Claim, Payment } from '@pledgeonce/chaincode/ledger/kinds.js';
import { decodeRecord } from '@pledgeonce/chaincode/ledger/records.js';
import { dayNumber } from '@pledgeonce/chaincode/rules/dates.js';
import { parseMoney } from '@pledgeonce/chaincode/rules/money.js';
import { digitsOf } from '@pledgeonce/chaincode/rules/near-keys.js';
import { partyText } from '@pledgeonce/chaincode/rules/parties.js';
import { z } from 'zod';
import { resemblances, usualOptions } from '../audit/resemblance.js';
import type { Database } from './database.js';
import { DocumentArchive } from './document-archive.js';
import { isPaidOn } from './payments-on.js';
import { PublishedRates } from './published-rates.js';
import type { BlockTransaction } from './read-block.js';

/** Where on the ledger a transaction stands. */
interface Place {
  readonly block: number;
  readonly position: number;
}

/** A document that comes into a trade, and the other documents of it. */
interface Joining {
  readonly fact: string;
  readonly others: readonly string[];
}

const movedSchema = z.array(z.object({ fact: z.string() }));

/** Keeps what an audit needs, and notes what resembles, or joins the trade of, a document that was financed before. */
export function applyAudit(
  database: Database,
  block: number,
  { transactionId, position, values }: BlockTransaction,
): void {
  const place = { block, position };
  const recorded: string[] = [];
  const joined: Joining[] = [];
  for (const { key, value } of values) {
    const [kind, , version] = key.split('~');
    if (kind === 'F' && version !== undefined)
      recorded.push(keepDocument(database, place, transactionId, value));
    else if (kind === 'U') joined.push(...keepMembers(database, place, value));
    else if (kind === 'R') keepRate(database, place, value);
    else if (kind === 'C') keepDraw(database, 'claim', transactionId, decodeRecord(claim, value));
    else if (kind === 'P') keepDraw(database, 'payment', transactionId, decodeRecord(payment, value));
  }
  if (recorded.length > 0) noteResemblances(database, block, recorded);
  for (const one of joined) noteJoined(database, block, one);
}

function keepDocument(
  database: Database,
  { block, position }: Place,
  transactionId: string,
  stored: string,
): string {
  const { id, version, status, content } = decodeRecord(factVersion, stored);
  const { type, number, seller, total, date, details, transport } = content;
  database.run('INSERT OR IGNORE INTO documents (fact, block, position, tx_id) VALUES (?, ?, ?, ?)', [
    id,
    block,
    position,
    transactionId,
  ]);
  const amount = total && parseMoney(total, 'total', 'allow-zero').minor;
  const containers = [...new Set([...(details?.containers ?? []), ...(transport?.containers ?? [])])];
  database.run(
    `INSERT OR IGNORE INTO document_versions
     SELECT ordinal, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM documents WHERE fact = ?`,
    [
      version,
      block,
      status,
      type,
      catalogue[type].dimension,
      partyText(seller),
      number,
      digitsOf(number),
      total?.currency ?? null,
      amount?.toString() ?? null,
      dayNumber(date),
      JSON.stringify(containers),
      id,
    ],
  );
  for (const container of containers) {
    database.run(
      'INSERT OR IGNORE INTO document_containers SELECT ?, ordinal, ? FROM documents WHERE fact = ?',
      [container, version, id],
    );
  }
  return id;
}

/** @returns the documents that this record moves into the trade. */
function keepMembers(database: Database, { block }: Place, stored: string): Joining[] {
  const { id, rows, credits } = decodeRecord(underlying, stored);
  const members = [...rows, ...credits].map(({ fact }) => fact);
  const moved = database.all(
    `INSERT OR REPLACE INTO trade_members (fact, block, trade)
     SELECT f.value, ?, ? FROM json_each(?) f
     WHERE ? IS NOT (SELECT m.trade FROM trade_members m WHERE m.fact = f.value ORDER BY m.block DESC LIMIT 1)
     RETURNING fact`,
    [block, id, JSON.stringify(members), id],
  );
  return movedSchema
    .parse(moved)
    .map(({ fact }) => ({ fact, others: members.filter((other) => other !== fact) }));
}

function keepRate(database: Database, { block }: Place, stored: string): void {
  const { currency, base, rate: value, date } = decodeRecord(rate, stored);
  database.run('INSERT OR REPLACE INTO published_rates VALUES (?, ?, ?, ?, ?)', [
    currency,
    dayNumber(date),
    block,
    base,
    value,
  ]);
}

function keepDraw(
  database: Database,
  draw: 'claim' | 'payment',
  transactionId: string,
  { id, seq, state, lines }: Pick<Claim | Payment, 'id' | 'seq' | 'state' | 'lines'>,
): void {
  database.run(`INSERT OR IGNORE INTO ${draw}_versions VALUES (?, ?, ?, ?)`, [id, seq, transactionId, state]);
  for (const { fact } of lines) {
    database.run(`INSERT OR IGNORE INTO ${draw}_lines VALUES (?, ?)`, [fact, id]);
  }
}

/** Documents recorded or amended now that look like one that money was paid out on before. */
function noteResemblances(database: Database, block: number, facts: readonly string[]): void {
  const archive = new DocumentArchive(database, block + 1);
  const rates = new PublishedRates(database, block + 1);
  const options = {
    ...usualOptions,
    valueOf: (currency: string, day: number) => rates.valueOf(currency, day),
  };
  for (const fact of facts) {
    const document = archive.find(fact);
    if (document === undefined) continue;
    const { documents } = archive.candidates(document, usualOptions);
    for (const { fact: earlier, reason } of resemblances(document, documents, options)) {
      if (wasUsed(database, earlier)) note(database, block, fact, earlier, reason);
    }
  }
}

/** A document that came after money was paid out on another one of the trade. */
function noteJoined(database: Database, block: number, { fact, others }: Joining): void {
  for (const other of others) {
    for (const [later, earlier] of [
      [fact, other],
      [other, fact],
    ] as const) {
      if (wasUsed(database, earlier, later)) note(database, block, later, earlier, 'trade');
    }
  }
}

/** Whether money was paid out on a document, as a loan or abroad. */
function wasUsed(database: Database, fact: string, before?: string): boolean {
  return wasFinanced(database, fact, before) || isPaidOn(database, fact, before);
}

/**
 * Whether a loan was paid out on a document, whatever has become of the claim since.
 *
 * @param before a document: only what was paid out before that one was first recorded counts.
 */
function wasFinanced(database: Database, fact: string, before?: string): boolean {
  const earlier =
    before === undefined
      ? ''
      : 'AND (t.block, t.position) < (SELECT d.block, d.position FROM documents d WHERE d.fact = ?)';
  return (
    database.get(
      `SELECT 1 FROM claim_lines l
         JOIN claim_versions v ON v.id = l.claim AND v.state = 'disbursed'
         JOIN transactions t ON t.tx_id = v.tx_id
       WHERE l.fact = ? ${earlier} LIMIT 1`,
      before === undefined ? [fact] : [fact, before],
    ) !== null
  );
}

function note(database: Database, block: number, later: string, earlier: string, reason: string): void {
  database.run(
    `INSERT INTO late_duplicates (later, earlier, reasons, block) VALUES (?, ?, ?, ?)
     ON CONFLICT (later, earlier) DO UPDATE SET reasons = reasons || ' ' || excluded.reasons
     WHERE ' ' || reasons || ' ' NOT LIKE '% ' || excluded.reasons || ' %'`,
    [later, earlier, reason, block],
  );
}
