import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { outputSchemas, transientFields } from '@pledgeonce/chaincode/api.js';
import type { Input, Output } from '@pledgeonce/chaincode/api.js';
import { unseal } from '@pledgeonce/chaincode/ledger/sealing.js';
import type { LedgerFunction } from '@pledgeonce/chaincode/permissions.js';
import { backoffMs, pause } from './backoff.js';
import { commit } from './commit.js';
import type { CommitLimits } from './commit.js';
import type { CommitWatcher } from './commit-watcher.js';
import { endorse } from './endorse.js';
import type { Choice, EndorseParts } from './endorse.js';
import { CommitRefusedError, ConflictError, OutcomeUnknownError } from './errors.js';
import { evaluate } from './evaluate.js';
import type { Signatory } from './signatory.js';
import type { RetryPolicy } from './submit-batch.js';

/** What happened on the way, for counting. */
export interface LedgerObserver {
  submitted(name: LedgerFunction, outcome: 'committed' | 'refused' | 'conflict' | 'unknown' | 'failed'): void;
  retried(name: LedgerFunction): void;
  endorsedBy(pair: readonly string[]): void;
}

export interface LedgerParts extends Omit<EndorseParts, 'onPair' | 'latestBlock'> {
  readonly mspId: string;
  readonly government: readonly string[];
  readonly watcher: CommitWatcher;
  readonly limits: CommitLimits & { readonly conflictAttempts: number };
  readonly observer: LedgerObserver;
  /** The latest block that this gateway has shown anything of; -1 before the first. */
  readonly latestBlock: () => number;
  readonly log: Logger;
}

/** A transaction that is on the ledger, with its answer. */
export interface Committed<F extends LedgerFunction> {
  readonly transactionId: string;
  readonly blockNumber: number;
  readonly output: Output<F>;
}

/** Functions that write the head of an authority's fact, which that authority itself has to endorse. */
const touchesOwnFacts: ReadonlySet<LedgerFunction> = new Set(['recordFacts', 'amendFact', 'cancelFact']);

/** The functions of the contract, as one organisation's people call them. */
export class Ledger {
  readonly #parts: LedgerParts;
  /** Of the own transactions: while the block stream is away, another peer tells of them. */
  #latestCommit = -1;

  constructor(parts: LedgerParts) {
    this.#parts = parts;
  }

  /** How a function is tried again after it lost a conflict. */
  retryPolicy(name: LedgerFunction): RetryPolicy {
    const { limits, observer } = this.#parts;
    return {
      attempts: limits.conflictAttempts,
      pause: (attempt) => {
        observer.retried(name);
        return pause(backoffMs(attempt, 15, 400));
      },
    };
  }

  /**
   * Submits, and again as a new transaction when it lost a conflict; the idempotency key inside the input makes
   * that harmless.
   *
   * @throws LedgerError, OutcomeUnknownError and the errors of {@link submitOnce}.
   */
  async submit<F extends LedgerFunction>(
    signatory: Signatory,
    name: F,
    input: Input<F>,
  ): Promise<Committed<F>> {
    const policy = this.retryPolicy(name);
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.submitOnce(signatory, name, input);
      } catch (error) {
        if (!(error instanceof ConflictError) || attempt + 1 >= policy.attempts) throw error;
        await policy.pause(attempt);
      }
    }
  }

  /** One transaction; a conflict is the caller's to handle. */
  async submitOnce<F extends LedgerFunction>(
    signatory: Signatory,
    name: F,
    input: Input<F>,
  ): Promise<Committed<F>> {
    const { observer } = this.#parts;
    try {
      const committed = await this.#submitWith(signatory, name, input, this.#choice(name)).catch(
        (error: unknown) => {
          // The write set touched a key whose own policy this pair does not meet: ask everybody, once.
          if (!(error instanceof CommitRefusedError) || error.reason !== 'ENDORSEMENT_POLICY_FAILURE')
            throw error;
          observer.retried(name);
          return this.#submitWith(signatory, name, input, 'all');
        },
      );
      observer.submitted(name, 'committed');
      return committed;
    } catch (error) {
      observer.submitted(name, outcomeOf(error));
      throw error;
    }
  }

  /** Reads without a transaction. */
  async evaluate<F extends LedgerFunction>(
    signatory: Signatory,
    name: F,
    input: Input<F>,
  ): Promise<Output<F>> {
    const responseKey = randomBytes(32);
    const { payload, transactionId } = await evaluate(this.#withLatest(), signatory, name, {
      [transientFields.input]: encode(input),
      [transientFields.responseKey]: responseKey,
    });
    return parseOutput(name, unseal(Buffer.from(payload).toString('utf8'), responseKey, transactionId));
  }

  async #submitWith<F extends LedgerFunction>(
    signatory: Signatory,
    name: F,
    input: Input<F>,
    choice: Choice,
  ): Promise<Committed<F>> {
    const { watcher, limits, observer } = this.#parts;
    const responseKey = randomBytes(32);
    const transientData = {
      [transientFields.input]: encode(input),
      [transientFields.responseKey]: responseKey,
    };
    const parts = { ...this.#withLatest(), onPair: observer.endorsedBy.bind(observer) };
    const { transaction } = await endorse(parts, signatory, name, transientData, choice);
    const transactionId = transaction.getTransactionId();
    const sealed = Buffer.from(transaction.getResult()).toString('utf8');
    const output = parseOutput(name, unseal(sealed, responseKey, transactionId));
    const verdict = await commit(transaction, watcher, limits);
    if (verdict === undefined) throw new OutcomeUnknownError(transactionId, output);
    this.#latestCommit = Math.max(this.#latestCommit, verdict.blockNumber);
    return { transactionId, blockNumber: verdict.blockNumber, output };
  }

  #withLatest(): Omit<LedgerParts, 'latestBlock'> & { readonly latestBlock: number } {
    const { mspId, heights, latestBlock } = this.#parts;
    const toldByOwnPeer = latestBlock();
    heights.told(mspId, toldByOwnPeer);
    return { ...this.#parts, latestBlock: Math.max(toldByOwnPeer, this.#latestCommit) };
  }

  #choice(name: LedgerFunction): Choice {
    return touchesOwnFacts.has(name) ? { required: this.#parts.mspId } : {};
  }
}

function encode(input: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(input));
}

function parseOutput<F extends LedgerFunction>(name: F, text: string): Output<F> {
  return outputSchemas[name].parse(JSON.parse(text)) as Output<F>;
}

function outcomeOf(error: unknown): 'refused' | 'conflict' | 'unknown' | 'failed' {
  if (error instanceof ConflictError) return 'conflict';
  if (error instanceof OutcomeUnknownError) return 'unknown';
  return error instanceof Error && error.name === 'LedgerError' ? 'refused' : 'failed';
}
