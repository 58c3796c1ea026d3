import { setImmediate as breathe } from 'node:timers/promises';
import type { AuditTables } from '../projection/audit-queries.js';
import { resemblances } from './resemblance.js';
import type { Resemblance } from './resemblance.js';

/** What a scan was asked for; with the blocks it says all of the result. */
export interface ScanOrder {
  /** Number of blocks that are looked at. */
  readonly height: number;
  readonly days: number;
  readonly tolerance: number;
  readonly journeyDays: number;
  /** How many of the documents that resemble one another were financed, or paid on abroad, at least. */
  readonly financed: 'both' | 'either' | 'any';
}

/** A document, and those recorded before it that it may be in disguise. */
export interface Finding {
  readonly fact: string;
  readonly resembles: readonly Resemblance[];
}

/** Documents that one scan looks at; whole findings that it keeps. Both are so large only to be bounded. */
const scanLimits = { documents: 200_000, findings: 5_000 } as const;

/** Documents between two pauses: requests of others wait no longer than these take. */
const atOnce = 10;

/** States in which a claim came to nothing. */
const cameToNothing: ReadonlySet<string> = new Set(['withdrawn', 'rejected', 'expired']);

/**
 * Looks through all documents at a height, those with settled claims included, for one pledged again in disguise. It
 * reads the projection and nothing else, and lets everybody else's requests through between a few documents. The same
 * blocks and the same order give the same findings in the same order.
 */
export class Scan {
  readonly order: ScanOrder;
  readonly documents: number;
  readonly findings: Finding[] = [];
  examined = 0;
  /** Documents with more candidates under one near key than are compared. */
  crowded = 0;
  state: 'running' | 'done' | 'failed' | 'stopped' = 'running';
  /** Whether a limit ended it before the last document. */
  cut = false;
  readonly #tables: AuditTables;

  constructor(tables: AuditTables, order: ScanOrder) {
    this.#tables = tables;
    this.order = order;
    this.documents = tables.archiveAt(order.height).count;
  }

  /** @param signal ends it early. */
  async run(signal: AbortSignal): Promise<void> {
    const archive = this.#tables.archiveAt(this.order.height);
    const rates = this.#tables.ratesAt(this.order.height);
    const options = {
      ...this.order,
      valueOf: (currency: string, day: number) => rates.valueOf(currency, day),
    };
    for (let last = 0; ;) {
      if (signal.aborted) {
        this.state = 'stopped';
        return;
      }
      const some = archive.after(last, atOnce);
      for (const document of some) {
        if (this.examined >= scanLimits.documents || this.findings.length >= scanLimits.findings) {
          this.cut = true;
          this.state = 'done';
          return;
        }
        const { documents, cut } = archive.candidates(document, options, document.ordinal);
        if (cut) this.crowded += 1;
        const resembles = this.#ofInterest(document.fact, resemblances(document, documents, options));
        if (resembles.length > 0) this.findings.push({ fact: document.fact, resembles });
        this.examined += 1;
        last = document.ordinal;
      }
      if (some.length < atOnce) {
        this.state = 'done';
        return;
      }
      await breathe();
    }
  }

  #ofInterest(fact: string, found: readonly Resemblance[]): readonly Resemblance[] {
    const { financed } = this.order;
    if (found.length === 0 || financed === 'any') return found;
    const isFinanced = this.#isFinanced(fact);
    const others = found.filter((other) => this.#isFinanced(other.fact));
    if (financed === 'both') return isFinanced ? others : [];
    return isFinanced ? found : others;
  }

  #isFinanced(fact: string): boolean {
    const { height } = this.order;
    return (
      this.#tables.claimsOn(fact, height).some(({ state }) => !cameToNothing.has(state)) ||
      this.#tables.paymentsOn(fact, height).some(({ state }) => state === 'marked')
    );
  }
}
