import { Trust } from './answers/trust.js';
import type { Circuit } from './circuit.js';

/**
 * Chooses which two of the government organisations endorse, spread evenly: first those that are healthy and trusted,
 * then the trusted ones.
 */
export class EndorserPairs {
  readonly #organisations: readonly string[];
  readonly #pairs: readonly (readonly string[])[];
  readonly #circuit: Circuit;
  readonly #trust: Trust;
  #turn = 0;

  /** @throws Error with fewer than two organisations, because no quorum could be formed. */
  constructor(organisations: readonly string[], circuit: Circuit, trust = new Trust()) {
    if (organisations.length < 2) throw new Error('Two government organisations are needed to endorse.');
    this.#organisations = organisations;
    this.#circuit = circuit;
    this.#trust = trust;
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
    return this.#bestFirst([...usable.slice(start), ...usable.slice(0, start)]);
  }

  /** Everyone, for the rare write set that touches keys of several authorities. */
  all(): readonly string[] {
    return this.#organisations;
  }

  /** A lie is worse than silence: who is silent is waited for, who contradicted two others is asked last. */
  #bestFirst(rotated: readonly (readonly string[])[]): readonly (readonly string[])[] {
    const rank = (pair: readonly string[]) =>
      (pair.every((name) => this.#trust.isTrusted(name)) ? 0 : 2) +
      (pair.every((name) => this.#circuit.isHealthy(name)) ? 0 : 1);
    return rotated.toSorted((a, b) => rank(a) - rank(b));
  }
}
