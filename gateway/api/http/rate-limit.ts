import type { RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import type { ClientRateLimitInfo, Options, Store } from 'express-rate-limit';
import { callerOf } from './caller.js';
import { Problem, sendProblem } from '../problem.js';

const windowMs = 60_000;
/** Who is counted at once; beyond that whoever was counted first is forgotten. */
const mostKeys = 10_000;

/** A whole organisation may do so many times what one of its people may. */
export const peopleAtOnce = 20;

/**
 * Counts in memory of a bounded size: whoever invents names, addresses or tokens cannot fill it, and short keys are all
 * that is kept.
 */
export class BoundedCounts implements Store {
  readonly localKeys = true;
  readonly #counts = new Map<string, { hits: number; resetAt: number }>();
  readonly #most: number;
  readonly #clock: () => number;
  #windowMs = windowMs;

  constructor(most = mostKeys, clock: () => number = Date.now) {
    this.#most = most;
    this.#clock = clock;
  }

  init(options: Options): void {
    this.#windowMs = options.windowMs;
  }

  /** Keys that are counted at this moment. */
  get size(): number {
    return this.#counts.size;
  }

  increment(key: string): ClientRateLimitInfo {
    const now = this.#clock();
    const present = this.#counts.get(key);
    const isRunning = present !== undefined && present.resetAt > now;
    const count = isRunning ? present : { hits: 0, resetAt: now + this.#windowMs };
    count.hits += 1;
    if (!isRunning) {
      this.#counts.delete(key);
      this.#counts.set(key, count);
      this.#forget();
    }
    return { totalHits: count.hits, resetTime: new Date(count.resetAt) };
  }

  decrement(key: string): void {
    const count = this.#counts.get(key);
    if (count !== undefined) count.hits = Math.max(0, count.hits - 1);
  }

  resetKey(key: string): void {
    this.#counts.delete(key);
  }

  /** The oldest windows stand first, because a window that begins anew moves to the end. */
  #forget(): void {
    if (this.#counts.size <= this.#most) return;
    const [oldest] = this.#counts.keys();
    if (oldest !== undefined) this.#counts.delete(oldest);
  }
}

/**
 * Limits how often one person may call, however often they sign in and however they spell the header; and how often the
 * people of the organisation may together.
 */
export function limitPeople(perMinute: number): RequestHandler[] {
  return [
    limit(perMinute, (response) => callerOf(response)?.session.person.id),
    limit(perMinute * peopleAtOnce, (response) => callerOf(response)?.session.person.mspId),
  ];
}

/** Limits how often one address may call that has signed nobody in; people who share it are not counted there. */
export function limitStrangers(perMinute: number): RequestHandler {
  return limit(perMinute, (response) =>
    callerOf(response) === undefined ? ipKeyGenerator(response.req.ip ?? '') : undefined,
  );
}

/** @param keyOf Who is counted; undefined for whoever is counted elsewhere. */
function limit(perMinute: number, keyOf: (response: Response) => string | undefined): RequestHandler {
  return rateLimit({
    windowMs,
    limit: perMinute,
    store: new BoundedCounts(),
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // A limit is made with the address that it is for, and that with the first request to the API: once, and not for each.
    validate: { creationStack: false },
    skip: (_request, response) => keyOf(response) === undefined,
    keyGenerator: (_request, response) => keyOf(response) ?? '',
    handler: (_request, response, _next, { windowMs: length }) => {
      sendProblem(response, new Problem('RATE_LIMITED', { retryAfter: Math.ceil(length / 1_000) }));
    },
  });
}
