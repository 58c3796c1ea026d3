import { createHash, type Hash } from 'node:crypto';
import { canonicalJson } from '@pledgeonce/chaincode/rules/canonical-json.js';
import { reconciliationInputs } from '@pledgeonce/chaincode/reconciliations/api.js';
import { z } from 'zod';
import type { DurableStore } from '../storage/durable-store.js';
import type { Difference } from './compare.js';

const heads = 'reconciliation/';
const runs = 'reconciliation-of/';
const parts = 'reconciliation-lines/';
/** Lines that lie in one entry of the store. */
const linesPerPart = 200;

const headSchema = z.object({
  input: reconciliationInputs.recordReconciliation,
  lines: z.number().int(),
});
/** What a run came to, as it is put on the ledger. */
type Head = z.infer<typeof headSchema>;
const partSchema = z.array(z.string());

/**
 * The whole results of the organisation's reconciliations, each as the lines of JSON whose SHA-256 is on the ledger: first
 * what was compared, then the differences, last what they come to.
 */
export class KeptResults {
  readonly #store: Pick<DurableStore, 'get' | 'put' | 'delete'>;

  constructor(store: Pick<DurableStore, 'get' | 'put' | 'delete'>) {
    this.#store = store;
  }

  /** What was recorded, or was to be, under a request. */
  async head(run: string): Promise<Head | undefined> {
    return headSchema.optional().parse(await this.#store.get(heads + run));
  }

  /** Begins to write the result of a request; what a former attempt has left is written over. */
  begin(run: string): ResultWriter {
    return new ResultWriter(this.#store, run);
  }

  /** Forgets a result that the ledger has refused. */
  async forget(run: string): Promise<void> {
    const head = await this.head(run);
    if (head === undefined) return;
    await this.#store.delete(runs + head.input.result);
    await this.#store.delete(heads + run);
    for (let part = 0; part * linesPerPart < head.lines; part += 1)
      await this.#store.delete(partAt(run, part));
  }

  /**
   * Lines of a result from a place on, the first being 0.
   *
   * @returns undefined where this gateway does not keep that result.
   */
  async lines(result: string, from: number, most: number): Promise<readonly string[] | undefined> {
    const run = z
      .string()
      .optional()
      .parse(await this.#store.get(runs + result));
    const head = run === undefined ? undefined : await this.head(run);
    if (run === undefined || head === undefined) return undefined;
    const lines: string[] = [];
    for (let at = from; at < head.lines && lines.length < most;) {
      const part = partSchema.parse(await this.#store.get(partAt(run, Math.floor(at / linesPerPart))));
      const some = part.slice(at % linesPerPart, (at % linesPerPart) + most - lines.length);
      lines.push(...some);
      at += some.length;
    }
    return lines;
  }
}

/** Writes a result line by line: in memory is one part of it. */
export class ResultWriter {
  readonly #store: Pick<DurableStore, 'put'>;
  readonly #run: string;
  readonly #hash: Hash = createHash('sha256');
  #part: string[] = [];
  #written = 0;

  constructor(store: Pick<DurableStore, 'put'>, run: string) {
    this.#store = store;
    this.#run = run;
  }

  async add(line: Difference | object): Promise<void> {
    const text = canonicalJson(line);
    this.#hash.update(`${text}\n`);
    this.#part.push(text);
    if (this.#part.length === linesPerPart) await this.#flush();
  }

  /** Puts everything on disk, before the ledger hears of it. */
  async end(outcome: Omit<Head['input'], 'result'>): Promise<Head['input']> {
    const lines = this.#written + this.#part.length;
    await this.#flush();
    const input = { ...outcome, result: this.#hash.digest('hex') };
    await this.#store.put(runs + input.result, this.#run);
    await this.#store.put(heads + this.#run, { input, lines });
    return input;
  }

  async #flush(): Promise<void> {
    if (this.#part.length === 0) return;
    await this.#store.put(partAt(this.#run, Math.floor(this.#written / linesPerPart)), this.#part);
    this.#written += this.#part.length;
    this.#part = [];
  }
}

function partAt(run: string, part: number): string {
  return `${parts}${run}/${String(part).padStart(6, '0')}`;
}
