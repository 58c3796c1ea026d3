import type { OfferView, RequestView } from '@pledgeonce/chaincode/offers/api.js';
import type { OrganisationKind } from '@pledgeonce/chaincode/roles.js';
import type { Logger } from 'pino';
import type { Ledger } from '../ledger/ledger.js';
import type { Signatory } from '../ledger/signatory.js';
import type { Projection } from '../projection/projection.js';
import type { DuePlace, DueRow, ViewTable } from '../projection/view-table.js';
import { eachDue } from '../time/each-due.js';
import type { KeptOffers } from './kept-offers.js';

export interface ClerkParts {
  readonly mspId: string;
  readonly kind: OrganisationKind;
  readonly ledger: Pick<Ledger, 'submit'>;
  readonly projection: Pick<Projection, 'requests' | 'offers'>;
  readonly kept: Pick<KeptOffers, 'requests' | 'find' | 'forget'>;
  /** The gateway's own identity, which may close and open and nothing else; made when first needed. */
  readonly signatory: () => Promise<Signatory>;
  readonly log: Logger;
}

/** What is read from the tables at once; a round goes on until there is nothing more. */
export const clerkPage = 200;
/** Transactions under way at the same time: they share blocks. */
const atOnce = 16;
const askedEveryMs = 3_600_000;
/** How often what is kept is compared with what has become of the requests. */
const tidiedEveryMs = 3_600_000;

/**
 * Does what a deadline demands, with nobody at the keyboard: the enterprise's gateway closes its requests, a bank's
 * gateway opens what it kept. Whatever fails is tried again in the next round; both functions bear repetition.
 */
export class Clerk {
  readonly #parts: ClerkParts;
  readonly #clock: () => number;
  /** When it was last asked whether a request has lapsed. */
  readonly #askedAt = new Map<string, number>();
  /** Offers that this gateway did not seal, and cannot open. */
  readonly #foreign = new Set<string>();
  #tidiedAt = 0;

  constructor(parts: ClerkParts, clock: () => number = Date.now) {
    this.#parts = parts;
    this.#clock = clock;
  }

  /** One round: whatever is due now. */
  async attend(): Promise<void> {
    const { kind } = this.#parts;
    if (kind === 'enterprise') await this.#closeRequests();
    if (kind === 'bank') await this.#openOffers();
  }

  async #closeRequests(): Promise<void> {
    const { requests } = this.#parts.projection;
    await this.#each(requests, 'open', 'request not closed', (request) => this.#close(request));
    await this.#each(requests, 'closed', 'request not lapsed', (request) => this.#lapse(request));
  }

  async #close({ id }: RequestView): Promise<void> {
    const { ledger, signatory } = this.#parts;
    await ledger.submit(await signatory(), 'closeRequest', { id });
  }

  /** A request of which nothing can come any more: the ledger decides, this only asks now and then. */
  async #lapse({ id }: RequestView): Promise<void> {
    const { ledger, signatory } = this.#parts;
    const now = this.#clock();
    if (now < (this.#askedAt.get(id) ?? 0) + askedEveryMs) return;
    this.#askedAt.set(id, now);
    const { output } = await ledger.submit(await signatory(), 'closeRequest', { id });
    if (output.state !== 'closed') this.#askedAt.delete(id);
  }

  async #openOffers(): Promise<void> {
    await this.#each(this.#parts.projection.offers, 'sealed', 'offer not opened', (offer) =>
      this.#open(offer),
    );
    if (this.#clock() < this.#tidiedAt + tidiedEveryMs) return;
    this.#tidiedAt = this.#clock();
    await this.#tidy();
  }

  async #open({ id, request, commitment }: OfferView): Promise<void> {
    const { kept, ledger, signatory } = this.#parts;
    if (this.#foreign.has(id)) return;
    const opening = await kept.find(request, commitment);
    if (opening === undefined) {
      this.#foreign.add(id);
      return;
    }
    await ledger.submit(await signatory(), 'openOffer', { id, ...opening });
    await kept.forget(request);
  }

  /** Forgets what was kept for requests that are over and wait for no offer of this bank. */
  async #tidy(): Promise<void> {
    const { kept, projection, mspId } = this.#parts;
    for (const id of await kept.requests()) {
      const request = projection.requests.get(id);
      if (request === undefined || request.state === 'open') continue;
      const [offer] = projection.offers.list({ parent: id, bank: mspId, limit: 1 }).items;
      if (offer?.state !== 'sealed') await kept.forget(id);
    }
  }

  #each<T extends { readonly id: string }>(
    table: Pick<ViewTable<T>, 'due'>,
    state: string,
    complaint: string,
    attend: (item: T) => Promise<void>,
  ): Promise<void> {
    const now = new Date(this.#clock());
    return eachDue<DueRow<T>, DuePlace>({
      page: (after) => table.due(state, now, clerkPage, after),
      placeOf: ({ dueAt, ordinal }) => ({ dueAt, ordinal }),
      attend: ({ item }) => attend(item),
      failed: (error, { item: { id } }) => {
        this.#parts.log.warn({ err: error, id }, complaint);
      },
      atOnce,
    });
  }
}
