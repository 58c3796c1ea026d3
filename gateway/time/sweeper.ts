import { limits as ledgerLimits } from '@pledgeonce/chaincode/api.js';
import { clockToleranceMs } from '@pledgeonce/chaincode/clock.js';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import type { Logger } from 'pino';
import type { Ledger } from '../ledger/ledger.js';
import type { Signatory } from '../ledger/signatory.js';
import type { ClaimTable, ClaimTimeUp } from '../projection/claim-table.js';

export interface SweeperParts {
  readonly claims: Pick<ClaimTable, 'pastTheirTime'>;
  readonly ledger: Pick<Ledger, 'submit'>;
  /** The gateway's own identity; made when first needed. */
  readonly signatory: () => Promise<Signatory>;
  /** Government nodes sweep every bank's claims and must say whose one is. */
  readonly government: boolean;
  /** Of a bank: claims of others in its tables are of those that it has succeeded, and it sweeps them in their place. */
  readonly mspId?: string;
  /** Leaves a claim alone for so long after its time, so that its owner comes first. */
  readonly graceMs: number;
  readonly swept: (outcome: 'swept' | 'refused', claims: number) => void;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}

/** Transactions of one round; what is left waits for the next. */
export const mostTransactions = 10;

/**
 * Records that time has passed, with nobody at the keyboard: expired reservations, overdue claims. Two gateways may
 * sweep the same claim; the ledger takes the first and refuses the second, which harms nobody.
 */
export class Sweeper {
  readonly #parts: SweeperParts;
  readonly #clock: () => number;
  /** Claims that could not be swept stay in the list; going on behind them keeps them from blocking it. */
  #after: ClaimTimeUp | undefined;

  constructor(parts: SweeperParts, clock: () => number = Date.now) {
    this.#parts = parts;
    this.#clock = clock;
  }

  /** One round: every claim past its time once, up to a bound. */
  async sweep(): Promise<void> {
    const { claims, government, graceMs, log } = this.#parts;
    const most = ledgerLimits.sweptPerTransaction;
    for (let count = 0; count < mostTransactions; count++) {
      // An endorser's clock may be behind ours; the chaincode waits for the same tolerance.
      const now = new Date(this.#clock() - clockToleranceMs - graceMs);
      const due = claims.pastTheirTime(now, most, this.#after);
      if (due.length > 0) {
        if (government) await this.#submit(due.map(({ id, owner }) => ({ id, owner })));
        else await this.#submitOwn(due);
      }
      this.#after = due.length < most ? undefined : due.at(-1);
      if (this.#after === undefined) return;
    }
    log.info({ claims: mostTransactions * most }, 'more claims are past their time than one round sweeps');
  }

  /** One transaction for each name under which the bank has claims. */
  async #submitOwn(due: readonly ClaimTimeUp[]): Promise<void> {
    const byOwner = new Map<string, { id: string }[]>();
    for (const { id, owner } of due) byOwner.set(owner, [...(byOwner.get(owner) ?? []), { id }]);
    for (const [owner, claims] of byOwner)
      await this.#submit(claims, owner === this.#parts.mspId ? undefined : owner);
  }

  async #submit(claims: { id: string; owner?: string }[], inPlaceOf?: string): Promise<void> {
    const { ledger, signatory, mspId, swept } = this.#parts;
    try {
      const clerk = await signatory();
      const isOwn = inPlaceOf === undefined || mspId === undefined;
      const who = isOwn ? clerk : clerk.standingInFor(inPlaceOf);
      const { output } = await ledger.submit(who, 'sweepClaims', { claims });
      const done = output.items.filter(({ status }) => status === 'swept').length;
      swept('swept', done);
      swept('refused', claims.length - done);
    } catch (error) {
      // Every claim was refused: somebody else swept them, or the endorsers' clocks are behind. What fails otherwise is
      // tried again, and holds up nothing behind it either.
      if (!(error instanceof LedgerError)) {
        this.#parts.log.warn({ err: error, claims: claims.length }, 'claims past their time not swept');
      }
      swept('refused', claims.length);
    }
  }
}
