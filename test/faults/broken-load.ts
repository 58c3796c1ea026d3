import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { signIn } from '@pledgeonce/scripts/rest/client.js';
import { consortium } from '../acceptance/support/consortium.js';

/** What was answered about a line. */
export interface Brought {
  readonly index: number;
  readonly status?: string;
  readonly id?: string;
  readonly code?: string;
}

/** Far beyond what any fault here takes to be got over, on a busy machine. */
const limitMs = 240_000;

/** When something is killed, and what: each victim once, after so many verdicts of a file as the seed says. */
export class Moments {
  readonly #victims: (() => readonly number[])[];
  readonly #most: number;
  #state: number;
  #next: number;

  /** @param lines that the file has. */
  constructor(seed: number, victims: readonly (() => readonly number[])[], lines: number) {
    this.#victims = [...victims];
    this.#most = lines;
    this.#state = seed >>> 0;
    this.#next = this.#draw();
  }

  get isOver(): boolean {
    return this.#victims.length === 0;
  }

  /** Kills what is next, once so many lines of a file are said to be on record. @returns whether it did. */
  reached(lines: number): boolean {
    if (lines < this.#next) return false;
    const pids = this.#victims.shift()?.() ?? [];
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    this.#next = this.#victims.length === 0 ? Number.POSITIVE_INFINITY : this.#draw();
    return true;
  }

  /** A linear congruential generator (Knuth's constants): the same seed, the same moments. */
  #draw(): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return 1 + (this.#state % this.#most);
  }
}

/** A file that is sent while things are killed. */
export interface BrokenLoad {
  readonly path: string;
  readonly person: readonly [msp: string, id: string];
  readonly lines: readonly object[];
  readonly moments: Moments;
  /** Whether a verdict says that its line is on record. */
  readonly isDone: (verdict: Brought) => boolean;
}

/**
 * Sends a file again and again, as whoever brings it would, until nothing more is to be killed and every line is on record.
 *
 * @returns the verdicts of the last time, and under which ids each line was ever said to be on record.
 * @throws Error when that does not happen in four minutes.
 */
export async function bringThrough(load: BrokenLoad) {
  const acknowledged = new Map<number, Set<string>>();
  const until = Date.now() + limitMs;
  let seen = '';
  while (Date.now() < until) {
    // The last kill may come after the last verdict: then everything is sent once more, to what has come back.
    const isQuiet = load.moments.isOver;
    const verdicts = await sendOnce(load).catch((error: unknown) => {
      seen = String(error);
      return new Map<number, Brought>();
    });
    for (const one of verdicts.values()) {
      if (load.isDone(one) && one.id !== undefined)
        acknowledged.set(one.index, (acknowledged.get(one.index) ?? new Set()).add(one.id));
    }
    const last = [...verdicts.values()].sort((one, other) => one.index - other.index);
    if (isQuiet && last.length === load.lines.length && last.every(load.isDone))
      return { last, acknowledged };
    const open = last.find((one) => !load.isDone(one));
    if (open !== undefined) seen = JSON.stringify(open);
    await sleep(200);
  }
  throw new Error(`The file was not through in four minutes; the last that was seen: ${seen}`);
}

/** The last word on each line, as far as the answer goes before it breaks off. */
async function sendOnce({
  path,
  person,
  lines,
  moments,
  isDone,
}: BrokenLoad): Promise<ReadonlyMap<number, Brought>> {
  const client = await signIn(consortium(), ...person);
  const response = await client.fetch('POST', path, {
    body: lines.map((line) => JSON.stringify(line)).join('\n'),
    idempotencyKey: randomUUID(),
    headers: { 'content-type': 'application/x-ndjson' },
  });
  const verdicts = new Map<number, Brought>();
  if (response.status !== 200 || response.body === null) return verdicts;
  let onRecord = 0;
  let isKilled = false;
  try {
    for await (const text of linesOf(response.body)) {
      const said = JSON.parse(text) as Partial<Brought>;
      if (said.index === undefined) continue;
      const verdict = { ...said, index: said.index };
      verdicts.set(said.index, verdict);
      if (isDone(verdict)) onRecord += 1;
      // Once each time: what is killed next has to be there again.
      if (!isKilled) isKilled = moments.reached(onRecord);
    }
  } catch {
    // The gateway is gone in the middle of its answer, perhaps of a line of it: what came before holds.
  }
  return verdicts;
}

/** The whole lines of an answer, as they come. */
async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
