import { randomBytes } from 'node:crypto';
import type { Transaction } from '@hyperledger/fabric-gateway';
import type { Logger } from 'pino';
import { outputSchemas } from '@pledgeonce/chaincode/api.js';
import { errorTable, LedgerError } from '@pledgeonce/chaincode/errors.js';
import type { Input, Output } from '@pledgeonce/chaincode/api.js';
import { unseal } from '@pledgeonce/chaincode/ledger/sealing.js';
import { type LedgerFunction, permissions } from '@pledgeonce/chaincode/permissions.js';
import { presentSpan, traced, type Place, type Span } from '@pledgeonce/chaincode/tracing/spans.js';
import { leavesAllAsItIs, refusesSome, withId } from './answer-shapes.js';
import { backoffMs, pause } from './backoff.js';
import { commit } from './commit.js';
import type { CommitLimits } from './commit.js';
import { validCode } from './commit-watcher.js';
import type { CommitWatcher } from './commit-watcher.js';
import { ConflictLine } from './conflict-line.js';
import { endorse } from './endorse.js';
import type { Choice, EndorseParts } from './endorse.js';
import { CommitRefusedError, ConflictError, NetworkUnavailableError, OutcomeUnknownError } from './errors.js';
import { evaluate } from './evaluate.js';
import type { Asking } from './evaluate.js';
import type { Outbox, Step } from './outbox.js';
import type { Signatory } from './signatory.js';
import type { RetryPolicy } from './submit-batch.js';
import { timed, type StepObserver } from './timed.js';
import { transientOf } from './transient-of.js';

/** What happened on the way, for counting. */
export interface LedgerObserver extends StepObserver {
  submitted(name: LedgerFunction, outcome: 'committed' | 'refused' | 'conflict' | 'unknown' | 'failed'): void;
  retried(name: LedgerFunction): void;
  endorsedBy(pair: readonly string[]): void;
}

export interface LedgerParts extends Omit<EndorseParts, 'onPair' | 'latestBlock' | 'refuses'> {
  readonly mspId: string;
  readonly government: readonly string[];
  readonly watcher: CommitWatcher;
  readonly outbox: Pick<Outbox, 'keep' | 'decided' | 'withdrawn' | 'settle'>;
  readonly limits: CommitLimits & { readonly conflictPatienceMs: number };
  readonly observer: LedgerObserver;
  /** The latest block that this gateway has shown anything of; -1 before the first. */
  readonly latestBlock: () => number;
  /** The removed members whose successor the organisation is. */
  readonly predecessors?: () => readonly string[];
  readonly log: Logger;
}

/** A transaction that is on the ledger, with its answer; or a batch of which nothing was left to order. */
export interface Committed<F extends LedgerFunction> {
  readonly transactionId: string;
  readonly output: Output<F>;
}

/** What proves an answer: the question with the nodes' signatures, and the key that opens it. Base64. */
export interface AnswerEvidence {
  readonly transactionId: string;
  readonly responseKey: string;
  readonly transaction: string;
}

/** An answer, and what proves it where two nodes have signed it. */
export interface Signed<F extends LedgerFunction> {
  readonly output: Output<F>;
  readonly evidence?: AnswerEvidence;
}

/** A step of a request that waits for a transaction, and what its answer is if that commits. */
export interface Waiting<F extends LedgerFunction> {
  readonly step: Step;
  /** Undefined when the transaction has no answer for it. */
  readonly answer: (output: Output<F>, transactionId: string) => unknown;
}

/** Functions that write the head of an authority's fact, which that authority itself has to endorse. */
const touchesOwnFacts: ReadonlySet<LedgerFunction> = new Set([
  'recordFacts',
  'amendFact',
  'cancelFact',
  'confirmFactStep',
]);

/** What won is on its way to the endorsers yet when the own peer tells of it: soon, or the next attempt loses as well. */
const settlingMs = 10;

/** The functions of the contract, as one organisation's people call them. */
export class Ledger {
  readonly #parts: LedgerParts;
  readonly #conflicts = new ConflictLine();
  /** Of the own transactions: while the block stream is away, another peer tells of them. */
  #latestCommit = -1;

  constructor(parts: LedgerParts) {
    this.#parts = parts;
  }

  /** How a function that is asked for now is tried again after it lost a conflict. */
  retryPolicy(name: LedgerFunction): RetryPolicy {
    const { limits, observer } = this.#parts;
    const since = performance.now();
    return {
      mayGoOn: () => performance.now() - since < limits.conflictPatienceMs,
      inTurn: (work) =>
        this.#conflicts.inTurn(since, async () => {
          observer.retried(name);
          await pause(backoffMs(0, settlingMs, settlingMs));
          return work();
        }),
    };
  }

  /**
   * Submits, and again as a new transaction when it lost a conflict. Work on a keyed request that was cut short, by a
   * crash or an unknown outcome, goes on with what it had sent.
   *
   * @throws LedgerError, OutcomeUnknownError and the errors of {@link submitOnce}.
   */
  async submit<F extends LedgerFunction>(
    signatory: Signatory,
    name: F,
    input: Input<F>,
  ): Promise<Committed<F>> {
    const step = signatory.nextStep();
    const known = await this.resume(step);
    if (known !== undefined) {
      return { transactionId: known.transactionId, output: checked(name, known.output) };
    }
    const waiting = step === undefined ? [] : [{ step, answer: (output: Output<F>) => output }];
    const policy = this.retryPolicy(name);
    // What lost a conflict is done again in the course of whatever was before it in line.
    const place = { under: presentSpan() };
    const submit = () => this.submitOnce(signatory, name, input, waiting, place);
    for (let attempt = submit; ; attempt = () => policy.inTurn(submit)) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof ConflictError) || !policy.mayGoOn()) throw error;
      }
    }
  }

  /**
   * What became of a step that was sent before.
   *
   * @returns undefined when nothing was, or when it did not commit: then it is to be done.
   * @throws OutcomeUnknownError
   */
  async resume(
    step: Step | undefined,
  ): Promise<{ readonly transactionId: string; readonly output: unknown } | undefined> {
    const sent = await step?.known();
    if (sent === undefined) return undefined;
    const { transactionId, output } = sent;
    const verdict = await this.#parts.outbox.settle(transactionId);
    if (verdict === undefined) throw new OutcomeUnknownError(transactionId, output);
    return verdict.code === validCode ? sent : undefined;
  }

  /**
   * One transaction; a conflict is the caller's to handle.
   *
   * @param waiting Steps that are on disk with their answers before the transaction leaves.
   * @param place Where it stands in a trace.
   */
  submitOnce<F extends LedgerFunction>(
    signatory: Signatory,
    name: F,
    input: Input<F>,
    waiting: readonly Waiting<F>[] = [],
    place?: Place,
  ): Promise<Committed<F>> {
    return traced(
      'transaction',
      { function: name },
      () => this.#submitOnce(signatory, name, input, waiting),
      place,
    );
  }

  async #submitOnce<F extends LedgerFunction>(
    signatory: Signatory,
    name: F,
    input: Input<F>,
    waiting: readonly Waiting<F>[],
  ): Promise<Committed<F>> {
    const { observer } = this.#parts;
    const submit = (who: Signatory, choice: Choice) => this.#submitWith(who, name, input, waiting, choice);
    try {
      const committed = await this.#underEachName(signatory, name, (who) =>
        submit(who, this.#choice(name)).catch((error: unknown) => {
          // The write set touched a key whose own policy this pair does not meet: ask everybody, once.
          if (!(error instanceof CommitRefusedError) || error.reason !== 'ENDORSEMENT_POLICY_FAILURE')
            throw error;
          observer.retried(name);
          return submit(who, 'all');
        }),
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
    asking?: Asking,
  ): Promise<Output<F>> {
    return (await this.evaluateSigned(signatory, name, input, asking)).output;
  }

  /** Reads without a transaction, and keeps what proves the answer to others. */
  evaluateSigned<F extends LedgerFunction>(
    signatory: Signatory,
    name: F,
    input: Input<F>,
    asking?: Asking,
  ): Promise<Signed<F>> {
    return this.#underEachName(signatory, name, (who) =>
      traced('query', { function: name }, (span) => this.#evaluateAs(who, name, input, span, asking)),
    );
  }

  /**
   * Does what concerns one record in the organisation's own name, and where that has no such record in the place of the
   * members that it has succeeded. What is refused has written nothing, so that asking again does nothing twice.
   */
  async #underEachName<T>(
    signatory: Signatory,
    name: LedgerFunction,
    work: (who: Signatory) => Promise<T>,
  ): Promise<T> {
    try {
      return await work(signatory);
    } catch (error) {
      const { predecessors } = this.#parts;
      const isOwnOnly = permissions[name].succeeds !== true || signatory.inPlaceOf !== undefined;
      if (isOwnOnly || predecessors === undefined || !isNotOwn(error)) throw error;
      for (const member of predecessors()) {
        try {
          return await work(signatory.standingInFor(member));
        } catch (other) {
          if (!isNotOwn(other)) throw other;
        }
      }
      throw error;
    }
  }

  async #evaluateAs<F extends LedgerFunction>(
    signatory: Signatory,
    name: F,
    input: Input<F>,
    span: Span,
    asking?: Asking,
  ): Promise<Signed<F>> {
    const responseKey = randomBytes(32);
    const transientData = transientOf(signatory, input, responseKey, span);
    const parts = this.#withLatest();
    const { payload, transactionId, signed } = await evaluate(parts, signatory, name, transientData, asking);
    const text = unseal(Buffer.from(payload).toString('utf8'), responseKey, transactionId);
    const output = checked(name, JSON.parse(text));
    if (signed === undefined) return { output };
    const transaction = Buffer.from(signed.getBytes()).toString('base64');
    return { output, evidence: { transactionId, responseKey: responseKey.toString('base64'), transaction } };
  }

  async #submitWith<F extends LedgerFunction>(
    signatory: Signatory,
    name: F,
    input: Input<F>,
    waiting: readonly Waiting<F>[],
    choice: Choice,
  ): Promise<Committed<F>> {
    const { observer } = this.#parts;
    const responseKey = randomBytes(32);
    const outputOf = (transaction: Transaction): Output<F> => {
      const sealed = Buffer.from(transaction.getResult()).toString('utf8');
      return checked(name, JSON.parse(unseal(sealed, responseKey, transaction.getTransactionId())));
    };
    const parts = {
      ...this.#withLatest(),
      onPair: observer.endorsedBy.bind(observer),
      refuses: (transaction: Transaction) => refusesSome(outputOf(transaction)),
    };
    const endorsing = traced('endorse', {}, (span) =>
      endorse(parts, signatory, name, transientOf(signatory, input, responseKey, span), choice),
    );
    const { transaction } = await timed('endorse', observer, endorsing);
    const output = outputOf(transaction);
    // What writes nothing is not ordered either.
    if (leavesAllAsItIs(output)) {
      return { transactionId: transaction.getTransactionId(), output };
    }
    await this.#order(signatory, transaction, output, waiting);
    return { transactionId: transaction.getTransactionId(), output };
  }

  /** Brings an endorsed transaction to its verdict; what waits for it can find it again after a crash. */
  async #order<F extends LedgerFunction>(
    signatory: Signatory,
    transaction: Transaction,
    output: Output<F>,
    waiting: readonly Waiting<F>[],
  ): Promise<void> {
    const { watcher, limits, outbox, observer, log } = this.#parts;
    const transactionId = transaction.getTransactionId();
    const steps = waiting
      .map(({ step, answer }) => ({ step, output: answer(output, transactionId) }))
      .filter(({ output: kept }) => kept !== undefined);
    const keep = async () => {
      await outbox.keep({ transactionId, prepared: await signatory.envelope(transaction), steps });
    };
    if (steps.length > 0) await keep();
    try {
      const verdict = await timed('commit', observer, commit(transaction, watcher, limits));
      if (verdict !== undefined) this.#latestCommit = Math.max(this.#latestCommit, verdict.blockNumber);
      else {
        // Without it nobody could find out what became of the transaction if the network has lost it.
        if (steps.length === 0) await keep();
        throw new OutcomeUnknownError(transactionId, withId(output, transactionId));
      }
    } catch (error) {
      if (error instanceof NetworkUnavailableError) {
        const left = steps.map(({ step }) => step);
        await outbox.withdrawn(transactionId, left);
      } else if (!(error instanceof OutcomeUnknownError) && steps.length > 0)
        await outbox.decided(transactionId);
      throw error;
    }
    if (steps.length === 0) return;
    outbox.decided(transactionId).catch((error: unknown) => {
      log.warn({ err: error }, 'a decided transaction is still kept');
    });
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

/** Refusals that say no more than that a record is not the caller's. */
function isNotOwn(error: unknown): boolean {
  if (!(error instanceof LedgerError)) return false;
  return errorTable[error.code].status === 404 || error.code === 'WRONG_ORGANISATION';
}

function checked<F extends LedgerFunction>(name: F, output: unknown): Output<F> {
  return outputSchemas[name].parse(output) as Output<F>;
}

function outcomeOf(error: unknown): 'refused' | 'conflict' | 'unknown' | 'failed' {
  if (error instanceof ConflictError) return 'conflict';
  if (error instanceof OutcomeUnknownError) return 'unknown';
  return error instanceof LedgerError ? 'refused' : 'failed';
}
