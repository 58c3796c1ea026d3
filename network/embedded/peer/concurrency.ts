/** Refuses work beyond a number of calls at the same time, as Fabric's peers do for each service. */
export class ConcurrencyLimit {
  readonly #service: string;
  readonly #limit: number;
  #running = 0;

  /** @param service - with a leading slash, as in Fabric's message. */
  constructor(service: string, limit: number) {
    this.#service = service;
    this.#limit = limit;
  }

  /** @throws Error in Fabric's words when too much is under way. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#limit) {
      throw new Error(`too many requests for ${this.#service}, exceeding concurrency limit (${this.#limit})`);
    }
    this.#running++;
    try {
      return await work();
    } finally {
      this.#running--;
    }
  }
}
