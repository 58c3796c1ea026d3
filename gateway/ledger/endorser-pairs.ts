import type { Circuit } from './circuit.js';

/** Chooses which two of the government organisations endorse, spread evenly, the healthy ones first. */
export class EndorserPairs {
  readonly #organisations: readonly string[];
  readonly #pairs: readonly (readonly string[])[];
  readonly #circuit: Circuit;
  #turn = 0;

  /** @throws Error with fewer than two organisations, because no quorum could be formed. */
  constructor(organisations: readonly string[], circuit: Circuit) {
    if (organisations.length < 2) throw new Error('Two government organisations are needed to endorse.');
    this.#organisations = organisations;
    this.#circuit = circuit;
    this.#pairs = organisations.flatMap((first, index) =>
      organisations.slice(index + 1).map((second) => [first, second]),
    );
  }

  /**
   * Every pair in the order in which to try them.
   *
   * @param required The authority of the fact that is touched: only pairs with it satisfy the key's own policy.
   */
  inOrder(required?: string): readonly (readonly string[])[] {
    const needed = required !== undefined && this.#organisations.includes(required) ? required : undefined;
    const usable = needed === undefined ? this.#pairs : this.#pairs.filter((pair) => pair.includes(needed));
    const start = this.#turn++ % usable.length;
    const rotated = [...usable.slice(start), ...usable.slice(0, start)];
    const isHealthy = (pair: readonly string[]) => pair.every((name) => this.#circuit.isHealthy(name));
    return [...rotated.filter(isHealthy), ...rotated.filter((pair) => !isHealthy(pair))];
  }

  /** Single organisations in the order in which to ask them for a reading. */
  readersInOrder(): readonly string[] {
    const start = this.#turn++ % this.#organisations.length;
    const rotated = [...this.#organisations.slice(start), ...this.#organisations.slice(0, start)];
    return [
      ...rotated.filter((name) => this.#circuit.isHealthy(name)),
      ...rotated.filter((name) => !this.#circuit.isHealthy(name)),
    ];
  }

  /** Everyone, for the rare write set that touches keys of several authorities. */
  all(): readonly string[] {
    return this.#organisations;
  }
}
