import { setTimeout } from 'node:timers/promises';
import type * as OpenTelemetry from '@opentelemetry/api';
import { readTraceparent } from './traceparent.js';
import { recordWith } from './spans.js';
import type { OpenSpan, Place, Span, SpanFacts, Tracer } from './spans.js';

/** Of the variables that OpenTelemetry itself defines, those by which somebody asks for traces. */
const endpoints = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] as const;
/** A collector that does not answer is told of once in so long. */
const quietMs = 60_000;
/** How long a stop waits for a collector. */
const closeMs = 2_000;
/** W3C's flag of a trace that somebody wants recorded. */
const sampled = 1;

/** Traces that are recorded and sent. */
export interface OpenedTraces {
  /** Sends what has not been sent, and records nothing any more. */
  close(): Promise<void>;
}

/** Whether the environment names a collector. */
export function wantsTraces(env: NodeJS.ProcessEnv = process.env): boolean {
  if (env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true' || env['OTEL_TRACES_EXPORTER'] === 'none')
    return false;
  return endpoints.some((name) => (env[name] ?? '') !== '');
}

/**
 * Records the work of this process, where the environment names a collector, and sends it there as OTLP over HTTP.
 * Nothing of OpenTelemetry is loaded before. A trace is never a reason not to start.
 *
 * @param service What the process is called where `OTEL_SERVICE_NAME` does not say it.
 * @param warn Told why there are no traces.
 */
export async function openTraces(
  service: string,
  warn: (reason: string) => void,
): Promise<OpenedTraces | undefined> {
  if (!wantsTraces()) return undefined;
  try {
    return await open(service, warn);
  } catch (error) {
    const code = (error as { readonly code?: unknown }).code;
    const isMissing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
    warn(
      isMissing
        ? 'Traces are asked for, but the packages of OpenTelemetry are not installed: docs/operators/observe.md.'
        : 'Traces are asked for, but could not be opened.',
    );
    return undefined;
  }
}

async function open(service: string, warn: (reason: string) => void): Promise<OpenedTraces> {
  const [api, sdk, { OTLPTraceExporter }, resources] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  complainRarely(api, warn);
  // What the environment says of the resource counts; host, paths and arguments of the process are nobody's concern.
  const named = resources.resourceFromAttributes({ 'service.name': service });
  const given = resources.detectResources({ detectors: [resources.envDetector] });
  const provider = new sdk.BasicTracerProvider({
    resource: named.merge(given),
    spanProcessors: [new sdk.BatchSpanProcessor(new OTLPTraceExporter())],
  });
  recordWith(new OpenTelemetryTracer(api, provider.getTracer('pledgeonce')));
  return {
    close: async () => {
      recordWith(undefined);
      await Promise.race([provider.shutdown(), setTimeout(closeMs, undefined, { ref: false })]);
    },
  };
}

type Api = typeof OpenTelemetry;

function complainRarely({ diag, DiagLogLevel }: Api, warn: (reason: string) => void): void {
  let isQuiet = false;
  const tell = () => {
    if (isQuiet) return;
    isQuiet = true;
    void setTimeout(quietMs, undefined, { ref: false }).then(() => {
      isQuiet = false;
    });
    warn('Spans could not be sent to the collector.');
  };
  const nothing = () => undefined;
  diag.setLogger(
    { error: tell, warn: nothing, info: nothing, debug: nothing, verbose: nothing },
    { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true },
  );
}

class OpenTelemetryTracer implements Tracer {
  readonly #api: Api;
  readonly #tracer: ReturnType<Api['trace']['getTracer']>;

  constructor(api: Api, tracer: ReturnType<Api['trace']['getTracer']>) {
    this.#api = api;
    this.#tracer = tracer;
  }

  start(name: string, facts: SpanFacts, { under, linked = [], isServer = false }: Place): OpenSpan {
    const { ROOT_CONTEXT: root, SpanKind, trace } = this.#api;
    const parent = under instanceof RecordedSpan ? under.recorded.spanContext() : contextOf(under);
    const span = this.#tracer.startSpan(
      name,
      {
        kind: isServer ? SpanKind.SERVER : SpanKind.INTERNAL,
        attributes: attributesOf(facts),
        links: linked.flatMap((one) =>
          one instanceof RecordedSpan ? [{ context: one.recorded.spanContext() }] : [],
        ),
      },
      parent === undefined ? root : trace.setSpanContext(root, parent),
    );
    return new RecordedSpan(span, this.#api.SpanStatusCode.ERROR);
  }
}

class RecordedSpan implements OpenSpan {
  constructor(
    readonly recorded: OpenTelemetry.Span,
    private readonly failed: OpenTelemetry.SpanStatusCode.ERROR,
  ) {}

  get traceparent(): string | undefined {
    const { traceId, spanId, traceFlags } = this.recorded.spanContext();
    return (traceFlags & sampled) !== 0 ? `00-${traceId}-${spanId}-01` : undefined;
  }

  note(facts: SpanFacts): void {
    this.recorded.setAttributes(attributesOf(facts));
  }

  fail(): void {
    this.recorded.setStatus({ code: this.failed });
  }

  link(other: Span): void {
    if (other instanceof RecordedSpan) this.recorded.addLink({ context: other.recorded.spanContext() });
  }

  end(): void {
    this.recorded.end();
  }
}

function contextOf(under: Span | string | undefined) {
  const text = readTraceparent(under);
  if (text === undefined) return undefined;
  const [, traceId = '', spanId = '', flags = '00'] = text.split('-');
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & sampled, isRemote: true };
}

const names = {
  operation: 'pledgeonce.operation',
  function: 'pledgeonce.function',
  validationCode: 'pledgeonce.validation_code',
  errorCode: 'pledgeonce.error_code',
  status: 'http.response.status_code',
} as const satisfies Record<keyof SpanFacts, string>;

function attributesOf(facts: SpanFacts): OpenTelemetry.Attributes {
  return Object.fromEntries(
    (Object.keys(names) as (keyof SpanFacts)[]).flatMap((fact) => {
      const value = facts[fact];
      return value === undefined ? [] : [[names[fact], value]];
    }),
  );
}
