import { catalogue, type Dimension } from '../../catalogue.js';
import type { BalanceRow, Trade } from '../trade.js';
import type { Evidence } from './documents.js';

/** Who carries a document's draws in one other family: documents, and everybody who names one of these bills. */
export interface Carriers {
  readonly documents: readonly Evidence[];
  readonly bills: readonly string[];
}

/** Which documents of a trade carry each other's draws. */
export class Neighbours {
  readonly #cited = new Map<Evidence, Set<Evidence>>();
  /** By bill, family and who recorded them: the documents that name it. */
  readonly #onBill = new Map<string, Evidence[]>();
  readonly #sharing = new Map<string, readonly Evidence[]>();
  readonly #billsOf = new Map<Evidence, readonly string[]>();

  constructor({ rows, draws, twins = [] }: Trade, documents: ReadonlyMap<string, Evidence>) {
    const byName = new Map<string, Set<Evidence>>();
    for (const row of rows) {
      const document = documents.get(row.fact);
      for (const name of row.names) if (document) add(byName, name, document);
    }
    for (const row of rows) {
      const document = documents.get(row.fact);
      for (const text of row.cites) {
        for (const other of byName.get(text) ?? []) if (document) this.#join(document, other);
      }
    }
    for (const [one, other] of twins) {
      const [first, second] = [documents.get(one), documents.get(other)];
      if (first === undefined || second === undefined) continue;
      // A bill that was taken back unused stands in nobody's way; one that is drawn on has to be settled first.
      const isGone = (document: Evidence) =>
        document.rows.every((row) => row.cancelled && !draws.some(({ fact }) => fact === row.fact));
      if (!isGone(first) && !isGone(second)) this.#join(first, second);
    }
    for (const document of new Set(documents.values())) this.#file(document);
  }

  /**
   * The documents of a family that carry what is drawn on this one; undefined when there are none, and the family limits
   * nothing. Beside what an authority recorded, what the seller recorded itself carries nothing.
   */
  carriers(document: Evidence, family: string): Carriers | undefined {
    const cited = [...(this.#cited.get(document) ?? [])].filter((other) => other.family === family);
    const bills = this.#sharedBills(document, family);
    for (const believed of [true, false]) {
      const documents = cited.filter((other) => other.believed === believed);
      const shared = bills.filter(
        (bill) => this.#share(document.family, billKey(bill, family, believed)).length > 0,
      );
      if (documents.length > 0 || shared.length > 0) {
        const groups = shared.map((bill) => groupKey(document.family, billKey(bill, family, believed)));
        return { documents, bills: groups };
      }
    }
    return undefined;
  }

  /** The documents that carry as one because they name the same bill. */
  onBill(group: string): readonly Evidence[] {
    return this.#sharing.get(group) ?? [];
  }

  /** Every document of an authority beside this one, in whichever family of its dimension. */
  authoritiesBeside(document: Evidence, families: readonly string[]): readonly Evidence[] {
    const found = families
      .filter((family) => family !== document.family)
      .flatMap((family) => {
        const carriers = this.carriers(document, family);
        return carriers === undefined
          ? []
          : [...carriers.documents, ...carriers.bills.flatMap((key) => this.onBill(key))];
      });
    return [...new Set(found)].filter(({ believed }) => believed);
  }

  #join(one: Evidence, other: Evidence): void {
    if (one.family === other.family) return;
    add(this.#cited, one, other);
    add(this.#cited, other, one);
  }

  #file(document: Evidence): void {
    if (document.dimension !== 'price') return;
    const bills = [...new Set(document.rows.flatMap(({ cites }) => cites.filter(isBill)))];
    this.#billsOf.set(document, bills);
    for (const bill of bills) {
      const key = billKey(bill, document.family, document.believed);
      const known = this.#onBill.get(key);
      if (known === undefined) this.#onBill.set(key, [document]);
      else known.push(document);
    }
  }

  /** Those on a bill that cite nothing of the family that asks. */
  #share(asking: string, key: string): readonly Evidence[] {
    const group = groupKey(asking, key);
    const known = this.#sharing.get(group);
    if (known !== undefined) return known;
    const found = (this.#onBill.get(key) ?? []).filter(({ rows }) => !citesFamily(rows, asking));
    this.#sharing.set(group, found);
    return found;
  }

  /** Bills that join the document to a family of which it cites nothing, and which cites nothing of its own. */
  #sharedBills(document: Evidence, family: string): readonly string[] {
    if (family === document.family || citesFamily(document.rows, family)) return [];
    return this.#billsOf.get(document) ?? [];
  }
}

/** The families of a dimension that are found in a trade. */
export function familiesOf(documents: Iterable<Evidence>, dimension: Dimension): readonly string[] {
  const found = [...documents].filter((document) => document.dimension === dimension);
  return [...new Set(found.map(({ family }) => family))].sort();
}

function citesFamily(rows: readonly BalanceRow[], family: string): boolean {
  return rows.some(({ cites }) => cites.some((text) => text.startsWith(`${family}\n`)));
}

const billFamilies: ReadonlySet<string> = new Set(
  Object.values(catalogue).flatMap(({ section, dimension, family }) =>
    section === 'transport' && dimension === 'freight' ? [family] : [],
  ),
);

function isBill(text: string): boolean {
  return billFamilies.has(text.slice(0, text.indexOf('\n')));
}

function billKey(bill: string, family: string, believed: boolean): string {
  return `${family} ${believed ? 'believed' : 'own'} ${bill}`;
}

function groupKey(asking: string, key: string): string {
  return `${asking} on ${key}`;
}

function add<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  const present = map.get(key);
  if (present === undefined) map.set(key, new Set([value]));
  else present.add(value);
}
