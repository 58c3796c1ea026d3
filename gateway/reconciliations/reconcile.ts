import { createHash } from 'node:crypto';
import type { Input } from '@pledgeonce/chaincode/api.js';
import { canonicalJson } from '@pledgeonce/chaincode/rules/canonical-json.js';
import { isOver } from '@pledgeonce/chaincode/rules/claim-states.js';
import { limits } from '@pledgeonce/chaincode/schemas.js';
import { Problem } from '../api/problem.js';
import { searchForm } from '../projection/conditions.js';
import type { BookedClaim, ClaimBook } from '../projection/claim-versions.js';
import { comparedLine, type LoweredDocument, missingLine } from './compare.js';
import type { ResultWriter } from './kept-results.js';
import { lineProblem, mostLines, type PlacedLine } from './read-book.js';
import { Tally } from './tally.js';

type Outcome = Omit<Input<'recordReconciliation'>, 'idempotencyKey' | 'result'>;

export interface Comparison {
  readonly bank: string;
  readonly asOf: string;
  readonly until: string;
  readonly book: ClaimBook;
  /** Of claims, in their order, the documents that were lowered since. */
  readonly lowered: (claims: readonly string[]) => Promise<readonly (readonly LoweredDocument[])[]>;
}

/**
 * Compares a bank's book with the registry's, line by line: in memory are one batch of lines and which claims it has named.
 *
 * @throws Problem for a line that cannot be read, or names a claim that another line has named.
 */
export async function reconcile(
  { bank, asOf, until, book, lowered }: Comparison,
  lines: AsyncIterable<PlacedLine>,
  result: Pick<ResultWriter, 'add'>,
): Promise<Outcome> {
  const tally = new Tally();
  const hash = createHash('sha256');
  const seen = new Seen();
  await result.add({ schema: 1, bank, asOf, until });
  for await (const some of inBatches(lines, limits.claimsPerReading)) {
    const pairs = some.map((line) => ({ line, claim: found(book, line) }));
    for (const { line, claim } of pairs) seen.add(line, claim);
    const ids = pairs.flatMap(({ claim }) => (claim === undefined || isOver(claim.state) ? [] : [claim.id]));
    const documents = ids.length === 0 ? [] : await lowered(ids);
    for (const { line, claim } of pairs) {
      hash.update(`${canonicalJson(line.said)}\n`);
      const place = claim === undefined ? -1 : ids.indexOf(claim.id);
      const difference = comparedLine(line, claim, documents[place] ?? []);
      tally.line(line, claim, difference);
      if (difference !== undefined) await result.add(difference);
    }
  }
  for (const claim of liveClaims(book)) {
    tally.claims += 1;
    if (seen.has(claim)) continue;
    const difference = missingLine(claim);
    tally.missing(claim, difference);
    await result.add(difference);
  }
  const outcome = { asOf, until, ...tally.outcome, book: hash.digest('hex') };
  await result.add(outcome);
  return outcome;
}

/** The hash of a book alone, by which it is recognised when it is sent again. */
export async function bookHash(lines: AsyncIterable<PlacedLine>): Promise<string> {
  const hash = createHash('sha256');
  for await (const { said } of lines) hash.update(`${canonicalJson(said)}\n`);
  return hash.digest('hex');
}

function found(book: ClaimBook, { said: { claim, applicationNumber } }: PlacedLine): BookedClaim | undefined {
  if (claim !== undefined) return book.find(claim);
  return applicationNumber === undefined ? undefined : book.named(applicationNumber);
}

function* liveClaims(book: ClaimBook): Generator<BookedClaim> {
  const page = 500;
  for (let after = 0; ;) {
    const claims = book.after(after, page);
    yield* claims.filter(({ state }) => !isOver(state));
    if (claims.length < page) return;
    after = claims.at(-1)?.ordinal ?? after;
  }
}

async function* inBatches(lines: AsyncIterable<PlacedLine>, most: number): AsyncGenerator<PlacedLine[]> {
  let some: PlacedLine[] = [];
  for await (const line of lines) {
    some.push(line);
    if (some.length < most) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

/** What the lines have named, each once. */
class Seen {
  readonly #claims = new Set<number>();
  readonly #unknown = new Set<string>();

  /** @throws Problem INPUT_INVALID for what another line has named, INPUT_TOO_LARGE for too many. */
  add({ line, said }: PlacedLine, claim: BookedClaim | undefined): void {
    const name = searchForm(said.claim ?? said.applicationNumber ?? '');
    const isTwice = claim === undefined ? this.#unknown.has(name) : this.#claims.has(claim.ordinal);
    if (isTwice) {
      const detail = 'Another line of the book names the same claim.';
      throw lineProblem(line, new Problem('INPUT_INVALID', { detail, field: 'applicationNumber' }));
    }
    if (claim === undefined) this.#unknown.add(name);
    else this.#claims.add(claim.ordinal);
    if (this.#claims.size + this.#unknown.size > mostLines)
      throw new Problem('INPUT_TOO_LARGE', { detail: `A book has at most ${mostLines} lines.` });
  }

  has({ ordinal }: BookedClaim): boolean {
    return this.#claims.has(ordinal);
  }
}
