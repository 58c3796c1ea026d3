import { limits } from '@pledgeonce/chaincode/api.js';
import { clockToleranceMs } from '@pledgeonce/chaincode/clock.js';
import type { RequestView } from '@pledgeonce/chaincode/offers/api.js';
import { kindOf } from '@pledgeonce/chaincode/roles.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Signatory } from '../ledger/signatory.js';
import type { Projection } from '../projection/projection.js';
import type { KeptOffers } from './kept-offers.js';

export interface ClerkParts {
  readonly mspId: string;
  readonly ledger: Pick<Ledger, 'submit'>;
  readonly projection: Pick<Projection, 'requests' | 'offers'>;
  readonly kept: KeptOffers;
  /** The gateway's own identity, which may close and open and nothing else; made when first needed. */
  readonly signatory: () => Promise<Signatory>;
}

/** Requests looked at in one round. */
const most = 200;
/** Banks get a day to open their offers before it is asked whether a request has lapsed. */
const firstAskedMs = 24 * 3_600_000;
const askedEveryMs = 3_600_000;

/**
 * Does what a deadline demands, with nobody at the keyboard: the enterprise's gateway closes its requests, a bank's
 * gateway opens what it kept. Whatever fails is tried again in the next round; both functions bear repetition.
 */
export class Clerk {
  readonly #parts: ClerkParts;
  readonly #clock: () => number;
  /** When it was last asked whether a request has lapsed. */
  readonly #askedAt = new Map<string, number>();

  constructor(parts: ClerkParts, clock: () => number = Date.now) {
    this.#parts = parts;
    this.#clock = clock;
  }

  /** One round: whatever is due now. */
  attend(): Promise<void> {
    const kind = kindOf(this.#parts.mspId);
    if (kind === 'enterprise') return this.#closeRequests();
    return kind === 'bank' ? this.#openOffers() : Promise.resolve();
  }

  async #closeRequests(): Promise<void> {
    const { projection, ledger, signatory } = this.#parts;
    const { items } = projection.requests.list({ state: 'open', limit: most });
    for (const { id, deadline } of items) {
      if (this.#clock() < Date.parse(deadline)) continue;
      await ledger.submit(await signatory(), 'closeRequest', { id });
    }
    await this.#lapseRequests();
  }

  /** Requests of which nothing can come any more: the ledger decides, this only asks now and then. */
  async #lapseRequests(): Promise<void> {
    const { projection, ledger, signatory } = this.#parts;
    const now = this.#clock();
    for (const { id, deadline } of projection.requests.list({ state: 'closed', limit: most }).items) {
      const isEarly = now < Date.parse(deadline) + firstAskedMs;
      if (isEarly || now < (this.#askedAt.get(id) ?? 0) + askedEveryMs || this.#hasLiveOffer(id)) continue;
      this.#askedAt.set(id, now);
      const { output } = await ledger.submit(await signatory(), 'closeRequest', { id });
      if (output.state !== 'closed') this.#askedAt.delete(id);
    }
  }

  #hasLiveOffer(request: string): boolean {
    const { items } = this.#parts.projection.offers.list({ parent: request, limit: limits.banksPerRequest });
    const today = new Date(this.#clock() - clockToleranceMs).toISOString().slice(0, 10);
    return items.some(
      ({ state, terms }) => state === 'opened' && terms !== undefined && terms.validUntil >= today,
    );
  }

  async #openOffers(): Promise<void> {
    const { projection, kept } = this.#parts;
    for (const id of await kept.requests()) {
      const request = projection.requests.get(id);
      if (request !== undefined && this.#isOver(request)) await this.#open(request);
    }
  }

  /** Closed by the enterprise, or so late that no clock can say otherwise. */
  #isOver({ state, deadline }: RequestView): boolean {
    return state !== 'open' || this.#clock() > Date.parse(deadline) + clockToleranceMs;
  }

  async #open({ id }: RequestView): Promise<void> {
    const { projection, kept, ledger, signatory, mspId } = this.#parts;
    const [offer] = projection.offers.list({ parent: id, bank: mspId, limit: 1 }).items;
    if (offer?.state === 'sealed') {
      const opening = await kept.find(id, offer.commitment);
      if (opening !== undefined)
        await ledger.submit(await signatory(), 'openOffer', { id: offer.id, ...opening });
    }
    await kept.forget(id);
  }
}
