import { AsyncLocalStorage } from 'node:async_hooks';
import { errorTable } from '../errors.js';
import { readTraceparent } from './traceparent.js';

/**
 * All that a span may say beside how long it took: of what kind the work was, and how it ended. A person, a document, an
 * amount or a number has no place in a trace, which is kept elsewhere and read by others.
 */
export interface SpanFacts {
  /** An operation of the API by its method and its template: `POST /claims/{id}/acceptance`. */
  readonly operation?: string;
  /** A function of the contract. */
  readonly function?: string;
  /** What the network decided, in Fabric's word. */
  readonly validationCode?: string;
  readonly errorCode?: string;
  /** Of an answer over HTTP. */
  readonly status?: number;
}

export interface Span {
  /** Says more of the work. */
  note(facts: SpanFacts): void;
  /** Refers to work of another trace that this one is about. */
  link(other: Span): void;
  /** W3C's trace context, by which other programs take their place under this span; undefined where nobody records it. */
  readonly traceparent: string | undefined;
}

export interface OpenSpan extends Span {
  /** The work has failed, which a refusal has not: whoever asked reads its code. */
  fail(): void;
  end(): void;
}

/** Where a span stands. */
export interface Place {
  /** The span or the trace context under which it stands; undefined for the first of a trace. */
  readonly under: Span | string | undefined;
  readonly linked?: readonly Span[];
  /** Whether another program asked for the work. */
  readonly isServer?: boolean;
}

/** What records spans. */
export interface Tracer {
  start(name: string, facts: SpanFacts, place: Place): OpenSpan;
}

const silent: OpenSpan = {
  note: () => undefined,
  link: () => undefined,
  traceparent: undefined,
  fail: () => undefined,
  end: () => undefined,
};

const present = new AsyncLocalStorage<Span>();
let recording: Tracer | undefined;

/** Has all work of this process recorded from now on; with undefined nothing is recorded any more. */
export function recordWith(tracer: Tracer | undefined): void {
  recording = tracer;
}

/** Whether work is recorded: where it is not, nothing has to be prepared for it. */
export function isRecording(): boolean {
  return recording !== undefined;
}

/** The span in whose course this happens. */
export function presentSpan(): Span | undefined {
  return present.getStore();
}

/**
 * Does work as a span of a trace. Work that stands under nothing is not recorded: what a program does by itself would be a
 * trace of its own each time.
 */
export function traced<T>(
  name: string,
  facts: SpanFacts,
  work: (span: Span) => Promise<T>,
  place: Place = { under: presentSpan() },
): Promise<T> {
  const { under, linked = [] } = place;
  if (recording === undefined || under === undefined || under === silent) return work(silent);
  const span = recording.start(name, facts, place);
  // Whoever looks at the one finds the other.
  for (const one of linked) one.link(span);
  return recorded(span, work);
}

async function recorded<T>(span: OpenSpan, work: (span: Span) => Promise<T>): Promise<T> {
  try {
    return await present.run(span, () => work(span));
  } catch (error) {
    const errorCode = errorCodeOf(error);
    span.note({ errorCode });
    if (!isRefusal(errorCode)) span.fail();
    throw error;
  } finally {
    span.end();
  }
}

/**
 * The span of a request, the first of its trace unless the caller says whose it is.
 *
 * @param traceparent As the caller gave it; what is none is passed over.
 */
export function beginRequest(name: string, facts: SpanFacts, traceparent: unknown): OpenSpan {
  return recording?.start(name, facts, { under: readTraceparent(traceparent), isServer: true }) ?? silent;
}

/** Does what belongs to a span; when that ends is said by whoever began it. */
export function inSpan<T>(span: Span, work: () => T): T {
  return present.run(span, work);
}

/** A code and never a message: messages name what they are about. */
function errorCodeOf(error: unknown): string {
  const { code, reason } = (error ?? {}) as { readonly code?: unknown; readonly reason?: unknown };
  const found = [code, reason].find((one) => typeof one === 'string' && /^[A-Z][A-Z0-9_]{1,63}$/.test(one));
  return typeof found === 'string' ? found : 'INTERNAL';
}

function isRefusal(code: string): boolean {
  return Object.entries(errorTable).some(([one, { status }]) => one === code && status < 500);
}
