import { createParser } from './event-stream.js';
import type { Client, Json } from './client.js';

/** Alerts of one organisation as they arrive, kept until somebody asks for them. */
export class AlertListener {
  readonly #abort = new AbortController();
  readonly #received: Json[] = [];
  readonly #waiting = new Set<() => void>();
  #failure: Error | undefined;

  /** Connects and listens from now on. */
  static async open(client: Client): Promise<AlertListener> {
    const listener = new AlertListener();
    const response = await client.fetch('GET', '/events', {
      headers: { accept: 'text/event-stream' },
      signal: listener.#abort.signal,
    });
    if (response.status !== 200 || response.body === null) {
      throw new Error(`The event stream answered ${response.status}: ${await response.text()}`);
    }
    void listener.#read(response.body);
    return listener;
  }

  get received(): readonly Json[] {
    return this.#received;
  }

  /** The first alert that fits, received before or after this call; undefined when none comes in time. */
  async find(fits: (alert: Json) => boolean, timeoutMs = 10_000): Promise<Json | undefined> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const found = this.#received.find(fits);
      if (found !== undefined) return found;
      if (this.#failure !== undefined) throw this.#failure;
      const left = deadline - Date.now();
      if (left <= 0) return undefined;
      await this.#next(left);
    }
  }

  close(): void {
    this.#abort.abort();
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const parse = createParser((data) => {
      this.#received.push(JSON.parse(data) as Json);
      this.#wake();
    });
    try {
      for await (const chunk of body) parse(chunk);
    } catch (error) {
      if (!this.#abort.signal.aborted)
        this.#failure = error instanceof Error ? error : new Error(String(error));
    }
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  async #next(timeoutMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      this.#waiting.add(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
