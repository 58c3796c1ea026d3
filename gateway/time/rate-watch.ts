import { limits } from '@pledgeonce/chaincode/api.js';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Signatory } from '../ledger/signatory.js';
import type { ClaimTable } from '../projection/claim-table.js';
import type { Projection } from '../projection/projection.js';

export interface RateWatchParts {
  readonly claims: Pick<ClaimTable, 'drawnAtARate'>;
  readonly ratePublications: Pick<Projection['ratePublications'], 'list'>;
  readonly ledger: Pick<Ledger, 'submit'>;
  /** The gateway's own identity; made when first needed. */
  readonly signatory: () => Promise<Signatory>;
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
    const { claims, ratePublications } = this.#parts;
    const [latest] = ratePublications.list({ limit: 1 }).items;
    if (latest === undefined || this.#seen === latest.publishedAt) return;
    const most = limits.sweptPerTransaction;
    for (let after: number | undefined = 0; after !== undefined;) {
      const page = claims.drawnAtARate(most, after);
      if (page.length > 0) await this.#recheck(page.map(({ id, owner }) => ({ id, owner })));
      after = page.length < most ? undefined : page.at(-1)?.ordinal;
    }
    this.#seen = latest.publishedAt;
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
