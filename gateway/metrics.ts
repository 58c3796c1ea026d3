import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { LedgerObserver } from './ledger/ledger.js';

/** One value of a figure, and of what it is. */
export interface Figure {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What operators watch; one registry per organisation, also when several share a process. */
export class Metrics implements LedgerObserver {
  readonly httpSeconds: Histogram<'method' | 'route' | 'status'>;
  readonly eventStreams: Gauge;
  readonly #registry = new Registry();
  readonly #submits: Counter<'function' | 'outcome'>;
  readonly #retries: Counter<'function'>;
  readonly #pairs: Counter<'pair'>;
  readonly #swept: Counter<'outcome'>;
  readonly #malformed: Counter<'member'>;
  readonly #streams: Counter<'stream'>;
  readonly #contradictions: Counter<'node'>;
  readonly #webhooks: Counter<'outcome'>;
  readonly #refusals = this.#counter('pledgeonce_refusals_total', 'Requests that were refused, by the code', [
    'code',
  ]);
  readonly #steps = new Histogram({
    name: 'pledgeonce_transaction_seconds',
    help: 'Time until a transaction is endorsed, and from then on until it is in a block',
    labelNames: ['step'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [this.#registry],
  });

  /**
   * @param projectionLag Blocks that the projection is behind.
   * @param behindMs For how long the projection has lacked one.
   */
  constructor(mspId: string, projectionLag: () => number, behindMs: () => number = () => 0) {
    const registers = [this.#registry];
    this.#registry.setDefaultLabels({ msp: mspId });
    collectDefaultMetrics({ register: this.#registry });
    this.httpSeconds = new Histogram({
      name: 'pledgeonce_http_seconds',
      help: 'Time to answer a request',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    });
    this.eventStreams = new Gauge({
      name: 'pledgeonce_event_streams',
      help: 'Clients that follow the events',
      registers,
    });
    this.#submits = this.#counter('pledgeonce_transactions_total', 'Transactions by what became of them', [
      'function',
      'outcome',
    ]);
    const retries = 'Transactions that were made again';
    this.#retries = this.#counter('pledgeonce_transaction_retries_total', retries, ['function']);
    const pairs = 'Endorsements by the organisations that gave them';
    this.#pairs = this.#counter('pledgeonce_endorser_pairs_total', pairs, ['pair']);
    this.#swept = this.#counter(
      'pledgeonce_swept_claims_total',
      'Claims past their time that the gateway submitted by itself, by what became of them',
      ['outcome'],
    );
    this.#webhooks = this.#counter(
      'pledgeonce_webhook_messages_total',
      'Attempts to put a message before a webhook’s receiver, by outcome; dead ones are not tried any more',
      ['outcome'],
    );
    this.#malformed = this.#counter(
      'pledgeonce_malformed_transactions_total',
      'What was ordered although no honest client makes it, by the member whose person signed it',
      ['member'],
    );
    this.#streams = this.#counter(
      'pledgeonce_block_stream_failures_total',
      'Streams of blocks that ended: of commits, lists and announcements by orderers',
      ['stream'],
    );
    this.#contradictions = this.#counter(
      'pledgeonce_contradictions_total',
      'Answers of a government node that two others contradict, by its organisation',
      ['node'],
    );
    this.watch(
      'pledgeonce_projection_behind_seconds',
      'For how long lists have lacked a block that the peer has',
      [],
      () => [{ value: behindMs() / 1_000 }],
    );
    this.watch('pledgeonce_projection_lag_blocks', 'Blocks that lists are behind the peer', [], () => [
      { value: projectionLag() },
    ]);
  }

  #counter<L extends string>(name: string, help: string, labelNames: readonly L[]): Counter<L> {
    return new Counter({ name, help, labelNames, registers: [this.#registry] });
  }

  /** A figure, or one for each label, that is asked for when somebody reads the metrics. */
  watch(
    name: string,
    help: string,
    labelNames: readonly string[],
    figures: () => readonly Figure[] | Promise<readonly Figure[]>,
  ): void {
    new Gauge({
      name,
      help,
      labelNames: [...labelNames],
      registers: [this.#registry],
      async collect() {
        const found = await figures();
        // What is no longer there is not told of any more.
        this.reset();
        for (const { labels = {}, value } of found) this.set(labels, value);
      },
    });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  submitted(name: string, outcome: string): void {
    this.#submits.inc({ function: name, outcome });
  }

  retried(name: string): void {
    this.#retries.inc({ function: name });
  }

  endorsedBy(pair: readonly string[]): void {
    this.#pairs.inc({ pair: [...pair].sort().join('+') });
  }

  took(step: 'endorse' | 'commit', seconds: number): void {
    this.#steps.observe({ step }, seconds);
  }

  refused(code: string): void {
    this.#refusals.inc({ code });
  }

  malformed(member: string): void {
    this.#malformed.inc({ member });
  }

  streamFailed(stream: 'commits' | 'lists' | 'announcements'): void {
    this.#streams.inc({ stream });
  }

  webhookSent(outcome: 'taken' | 'refused' | 'dead'): void {
    this.#webhooks.inc({ outcome });
  }

  contradicted(mspId: string): void {
    this.#contradictions.inc({ node: mspId });
  }

  swept(outcome: 'swept' | 'refused', claims: number): void {
    this.#swept.inc({ outcome }, claims);
  }
}
