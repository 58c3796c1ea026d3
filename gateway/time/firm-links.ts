import { limits } from '@pledgeonce/chaincode/api.js';
import type { Logger } from 'pino';
import type { Ledger } from '../ledger/ledger.js';
import type { Signatory } from '../ledger/signatory.js';
import type { StatedFirm, StatedFirms } from '../projection/stated-firms.js';
import { eachDue } from './each-due.js';

export interface FirmLinksParts {
  readonly firms: Pick<StatedFirms, 'next' | 'documents'>;
  readonly ledger: Pick<Ledger, 'submit'>;
  /** The gateway's own identity; made when first needed. */
  readonly signatory: () => Promise<Signatory>;
  readonly log: Logger;
}

/**
 * Once the regulator has stated that several registered ids are one firm, has the ledger link the documents anew that were
 * recorded before. After a start it goes through all firms once more, which changes nothing where it was done.
 */
export class FirmLinks {
  readonly #parts: FirmLinksParts;
  /** Statements of which all documents are linked. */
  readonly #done = new Set<number>();

  constructor(parts: FirmLinksParts) {
    this.#parts = parts;
  }

  /** One round: nothing, unless something was stated since the last, or failed then. */
  async look(): Promise<void> {
    const { firms } = this.#parts;
    for (let firm = firms.next(0); firm !== undefined; firm = firms.next(firm.ordinal)) {
      if (!this.#done.has(firm.ordinal) && (await this.#link(firm))) this.#done.add(firm.ordinal);
    }
  }

  /** @returns whether all documents of the firm are linked now. */
  async #link(firm: StatedFirm): Promise<boolean> {
    const { firms, ledger, signatory, log } = this.#parts;
    let isWhole = true;
    await eachDue<ReturnType<StatedFirms['documents']>, number | undefined>({
      page: (after = 0) => {
        const some = firms.documents(firm, after, limits.relinkedPerTransaction);
        return some.length === 0 ? [] : [some];
      },
      placeOf: (some) => some.at(-1)?.ordinal,
      attend: async (some) => {
        const facts = some.map(({ fact }) => fact);
        await ledger.submit(await signatory(), 'relinkFacts', { facts });
      },
      failed: (error) => {
        isWhole = false;
        log.warn({ err: error }, 'documents of a stated firm not linked; the next round tries again');
      },
    });
    return isWhole;
  }
}
