import type { Input } from '@pledgeonce/chaincode/api.js';
import type { Logger } from 'pino';
import type { Guesses } from '../api/question-budget.js';
import type { Ledger } from './ledger.js';
import type { Signatory } from './signatory.js';

const hourMs = 3_600_000;

/** What the reporter works with. */
interface ReporterParts {
  readonly ledger: Pick<Ledger, 'submit'>;
  /** The gateway's own identity. */
  readonly asClerk: () => Promise<Signatory>;
  readonly log: Pick<Logger, 'warn'>;
}

/**
 * Tells the regulator who of the organisation's people guesses at documents, once an hour for each; a report that did not
 * reach the ledger is made anew at the person's next question.
 */
export class ProbingReporter {
  readonly #parts: ReporterParts;
  readonly #clock: () => number;
  /** By person: when the last report was made. */
  readonly #reported = new Map<string, number>();

  constructor(parts: ReporterParts, clock: () => number = Date.now) {
    this.#parts = parts;
    this.#clock = clock;
  }

  /** Does not wait for the ledger: the refusal must not take longer for that. @returns what the specs wait for. */
  report({ person: { id, uscc }, since, unknown, wrong }: Guesses): Promise<void> {
    const who = JSON.stringify([id, uscc]);
    const last = this.#reported.get(who);
    if (last !== undefined && last > this.#clock() - hourMs) return Promise.resolve();
    this.#reported.set(who, this.#clock());
    const enterprise = uscc === undefined ? {} : { enterprise: uscc };
    const input = { person: id, ...enterprise, since: new Date(since).toISOString(), unknown, wrong };
    return this.#submit(input).catch((error: unknown) => {
      this.#reported.delete(who);
      this.#parts.log.warn({ err: error, person: id }, 'probing not reported yet');
    });
  }

  async #submit(input: Input<'reportProbing'>): Promise<void> {
    const { ledger, asClerk } = this.#parts;
    await ledger.submit(await asClerk(), 'reportProbing', input);
  }
}
