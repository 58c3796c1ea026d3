import { limits } from '@pledgeonce/chaincode/api.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Signatory } from '../ledger/signatory.js';
import type { StatedFirms } from '../projection/stated-firms.js';

export interface FirmLinksParts {
  readonly firms: Pick<StatedFirms, 'next' | 'documents'>;
  readonly ledger: Pick<Ledger, 'submit'>;
  /** The gateway's own identity; made when first needed. */
  readonly signatory: () => Promise<Signatory>;
}

/**
 * Once the regulator has stated that several registered ids are one firm, has the ledger link the documents anew that were
 * recorded before. After a start it goes through all firms once more, which changes nothing where it was done.
 */
export class FirmLinks {
  readonly #parts: FirmLinksParts;
  /** The last firm whose documents are linked. */
  #done = 0;
  /** The last document of the firm after it that is. */
  #linked = 0;

  constructor(parts: FirmLinksParts) {
    this.#parts = parts;
  }

  /** One round: nothing, unless something was stated since the last. A round that fails goes on where it was. */
  async look(): Promise<void> {
    const { firms, ledger, signatory } = this.#parts;
    for (let firm = firms.next(this.#done); firm !== undefined; firm = firms.next(this.#done)) {
      const page = firms.documents(firm, this.#linked, limits.relinkedPerTransaction);
      if (page.length > 0) {
        const facts = page.map(({ fact }) => fact);
        await ledger.submit(await signatory(), 'relinkFacts', { facts });
        this.#linked = page.at(-1)?.ordinal ?? this.#linked;
      }
      if (page.length < limits.relinkedPerTransaction) {
        this.#done = firm.ordinal;
        this.#linked = 0;
      }
    }
  }
}
