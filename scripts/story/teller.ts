import { messageOf } from '@pledgeonce/network/message-of.js';
import type { Answer, TypedAnswer } from '../rest/client.js';
import { at } from '../rest/json.js';

/** An outcome that the story does not allow. */
export class Unexpected extends Error {
  override readonly name = 'Unexpected';
}

/** Tells the story: one line when a step begins, one per outcome, and the count at the end. */
export class Teller {
  readonly #write: (text: string) => void;
  #steps = 0;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  get steps(): number {
    return this.#steps;
  }

  /** Runs one step and prints what came of it. */
  async step<T>(title: string, run: () => Promise<readonly [outcome: string, result: T]>): Promise<T> {
    this.#steps += 1;
    const number = String(this.#steps).padStart(2);
    const started = performance.now();
    try {
      const [outcome, result] = await run();
      const ms = Math.round(performance.now() - started);
      this.#write(`${number}. ${title}\n    → ${outcome.replaceAll('\n', '\n      ')}  (${ms} ms)\n`);
      return result;
    } catch (error) {
      this.#write(`${number}. ${title}\n    ✖ ${messageOf(error)}\n`);
      throw error;
    }
  }

  note(text: string): void {
    this.#write(`    ${text}\n`);
  }
}

/** @throws Unexpected unless the gateway answered with this status. */
export function expectStatus(answer: Answer, status: number): Answer {
  if (answer.status !== status) {
    throw new Unexpected(`Expected ${status}, got ${answer.status}: ${JSON.stringify(answer.body)}`);
  }
  return answer;
}

/**
 * What a typed call was answered with: of the answers that the API describes, the one that has these fields.
 *
 * @throws Unexpected when it was refused, or answered otherwise.
 */
export async function expectDone<T, K extends string>(
  call: Promise<TypedAnswer<T>>,
  ...fields: readonly K[]
): Promise<Extract<T, Readonly<Record<K, unknown>>>> {
  const { data, error, response } = await call;
  if (typeof data !== 'object' || data === null || fields.some((field) => !(field in data))) {
    throw new Unexpected(
      `Expected ${fields.join(', ')}, got ${response.status}: ${JSON.stringify(error ?? data)}`,
    );
  }
  return data as Extract<T, Readonly<Record<K, unknown>>>;
}

/** @throws Unexpected unless the gateway refused with this code; returns the sentence of the refusal. */
export function expectRefusal(answer: Answer, status: number, ...codes: readonly string[]): string {
  const code = at(answer.body, 'code');
  if (answer.status !== status || typeof code !== 'string' || !codes.includes(code)) {
    throw new Unexpected(
      `Expected ${status} ${codes.join(' or ')}, got ${answer.status}: ${JSON.stringify(answer.body)}`,
    );
  }
  return `${answer.status} ${code}: ${String(at(answer.body, 'detail'))}`;
}

/** @throws Unexpected with this sentence unless the condition holds. */
export function expectThat(condition: boolean, sentence: string): void {
  if (!condition) throw new Unexpected(sentence);
}
