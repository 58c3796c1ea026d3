import { limits } from '@pledgeonce/chaincode/api.js';
import type { Logger } from 'pino';
import type { Ledger } from '../ledger/ledger.js';
import type { Signatory } from '../ledger/signatory.js';
import type { EntryBehind, KeyedEntries } from '../projection/keyed-entries.js';
import { eachDue } from './each-due.js';

export interface RekeyerParts {
  readonly entries: Pick<KeyedEntries, 'behind' | 'retirable'>;
  readonly ledger: Pick<Ledger, 'submit'>;
  /** The gateway's own identity; made when first needed. */
  readonly signatory: () => Promise<Signatory>;
  /** Whether this gateway makes the new ids; the others only say when nothing lies under the old keys any more. */
  readonly rekeys: boolean;
  readonly log: Logger;
}

/**
 * After a rotation of the fingerprint key: gives what was recorded before its id under the new key, piece by piece, and says
 * when the old ones are not needed any more. It can end anywhere and goes on where it was.
 */
export class Rekeyer {
  readonly #parts: RekeyerParts;
  #stated: number | undefined;

  constructor(parts: RekeyerParts) {
    this.#parts = parts;
  }

  /** One round: nothing, unless there is more than one key. */
  async look(): Promise<void> {
    const { entries, ledger, signatory, rekeys, log } = this.#parts;
    if (rekeys) {
      await eachDue<readonly EntryBehind[], EntryBehind | undefined>({
        page: (after) => {
          const some = entries.behind(limits.rekeyedPerTransaction, after);
          return some.length === 0 ? [] : [some];
        },
        placeOf: (some) => some.at(-1),
        attend: async (some) => {
          const keys = some.map(({ key }) => key);
          await ledger.submit(await signatory(), 'rekeyEntries', { keys });
        },
        failed: (error) => {
          log.warn(
            { err: error },
            'entries not put under the new fingerprint key; the next round tries again',
          );
        },
      });
    }
    const before = entries.retirable;
    if (before === undefined || before === this.#stated) return;
    await ledger.submit(await signatory(), 'retireFingerprintKeys', { before });
    this.#stated = before;
  }
}
