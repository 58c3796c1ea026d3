import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** How often it is looked whether spans have come. */
const lookMs = 50;

interface Valued {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: number };
}

interface SentSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly attributes: readonly Valued[];
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly status: { readonly code?: number; readonly message?: string };
}

interface SentSpans {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Valued[] };
    readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[];
  }[];
}

/** A span as a collector has it. */
export interface ReceivedSpan extends Omit<SentSpan, 'attributes'> {
  readonly service: string;
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
}

/** A collector of OTLP over HTTP in JSON, as far as whoever sends spans sees it. */
export class Collector {
  readonly spans: ReceivedSpan[] = [];
  /** Every body as it came. */
  readonly bodies: string[] = [];
  readonly #server = createServer((request, response) => {
    void this.#take(request).then(() => {
      response.setHeader('Content-Type', 'application/json').end('{}');
    });
  });

  /** @returns one that listens on this machine. */
  static async start(): Promise<Collector> {
    const collector = new Collector();
    collector.#server.listen(0, '127.0.0.1');
    await once(collector.#server, 'listening');
    return collector;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /**
   * Waits for the spans of a trace.
   *
   * @throws Error with what has come when they are not all there in time.
   */
  async trace(
    traceId: string,
    isWhole: (spans: readonly ReceivedSpan[]) => boolean,
    patienceMs = 20_000,
  ): Promise<readonly ReceivedSpan[]> {
    for (let waitedMs = 0; ; waitedMs += lookMs) {
      const found = this.spans.filter((span) => span.traceId === traceId);
      if (isWhole(found)) return found;
      if (waitedMs > patienceMs) {
        const names = found.map(({ service, name }) => `${service}: ${name}`).join(', ');
        throw new Error(`Of the trace only these spans have come: ${names}`);
      }
      await sleep(lookMs);
    }
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #take(request: IncomingMessage): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts).toString('utf8');
    this.bodies.push(body);
    const { resourceSpans } = JSON.parse(body) as SentSpans;
    for (const { resource, scopeSpans } of resourceSpans) {
      const service = String(valuesOf(resource.attributes)['service.name']);
      for (const span of scopeSpans.flatMap(({ spans }) => spans)) {
        this.spans.push({ ...span, service, attributes: valuesOf(span.attributes) });
      }
    }
  }
}

function valuesOf(attributes: readonly Valued[]): ReceivedSpan['attributes'] {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue)]),
  );
}
