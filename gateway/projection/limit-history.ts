import { rate as rateKind } from '@pledgeonce/chaincode/registry/records.js';
import { decodeRecord } from '@pledgeonce/chaincode/ledger/records.js';
import {
  type LimitChange,
  limitChanges,
  type TradeVersion,
} from '@pledgeonce/chaincode/rules/evidence/history.js';
import type { Rate, RateTable } from '@pledgeonce/chaincode/rules/rates.js';
import { z } from 'zod';
import type { Database } from './database.js';
import { applied, assembled, type Pieces, type Written } from './trade-versions.js';

/**
 * How much one page looks at, in documents, credits and draws of all versions together: of a trade of 500 documents and
 * 500 draws ten versions, of an ordinary one several hundred.
 */
const mostLookedAt = 10_000;

const json = z.string().transform((text): unknown => JSON.parse(text));
const placeSchema = z.object({ block: z.number(), position: z.number(), tx_id: z.string() });
const versionSchema = placeSchema.extend({
  underlying: z.string(),
  gone: json.pipe(z.array(z.number())),
  come: json.pipe(z.array(z.string())),
});
const rateSchema = placeSchema.extend({ record: z.string() });
const timeSchema = z.object({ time: z.string() }).nullable();

/** What the ledger held of a document's trade after a transaction that changed something about it. */
interface Moment extends Written {
  readonly pieces: Pieces;
  readonly rates: RateTable;
}

/** What became of a limit, and where on the ledger the page before it ends. */
export interface LimitHistory {
  readonly changes: readonly LimitChange[];
  /** `block-position` of the first version that was looked at; absent when that is the first of all. */
  readonly earlier?: string;
}

/**
 * How the limit of a document came to be what it is, oldest first, out of the versions of the trades in which it was.
 *
 * @param before only what came before this place on the ledger, `block-position`.
 */
export function limitHistory(database: Database, fact: string, before?: string): LimitHistory {
  const all = momentsOf(database, fact).filter((moment) => before === undefined || isBefore(moment, before));
  let first = all.length;
  for (let looked = 0; first > 0; first -= 1) {
    looked += all[first - 1]?.pieces.length ?? 0;
    // At least one, however large the trade is.
    if (looked > mostLookedAt && first < all.length) break;
  }
  const versionOf = ({ transactionId, pieces, rates }: Moment): TradeVersion => ({
    at: timeOf(database, transactionId),
    transactionId,
    trade: assembled(pieces),
    rates,
  });
  const [start, earlier] = [all[first], all[first - 1]];
  const changes = limitChanges(fact, all.slice(first).map(versionOf), earlier && versionOf(earlier));
  if (earlier === undefined || start === undefined) return { changes };
  return { changes, earlier: `${start.block}-${start.position}` };
}

/** Every transaction that changed the trade in which the document was, or a rate between the currencies in it. */
function momentsOf(database: Database, fact: string): Moment[] {
  const trades = new Map<string, Pieces>();
  const holding = new Set<string>();
  const row = `"fact":"${fact}"`;
  let rates: RateTable = new Map();
  let current: string | undefined;
  const moments: Moment[] = [];
  for (const { versions, published, ...place } of stepsOf(database, fact)) {
    for (const { underlying, gone, come } of versions) {
      const pieces = applied(trades.get(underlying) ?? [], gone, come);
      trades.set(underlying, pieces);
      const holds = pieces.some((piece) => piece.startsWith('["rows"') && piece.includes(row));
      // A document that leaves stays behind as cancelled where something was drawn on it: the trade it entered last counts.
      if (holds && !holding.has(underlying)) current = underlying;
      if (holds) holding.add(underlying);
      else holding.delete(underlying);
    }
    rates = new Map([...rates, ...published.map((rate) => [rate.currency, rate] as const)]);
    const pieces = current === undefined ? undefined : trades.get(current);
    if (pieces === undefined) continue;
    const isTouched = versions.some(({ underlying }) => underlying === current);
    const isPriced = published.some(({ currency }) =>
      pieces.some((one) => one.includes(`"currency":"${currency}"`)),
    );
    if (isTouched || isPriced) moments.push({ ...place, pieces, rates });
  }
  return moments;
}

interface Step extends Written {
  readonly versions: z.infer<typeof versionSchema>[];
  readonly published: Rate[];
}

/** What each transaction wrote of these trades and of the rates in them, in the order of the ledger. */
function stepsOf(database: Database, fact: string): readonly Step[] {
  const versions = z
    .array(versionSchema)
    .parse(
      database.all(
        'SELECT v.* FROM trade_facts f JOIN trade_versions v ON v.underlying = f.underlying WHERE f.fact = ?',
        [fact],
      ),
    );
  const rates = z
    .array(rateSchema)
    .parse(
      database.all('SELECT r.* FROM json_each(?) j JOIN rate_versions r ON r.currency = j.value', [
        JSON.stringify(currenciesIn(versions)),
      ]),
    );
  const steps = new Map<string, Step>();
  const stepOf = ({ block, position, tx_id: transactionId }: z.infer<typeof placeSchema>) => {
    const step = steps.get(transactionId) ?? { block, position, transactionId, versions: [], published: [] };
    steps.set(transactionId, step);
    return step;
  };
  for (const version of versions) stepOf(version).versions.push(version);
  for (const rate of rates) stepOf(rate).published.push(decodeRecord(rateKind, rate.record));
  return [...steps.values()].sort((one, other) => one.block - other.block || one.position - other.position);
}

/** One currency by itself needs no rate. */
function currenciesIn(versions: readonly { readonly come: Pieces }[]): readonly string[] {
  const named = versions.flatMap(({ come }) =>
    come.flatMap((piece) => [...piece.matchAll(/"currency":"([A-Z]{3})"/g)].map(([, currency]) => currency)),
  );
  const currencies = [...new Set(named)].filter((currency) => currency !== undefined);
  return currencies.length < 2 ? [] : currencies;
}

function isBefore({ block, position }: Moment, place: string): boolean {
  const [lastBlock = 0, lastPosition = 0] = place.split('-').map(Number);
  return block < lastBlock || (block === lastBlock && position < lastPosition);
}

function timeOf(database: Database, transactionId: string): string {
  const row = timeSchema.parse(
    database.get('SELECT time FROM transactions WHERE tx_id = ?', [transactionId]),
  );
  if (row === null) throw new Error(`transaction ${transactionId} is missing`);
  return row.time;
}
