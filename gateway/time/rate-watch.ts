import { limits } from '@pledgeonce/chaincode/api.js';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import type { Logger } from 'pino';
import type { Ledger } from '../ledger/ledger.js';
import type { Signatory } from '../ledger/signatory.js';
import type { ClaimTable } from '../projection/claim-table.js';
import type { Projection } from '../projection/projection.js';
import { eachDue } from './each-due.js';

export interface RateWatchParts {
  readonly claims: Pick<ClaimTable, 'drawnAtARate'>;
  readonly ratePublications: Pick<Projection['ratePublications'], 'list'>;
  readonly ledger: Pick<Ledger, 'submit'>;
  /** The gateway's own identity; made when first needed. */
  readonly signatory: () => Promise<Signatory>;
  readonly log: Pick<Logger, 'warn'>;
}

/** Claims that are looked at in one transaction, and the place behind them. */
interface Drawn {
  readonly page: ReturnType<ClaimTable['drawnAtARate']>;
  readonly last: number;
}

/**
 * Has the ledger look, after every publication of a rate, at the claims that draw at one: their holders and the regulator
 * are alerted where the documents do not carry them any more. After a start it looks once at the last publication, so that
 * nothing is missed; an alert may then come twice.
 */
export class RateWatch {
  readonly #parts: RateWatchParts;
  #seen: string | undefined;

  constructor(parts: RateWatchParts) {
    this.#parts = parts;
  }

  /** One round: nothing, unless a rate was published since the last. */
  async look(): Promise<void> {
    const { claims, ratePublications, log } = this.#parts;
    const [latest] = ratePublications.list({ limit: 1 }).items;
    if (latest === undefined || this.#seen === latest.publishedAt) return;
    const most = limits.sweptPerTransaction;
    let failures = 0;
    await eachDue<Drawn, number>({
      page: (after) => {
        const page = claims.drawnAtARate(most, after);
        const last = page.at(-1);
        return last === undefined ? [] : [{ page, last: last.ordinal }];
      },
      placeOf: ({ last }) => last,
      attend: ({ page }) => this.#recheck(page.map(({ id, owner }) => ({ id, owner }))),
      failed: (error, { page }) => {
        failures += 1;
        log.warn({ err: error, claims: page.length }, 'claims not looked at after a rate was published');
      },
    });
    // What could not be looked at is looked at in the next round.
    if (failures === 0) this.#seen = latest.publishedAt;
  }

  async #recheck(claims: { id: string; owner: string }[]): Promise<void> {
    const { ledger, signatory } = this.#parts;
    try {
      await ledger.submit(await signatory(), 'recheckRates', { claims });
    } catch (error) {
      // All of them are still carried: the usual case.
      if (!(error instanceof LedgerError)) throw error;
    }
  }
}
