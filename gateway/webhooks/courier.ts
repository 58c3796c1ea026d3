import type { Logger } from 'pino';
import { messageOf } from '../message-of.js';
import type { FeedTable } from '../projection/feed-table.js';
import type { AllowedAddresses } from './allowed-addresses.js';
import { bodyOf, typeOf } from './message-body.js';
import { postMessage } from './post-message.js';
import { nextAttempt } from './retry-times.js';
import { signedHeaders, type SigningKeys } from './signing-key.js';
import type { WebhookStore } from './webhook-store.js';
import type { Delivery, Webhook } from './webhook.js';

/** What waits for a receiver at once; what comes after it waits in the feed, which keeps everything. */
export const mostWaiting = 100;
/** Dead letters of a webhook; the oldest makes place. */
export const mostDead = 1_000;
/** A receiver that has taken nothing for so long and takes something now is back: the rest need not wait for its turn. */
const awayMs = 60_000;
/** A receiver that takes nothing for so long is left alone until somebody sees to it. */
const givenUpMs = 72 * 3_600_000;
/** No receiver is left alone for longer than the longest pause between two attempts. */
const longestPatienceMs = 24 * 3_600_000;

export interface CourierParts {
  readonly webhooks: WebhookStore;
  readonly feed: Pick<FeedTable, 'after'>;
  readonly allowed: AllowedAddresses;
  readonly keys: SigningKeys;
  readonly log: Logger;
  /** Told of every attempt. */
  readonly sent: (outcome: 'taken' | 'refused' | 'dead') => void;
}

/**
 * Puts what happens before those who asked for it by webhook, after Standard Webhooks 1.0: signed, at least once, again
 * and again for three days, in the order of the ledger where nothing fails. A receiver that was away misses nothing:
 * what it has not taken waits, and then the feed does.
 */
export class Courier {
  readonly #parts: CourierParts;
  readonly #now: () => number;
  readonly #tours = new Map<string, Promise<void>>();
  readonly #stopped = new AbortController();

  constructor(parts: CourierParts, now: () => number = Date.now) {
    this.#parts = parts;
    this.#now = now;
  }

  /** Sets out for every receiver to whom nobody is on the way. One that answers slowly holds up no other. */
  setOut(): Promise<void> {
    for (const { id, paused } of this.#parts.webhooks.all) {
      if (paused !== undefined || this.#tours.has(id) || this.#stopped.signal.aborted) continue;
      const tour = this.#tour(id)
        .catch((error: unknown) => {
          this.#parts.log.warn({ err: error, webhook: id }, 'webhook not attended to');
        })
        .finally(() => this.#tours.delete(id));
      this.#tours.set(id, tour);
    }
    return Promise.resolve();
  }

  /** Resolves when everybody who is on the way now has come back. */
  async back(): Promise<void> {
    await Promise.all(this.#tours.values());
  }

  /** What is on its way is broken off, and sent again by the next process. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.back();
  }

  /** Brings one receiver everything that is due. */
  async #tour(id: string): Promise<void> {
    const { webhooks } = this.#parts;
    for (;;) {
      await this.#takeUp(id);
      const now = new Date(this.#now()).toISOString();
      const due = webhooks.waitingOf(id).filter(({ nextAt }) => nextAt <= now);
      if (due.length === 0) return;
      // One after the other: two on their way at once may overtake each other.
      for (const delivery of due) {
        const webhook = webhooks.find(id);
        if (webhook === undefined || webhook.paused !== undefined || this.#stopped.signal.aborted) return;
        await this.#deliver(webhook, delivery);
      }
    }
  }

  /** Takes out of the feed what has happened since, as far as there is place for it. */
  async #takeUp(id: string): Promise<void> {
    const { webhooks, feed } = this.#parts;
    for (;;) {
      const webhook = webhooks.find(id);
      const waiting = webhooks.waitingOf(id).length;
      if (webhook === undefined || webhook.paused !== undefined || waiting >= mostWaiting) return;
      const { after, kinds, enterprise } = webhook;
      const entries = feed.after(after, mostWaiting - waiting, enterprise);
      const last = entries.at(-1);
      if (last === undefined) return;
      const nextAt = new Date(this.#now()).toISOString();
      for (const entry of entries.filter(({ kind }) => kinds.includes(kind))) {
        const { id: event, time } = entry;
        await webhooks.putDelivery({
          webhook: id,
          event,
          type: typeOf(entry),
          // Who is told of one enterprise only knows which.
          ...(enterprise === undefined && entry.enterprise !== undefined && { enterprise: entry.enterprise }),
          time,
          attempts: 0,
          nextAt,
        });
      }
      // Somebody may have asked meanwhile for everything after an earlier event: then it goes on from there.
      if (webhooks.find(id)?.after !== after) continue;
      // After what it stands for: a crash between the two puts the same entries in place once more.
      await webhooks.change(id, { after: last.id });
    }
  }

  async #deliver(webhook: Webhook, delivery: Delivery): Promise<void> {
    const { allowed, keys, webhooks, sent, log } = this.#parts;
    const body = bodyOf(delivery);
    const id = `msg_${webhook.id}_${delivery.event}`;
    let answer: string;
    let patienceMs = 0;
    try {
      const signing = await keys.of(webhook, this.#now());
      const headers = signedHeaders(signing, { id, body }, this.#now());
      const { status, retryAfterMs } = await postMessage(
        { url: webhook.url, headers, body },
        allowed,
        this.#stopped.signal,
      );
      if (status >= 200 && status < 300) {
        await webhooks.removeDelivery(delivery);
        sent('taken');
        await this.#taken(webhook.id);
        return;
      }
      answer = `HTTP ${status}`;
      patienceMs = Math.min(retryAfterMs, longestPatienceMs);
    } catch (error) {
      // Nobody has refused anything: the gateway stops.
      if (this.#stopped.signal.aborted) return;
      answer = messageOf(error, 'The receiver cannot be reached.');
    }
    log.debug({ webhook: webhook.id, event: delivery.event, answer }, 'webhook message not taken');
    await this.#refused(delivery, answer.slice(0, 200), patienceMs);
  }

  async #taken(id: string): Promise<void> {
    const { webhooks } = this.#parts;
    const now = this.#now();
    const since = webhooks.find(id)?.failingSince;
    await webhooks.change(id, { lastTakenAt: new Date(now).toISOString(), failingSince: undefined });
    if (since === undefined || now - Date.parse(since) < awayMs) return;
    for (const delivery of webhooks.waitingOf(id)) {
      await webhooks.putDelivery({ ...delivery, nextAt: new Date(now).toISOString() });
    }
  }

  /** @param patienceMs For how long the receiver asks to be left alone. */
  async #refused(delivery: Delivery, lastAnswer: string, patienceMs: number): Promise<void> {
    const { webhooks, sent, log } = this.#parts;
    const now = this.#now();
    const at = new Date(now).toISOString();
    const attempts = delivery.attempts + 1;
    const next = nextAttempt(attempts, now);
    const { nextAt: _sentNow, ...rest } = delivery;
    const later =
      next === undefined ? {} : { nextAt: new Date(Math.max(next, now + patienceMs)).toISOString() };
    await webhooks.putDelivery({ ...rest, ...later, attempts, lastAttemptAt: at, lastAnswer });
    sent(next === undefined ? 'dead' : 'refused');
    const webhook = webhooks.find(delivery.webhook);
    if (webhook === undefined) return;
    const failingSince = webhook.failingSince ?? at;
    const isOver = next === undefined && now - Date.parse(failingSince) >= givenUpMs;
    const paused = lastAnswer === 'HTTP 410' ? 'gone' : isOver ? 'failing' : webhook.paused;
    await webhooks.change(webhook.id, { failingSince, paused });
    if (paused !== undefined) log.warn({ webhook: webhook.id, paused, lastAnswer }, 'webhook paused');
    if (next === undefined) await this.#forgetOldest(webhook.id);
  }

  async #forgetOldest(id: string): Promise<void> {
    const { webhooks, log } = this.#parts;
    const dead = webhooks.deliveriesOf(id).filter(({ nextAt }) => nextAt === undefined);
    for (const delivery of dead.slice(0, Math.max(dead.length - mostDead, 0))) {
      log.warn({ webhook: id, event: delivery.event }, 'oldest dead letter of a webhook forgotten');
      await webhooks.removeDelivery(delivery);
    }
  }
}
