import { catalogue } from '@pledgeonce/chaincode/catalogue.js';
import { claim, type Claim } from '@pledgeonce/chaincode/claims/records.js';
import { factVersion } from '@pledgeonce/chaincode/facts/records.js';
import { payment, type Payment } from '@pledgeonce/chaincode/payments/records.js';
import { firmId } from '@pledgeonce/chaincode/firms/records.js';
import { readKey } from '@pledgeonce/chaincode/ledger/addresses.js';
import { rate } from '@pledgeonce/chaincode/registry/records.js';
import { underlying } from '@pledgeonce/chaincode/underlyings/records.js';
import { decodeRecord } from '@pledgeonce/chaincode/ledger/records.js';
import { dayNumber } from '@pledgeonce/chaincode/rules/dates.js';
import { parseMoney } from '@pledgeonce/chaincode/rules/money.js';
import { digitsOf } from '@pledgeonce/chaincode/rules/near-keys.js';
import { areNeighbours, citingOf, looseLink } from '@pledgeonce/chaincode/rules/citations.js';
import { partyText } from '@pledgeonce/chaincode/rules/parties.js';
import { z } from 'zod';
import { resemblances, usualOptions } from '../audit/resemblance.js';
import type { lateReasons } from './audit-queries.js';
import type { Database } from './database.js';
import { DocumentArchive } from './document-archive.js';
import { isPaidOn } from './payments-on.js';
import { PublishedRates } from './published-rates.js';
import type { BlockTransaction } from './read-block.js';
import { keepFirm } from './stated-firms.js';
import { keepTrade } from './trade-versions.js';

/** Where on the ledger a transaction stands. */
interface Place {
  readonly block: number;
  readonly position: number;
}

const ordinalSchema = z.object({ ordinal: z.number() });

type LateReason = (typeof lateReasons)[number];

/** Late duplicates that are noted of one document; that there are more is noted too. */
const mostNoted = 10;

/** Keeps what an audit needs, and notes what resembles, or joins the trade of, a document that was financed before. */
export function applyAudit(
  database: Database,
  block: number,
  { transactionId, position, values }: BlockTransaction,
): void {
  const place = { block, position };
  const recorded: string[] = [];
  for (const { key, value } of values) {
    const { letters, id, version } = readKey(key);
    if (letters === factVersion.letters && version !== undefined)
      recorded.push(keepDocument(database, place, transactionId, value));
    else if (letters === rate.letters) keepRate(database, place, transactionId, value);
    else if (letters === firmId.letters) keepFirm(database, block, value);
    else if (letters === underlying.letters && id !== undefined)
      keepTrade(database, { ...place, transactionId }, id, value);
    else if (letters === claim.letters)
      keepDraw(database, place, 'claim', transactionId, decodeRecord(claim, value));
    else if (letters === payment.letters)
      keepDraw(database, place, 'payment', transactionId, decodeRecord(payment, value));
  }
  if (recorded.length > 0) noteLate(database, block, recorded);
}

function keepDocument(
  database: Database,
  { block, position }: Place,
  transactionId: string,
  stored: string,
): string {
  const { id, version, status, self, content } = decodeRecord(factVersion, stored);
  const { type, number, seller, buyer, total, date, details, transport } = content;
  database.run('INSERT OR IGNORE INTO documents (fact, block, position, tx_id) VALUES (?, ?, ?, ?)', [
    id,
    block,
    position,
    transactionId,
  ]);
  const { ordinal } = ordinalSchema.parse(database.get('SELECT ordinal FROM documents WHERE fact = ?', [id]));
  const day = dayNumber(date);
  const containers = [...new Set([...(details?.containers ?? []), ...(transport?.containers ?? [])])];
  const { family, link, cites } = citingOf(content, seller);
  database.run(
    `INSERT OR IGNORE INTO document_versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      ordinal,
      version,
      block,
      status,
      type,
      catalogue[type].dimension,
      family,
      self ? 1 : 0,
      partyText(seller),
      buyer === undefined ? null : partyText(buyer),
      number,
      digitsOf(number),
      link,
      JSON.stringify(cites),
      total?.currency ?? null,
      total === undefined ? null : parseMoney(total, 'total', 'allow-zero').minor,
      day,
      JSON.stringify(containers),
    ],
  );
  for (const container of containers) {
    database.run('INSERT OR IGNORE INTO document_containers VALUES (?, ?, ?, ?)', [
      container,
      day,
      ordinal,
      version,
    ]);
  }
  keepLinks(database, [[link, 0], ...cites.map((cited) => [cited, 1] as const)], { ordinal, version });
  return id;
}

/** Under which texts a version is found: its own, and those of the papers that it cites. */
function keepLinks(
  database: Database,
  links: readonly (readonly [text: string, isCited: 0 | 1])[],
  { ordinal, version }: { readonly ordinal: number; readonly version: number },
): void {
  for (const [text, isCited] of links) {
    for (const one of new Set([text, looseLink(text)])) {
      database.run('INSERT OR IGNORE INTO document_links VALUES (?, ?, ?, ?)', [
        one,
        isCited,
        ordinal,
        version,
      ]);
    }
  }
}

function keepRate(
  database: Database,
  { block, position }: Place,
  transactionId: string,
  stored: string,
): void {
  const { currency, base, rate: value, date } = decodeRecord(rate, stored);
  database.run('INSERT OR IGNORE INTO rate_versions VALUES (?, ?, ?, ?, ?)', [
    currency,
    block,
    position,
    transactionId,
    stored,
  ]);
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
  { block, position }: Place,
  draw: 'claim' | 'payment',
  transactionId: string,
  { id, seq, state, lines }: Pick<Claim | Payment, 'id' | 'seq' | 'state' | 'lines'>,
): void {
  database.run(`INSERT OR IGNORE INTO ${draw}_versions VALUES (?, ?, ?, ?)`, [id, seq, transactionId, state]);
  for (const { fact } of lines) {
    database.run(`INSERT OR IGNORE INTO ${draw}_lines VALUES (?, ?)`, [fact, id]);
    // Whatever becomes of the loan, money was paid out on the document here.
    if (draw === 'claim' && state === 'disbursed') {
      database.run('INSERT OR IGNORE INTO financed VALUES (?, ?, ?)', [fact, block, position]);
    }
  }
}

/**
 * Documents recorded or amended now that look like one that money was paid out on before, or that belong with one and came
 * after it was financed.
 */
function noteLate(database: Database, block: number, facts: readonly string[]): void {
  const archive = new DocumentArchive(database, block + 1);
  const rates = new PublishedRates(database, block + 1);
  const options = {
    ...usualOptions,
    valueOf: (currency: string, day: number) => rates.valueOf(currency, day),
  };
  for (const fact of facts) {
    const document = archive.find(fact);
    if (document === undefined) continue;
    const noted = new Notes(database, block, fact);
    const { documents } = archive.candidates(document, usualOptions);
    for (const { fact: earlier, reason } of resemblances(document, documents, options)) {
      if (wasUsed(database, earlier)) noted.add(fact, earlier, reason);
    }
    for (const other of archive.linked(document)) {
      if (!areNeighbours(document, other)) continue;
      if (wasUsed(database, other.fact, fact)) noted.add(fact, other.fact, 'trade');
      if (wasUsed(database, fact, other.fact)) noted.add(other.fact, fact, 'trade');
    }
  }
}

/** What is noted of one document: so many others, and then only that there are more. */
class Notes {
  readonly #pairs = new Set<string>();
  readonly #database: Database;
  readonly #block: number;
  readonly #fact: string;

  constructor(database: Database, block: number, fact: string) {
    this.#database = database;
    this.#block = block;
    this.#fact = fact;
  }

  add(later: string, earlier: string, reason: LateReason): void {
    const pair = `${later} ${earlier}`;
    if (!this.#pairs.has(pair) && this.#pairs.size >= mostNoted) {
      this.#database.run('INSERT OR IGNORE INTO late_crowds VALUES (?)', [this.#fact]);
      return;
    }
    this.#pairs.add(pair);
    note(this.#database, this.#block, later, earlier, reason);
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
      : 'AND (f.block, f.position) < (SELECT d.block, d.position FROM documents d WHERE d.fact = ?)';
  return (
    database.get(
      `SELECT 1 FROM financed f WHERE f.fact = ? ${earlier}`,
      before === undefined ? [fact] : [fact, before],
    ) !== null
  );
}

function note(database: Database, block: number, later: string, earlier: string, reason: LateReason): void {
  database.run(
    `INSERT INTO late_duplicates (later, earlier, reasons, block) VALUES (?, ?, ?, ?)
     ON CONFLICT (later, earlier) DO UPDATE SET reasons = reasons || ' ' || excluded.reasons
     WHERE ' ' || reasons || ' ' NOT LIKE '% ' || excluded.reasons || ' %'`,
    [later, earlier, reason, block],
  );
  database.run(
    'INSERT OR IGNORE INTO late_reasons SELECT ?, ordinal FROM late_duplicates WHERE later = ? AND earlier = ?',
    [reason, later, earlier],
  );
}
