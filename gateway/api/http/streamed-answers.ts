import { once } from 'node:events';
import type { Response } from 'express';

/** Items that may be on their way at once; what bounds the memory of a file of any length. */
const window = 400;
/** Verdicts that wait in memory for a client that sends all before it reads anything, bytes. */
const unreadBytes = 8 * 1024 * 1024;

/** In which form verdicts are answered. */
export interface AnswerForm<V> {
  /** How many may be on their way. */
  readonly most?: number;
  readonly type?: string;
  /** What stands before the first. */
  readonly head?: string;
  /** What stands for a verdict; nothing for one that only counts towards the last. */
  readonly write?: (verdict: V) => string | Uint8Array;
}

function jsonLine(verdict: unknown): string {
  return `${JSON.stringify(verdict)}\n`;
}

/** The verdicts on their way to the client, each as soon as it and all before it are there. */
export class Answers<V> {
  readonly #response: Response;
  readonly #gone: AbortSignal;
  readonly #form: Required<AnswerForm<V>>;
  readonly #waiting: Promise<V>[] = [];
  #writing: Promise<void> | undefined;
  #room: () => void = () => undefined;

  /** @param write how a verdict stands in the answer; as a line of JSON unless told otherwise. */
  constructor(
    response: Response,
    gone: AbortSignal,
    { most = window, type = 'application/x-ndjson', head = '', write = jsonLine }: AnswerForm<V> = {},
  ) {
    this.#response = response;
    this.#gone = gone;
    this.#form = { most, type, head, write };
    gone.addEventListener('abort', () => {
      this.#room();
    });
  }

  /** Waits while as many are under way as may be. @param verdict never fails. */
  async add(verdict: Promise<V>): Promise<void> {
    this.#waiting.push(verdict);
    this.#writing ??= this.#write();
    if (this.#waiting.length < this.#form.most || this.#gone.aborted) return;
    await new Promise<void>((resolve) => {
      this.#room = resolve;
    });
  }

  /** Waits until everything that was added is answered. */
  async idle(): Promise<void> {
    await this.#writing;
  }

  /** @param last what stands after all verdicts, once they are there. */
  async end(last?: () => V): Promise<void> {
    await this.#writing;
    this.#begin();
    if (last !== undefined && !this.#gone.aborted) this.#response.write(this.#form.write(last()));
    this.#response.end();
  }

  async #write(): Promise<void> {
    for (let next = this.#waiting[0]; next !== undefined && !this.#gone.aborted; next = this.#waiting[0]) {
      const verdict = await next;
      this.#begin();
      this.#response.write(this.#form.write(verdict));
      // The client decides the pace: while it does not read, nothing more is read from it.
      if (this.#response.writableLength > unreadBytes) {
        await once(this.#response, 'drain', { signal: this.#gone }).catch(() => undefined);
      }
      void this.#waiting.shift();
      this.#room();
    }
    // In the same step in which nothing waited: what is added next begins anew.
    this.#writing = undefined;
  }

  #begin(): void {
    if (this.#response.headersSent || this.#gone.aborted) return;
    const { type, head } = this.#form;
    this.#response.status(200).type(type);
    this.#response.flushHeaders();
    if (head !== '') this.#response.write(head);
  }
}
