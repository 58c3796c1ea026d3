import { createHash } from 'node:crypto';
import type { AuditTables } from '../projection/audit-queries.js';
import { Scan } from './scan.js';
import type { ScanOrder } from './scan.js';

/** Finished scans that are kept for reading; a forgotten one is made again from the same blocks. */
const mostKept = 16;
/** Scans that wait for their turn. */
const mostWaiting = 4;

/** The scans of one gateway, one at a time. They live in memory: each can be made again, and says the same. */
export class Scans {
  readonly #tables: AuditTables;
  readonly #scans = new Map<string, { readonly scan: Scan; readonly finished: Promise<void> }>();
  readonly #stopped = new AbortController();
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(tables: AuditTables) {
    this.#tables = tables;
  }

  /**
   * Begins a scan, or finds the one with the same order.
   *
   * @param patienceMs how long to wait for its end.
   * @returns undefined when too many are waiting.
   */
  async order(order: ScanOrder, patienceMs: number): Promise<{ id: string; scan: Scan } | undefined> {
    const id = idOf(order);
    const known = this.#scans.get(id);
    if (known === undefined && this.#waiting >= mostWaiting) return undefined;
    const { scan, finished } = known ?? this.#begin(id, order);
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise((resolve) => {
      timer = setTimeout(resolve, patienceMs);
    });
    await Promise.race([finished, patience]);
    clearTimeout(timer);
    return { id, scan };
  }

  find(id: string): Scan | undefined {
    return this.#scans.get(id)?.scan;
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#last;
  }

  #begin(id: string, order: ScanOrder): { readonly scan: Scan; readonly finished: Promise<void> } {
    const scan = new Scan(this.#tables, order);
    this.#waiting += 1;
    const finished = this.#last
      .then(() => scan.run(this.#stopped.signal))
      .catch(() => {
        scan.state = 'failed';
      })
      .finally(() => {
        this.#waiting -= 1;
        // Asked for again, it is tried again.
        if (scan.state !== 'done') this.#scans.delete(id);
      });
    this.#last = finished;
    const entry = { scan, finished };
    this.#scans.set(id, entry);
    for (const [other, { scan: old }] of this.#scans) {
      if (this.#scans.size <= mostKept) break;
      if (old.state !== 'running') this.#scans.delete(other);
    }
    return entry;
  }
}

/** The same order has the same id, at every gateway. */
function idOf({ height, days, tolerance, journeyDays, financed }: ScanOrder): string {
  const text = JSON.stringify([height, days, tolerance, journeyDays, financed]);
  return createHash('sha256').update(`scan\n${text}`).digest('hex');
}
