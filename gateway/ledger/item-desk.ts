import type { ClaimView, FactView, Input, Output } from '@pledgeonce/chaincode/api.js';
import { LedgerError, errorTable } from '@pledgeonce/chaincode/errors.js';
import type { ErrorCode, ItemError } from '@pledgeonce/chaincode/errors.js';
import type { PaymentView } from '@pledgeonce/chaincode/payments/api.js';
import type { BroughtClaim } from '@pledgeonce/chaincode/take-on/api.js';
import { traced, type Place, type Span } from '@pledgeonce/chaincode/tracing/spans.js';
import { Coalescer } from './coalescer.js';
import type { CoalescerLimits, Item } from './coalescer.js';
import { OutcomeUnknownError, SignedOutError } from './errors.js';
import type { Committed, Ledger, Waiting } from './ledger.js';
import type { Step } from './outbox.js';
import type { Signatory } from './signatory.js';
import { itemRefusal, submitBatch } from './submit-batch.js';

/** What each function that takes many items in one transaction answers for one of them. */
interface Views {
  readonly reserveClaims: ClaimView;
  readonly recordFacts: FactView;
  readonly markPayments: PaymentView;
  readonly takeOn: BroughtClaim;
}
export type BatchFunction = keyof Views;
type View<F extends BatchFunction> = Views[F];

/** How its input calls the items. */
const itemsOf = {
  reserveClaims: 'claims',
  recordFacts: 'facts',
  markPayments: 'payments',
  takeOn: 'lines',
} as const satisfies Record<BatchFunction, string>;

type ItemVerdict = Output<BatchFunction>['items'][number];

/** One item that is on the ledger. */
export interface Placed<V> {
  readonly view: V;
  readonly transactionId: string;
}

interface Order {
  readonly signatory: Signatory;
  readonly input: unknown;
  readonly touches: readonly string[];
  /** Where its answer is kept, when somebody may repeat the request. */
  readonly step: Step | undefined;
  /** Of the time from the item's standing in line to its verdict. */
  readonly span: Span;
}

/** Takes items one by one or many at a time and joins them into transactions. */
export class ItemDesk<F extends BatchFunction> {
  readonly #ledger: Ledger;
  readonly #name: F;
  readonly #coalescer: Coalescer<Order, Placed<View<F>>>;
  readonly #countsBytes: boolean;
  /** Of each request when its latest item stands in line. */
  readonly #inLine = new WeakMap<object, Promise<unknown>>();

  constructor(ledger: Ledger, name: F, limits: CoalescerLimits) {
    this.#ledger = ledger;
    this.#name = name;
    this.#countsBytes = limits.bytesPerBatch !== undefined;
    this.#coalescer = new Coalescer((_lane, orders) => this.#send(orders), limits);
  }

  /**
   * Items of one request stand in line in the order in which they are placed, however long it takes to look for what a
   * former attempt has sent: where two of them want the same, the first one gets it.
   *
   * @param lane One per person: a transaction carries one signature.
   * @param touches Names of the documents that the item changes.
   * @throws LedgerError with the item's own refusal; OutcomeUnknownError and the other errors of the ledger.
   */
  place(
    lane: string,
    signatory: Signatory,
    input: unknown,
    touches: readonly string[] = [],
  ): Promise<Placed<View<F>>> {
    return traced('place', { function: this.#name }, (span) =>
      this.#place(lane, { signatory, input, touches, span }),
    );
  }

  async #place(lane: string, order: Omit<Order, 'step'>): Promise<Placed<View<F>>> {
    const { signatory, touches } = order;
    const step = signatory.nextStep();
    const known = this.#ledger.resume(step);
    const before = this.#inLine.get(signatory.request);
    const size = this.#countsBytes ? { bytes: Buffer.byteLength(JSON.stringify(order.input)) } : {};
    const standing = this.#stand(before, known, { lane, touches, ...size, value: { ...order, step } });
    this.#inLine.set(
      signatory.request,
      standing.catch(() => undefined),
    );
    return (await standing).verdict;
  }

  /** @returns as soon as the item stands in line; the verdict is wrapped, since whoever comes next does not wait for it. */
  async #stand(
    before: Promise<unknown> | undefined,
    known: ReturnType<Ledger['resume']>,
    item: Item<Order>,
  ): Promise<{ readonly verdict: Promise<Placed<View<F>>> }> {
    const [, sent] = await Promise.all([before, known]);
    const verdict =
      sent === undefined ? this.#coalescer.add(item) : Promise.resolve(sent.output as Placed<View<F>>);
    return { verdict };
  }

  #send(orders: readonly Order[]): Promise<readonly PromiseSettledResult<Placed<View<F>>>[]> {
    return submitBatch(
      orders,
      (items) => this.#submit(items),
      this.#ledger.retryPolicy(this.#name),
      ({ touches }) => touches,
    );
  }

  async #submit(orders: readonly Order[]): Promise<PromiseSettledResult<Placed<View<F>>>[]> {
    const live = orders.filter(({ signatory }) => signatory.isLive);
    const judged = await this.#submitLive(live);
    // One person's sessions share transactions: what was asked for in one that has ended is not signed in another.
    const verdicts = new Map(live.map((order, index) => [order, judged[index]]));
    return orders.map((order) => verdicts.get(order) ?? { status: 'rejected', reason: new SignedOutError() });
  }

  async #submitLive(orders: readonly Order[]): Promise<PromiseSettledResult<Placed<View<F>>>[]> {
    const [first] = orders;
    if (first === undefined) return [];
    try {
      const { transactionId, output } = await this.#commit(first.signatory, orders);
      return verdicts(output.items, (view) => ({
        status: 'fulfilled',
        value: { view: view as View<F>, transactionId },
      }));
    } catch (error) {
      if (!(error instanceof OutcomeUnknownError)) throw error;
      const { transactionId, expected } = error;
      // Each item waits for its own answer, so each learns what its own answer would be.
      return verdicts((expected as Output<F>).items, (view) => ({
        status: 'rejected',
        reason: new OutcomeUnknownError(transactionId, { ...view, transactionId }),
      }));
    }
  }

  #commit(signatory: Signatory, orders: readonly Order[]): Promise<Committed<F>> {
    const input = { [itemsOf[this.#name]]: orders.map((order) => order.input) };
    const waiting = orders.flatMap(({ step }, index): Waiting<F>[] =>
      step === undefined
        ? []
        : [{ step, answer: (output, transactionId) => this.#placed(output, index, transactionId) }],
    );
    return this.#ledger.submitOnce(signatory, this.#name, input as Input<F>, waiting, placeOf(orders));
  }

  /** What one of the items will have been answered; undefined for one that is refused. */
  #placed(output: Output<F>, index: number, transactionId: string): Placed<View<F>> | undefined {
    const [verdict] = verdicts(output.items.slice(index, index + 1), (view) => ({
      status: 'fulfilled',
      value: { view: view as View<F>, transactionId },
    }));
    return verdict?.status === 'fulfilled' ? verdict.value : undefined;
  }
}

/** A transaction of several items stands in the trace of the first, and refers to those of the others. */
function placeOf(orders: readonly Order[]): Place {
  const [first, ...others] = orders.map(({ span }) => span);
  return { under: first, linked: others };
}

function verdicts<V>(
  items: readonly ItemVerdict[],
  placed: (view: Views[BatchFunction]) => PromiseSettledResult<V>,
): PromiseSettledResult<V>[] {
  return items.map((item) => {
    switch (item.status) {
      case 'refused':
        return { status: 'rejected', reason: refusal(item) };
      case 'reserved':
      case 'taken-on':
        return placed(item.claim);
      case 'recorded':
        return placed(item.fact);
      case 'marked':
        return placed(item.payment);
    }
  });
}

function refusal(item: Extract<ItemVerdict, { status: 'refused' }>): LedgerError {
  if (!isErrorCode(item.code)) return new LedgerError('INTERNAL', { detail: item.detail });
  return itemRefusal(item as ItemError);
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorTable, code);
}
