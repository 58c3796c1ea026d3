import type { Input } from '@pledgeonce/chaincode/api.js';
import { differenceKinds } from '@pledgeonce/chaincode/reconciliations/api.js';
import { formatMoney } from '@pledgeonce/chaincode/rules/money.js';
import type { BookedClaim } from '../projection/claim-versions.js';
import type { Difference } from './compare.js';
import type { PlacedLine } from './read-book.js';

type Outcome = Input<'recordReconciliation'>;
interface Sums {
  book: bigint;
  registry: bigint;
  open: bigint;
}

/** What a reconciliation adds up to, line by line. */
export class Tally {
  lines = 0;
  claims = 0;
  #agreed = 0;
  readonly #counts = new Map<string, number>();
  readonly #sums = new Map<string, Sums>();

  /** A line of the book, with what the registry has under it, and in what they differ. */
  line({ owed, said }: PlacedLine, claim: BookedClaim | undefined, difference: Difference | undefined): void {
    const { currency } = said.outstanding;
    this.lines += 1;
    this.#add(currency, { book: owed });
    if (claim !== undefined) this.#add(claim.currency, { registry: claim.owed });
    if (claim?.currency === currency) this.#add(currency, { open: distance(owed, claim.owed) });
    else {
      this.#add(currency, { open: owed });
      if (claim !== undefined) this.#add(claim.currency, { open: claim.owed });
    }
    if (difference === undefined) this.#agreed += 1;
    else this.#count(difference);
  }

  /** A claim that the registry alone has. */
  missing({ currency, owed }: BookedClaim, difference: Difference): void {
    this.#add(currency, { registry: owed, open: owed });
    this.#count(difference);
  }

  get outcome(): Pick<Outcome, 'lines' | 'claims' | 'agreed' | 'differences' | 'totals'> {
    const { lines, claims } = this;
    const counted = differenceKinds.map((kind) => [kind, this.#counts.get(kind) ?? 0]);
    const totals = [...this.#sums].sort(([left], [right]) => (left < right ? -1 : 1));
    return {
      lines,
      claims,
      agreed: this.#agreed,
      differences: Object.fromEntries(counted) as Outcome['differences'],
      totals: totals.map(([currency, { book, registry, open }]) => ({
        book: formatMoney(book, currency),
        registry: formatMoney(registry, currency),
        open: formatMoney(open, currency),
      })),
    };
  }

  #count({ differs }: Difference): void {
    for (const kind of differs) this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
  }

  #add(currency: string, { book = 0n, registry = 0n, open = 0n }: Partial<Sums>): void {
    const sums = this.#sums.get(currency) ?? { book: 0n, registry: 0n, open: 0n };
    this.#sums.set(currency, sums);
    sums.book += book;
    sums.registry += registry;
    sums.open += open;
  }
}

function distance(left: bigint, right: bigint): bigint {
  return left < right ? right - left : left - right;
}
