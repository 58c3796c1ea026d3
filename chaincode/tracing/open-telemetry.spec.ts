import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LedgerError } from '../errors.js';
import { openTraces } from './open-telemetry.js';
import type { OpenedTraces } from './open-telemetry.js';
import { beginRequest, inSpan, isRecording, presentSpan, traced } from './spans.js';
import { Collector } from './testing/collector.js';

const packageFolder = join(__dirname, '..', '..');
const names = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_SERVICE_NAME', 'OTEL_BSP_SCHEDULE_DELAY'] as const;

/** What of OpenTelemetry's software a process has loaded that has loaded the chaincode. */
async function loadedBy(env: Readonly<Record<string, string>>): Promise<string> {
  const program = `
    require('./dist/index.js');
    setTimeout(() => {
      console.error(JSON.stringify(Object.keys(require.cache).filter((file) => /opentelemetry.(sdk|exporter|otlp|core|resources)/.test(file))));
      process.exit();
    }, ${env['OTEL_EXPORTER_OTLP_ENDPOINT'] === undefined ? 0 : 1_500});`;
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('OTEL_')));
  const { stderr } = await promisify(execFile)(process.execPath, ['-e', program], {
    cwd: packageFolder,
    env: { ...own, ...env },
  });
  // What the contract's library writes while it loads goes to standard output.
  return stderr;
}

describe('traces', () => {
  let collector: Collector;
  let opened: OpenedTraces | undefined;
  const warnings: string[] = [];
  beforeAll(async () => {
    collector = await Collector.start();
    process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = collector.url;
    process.env['OTEL_BSP_SCHEDULE_DELAY'] = '20';
    opened = await openTraces('spec', (reason) => warnings.push(reason));
  });
  afterAll(async () => {
    await opened?.close();
    for (const name of names) Reflect.deleteProperty(process.env, name);
    await collector.stop();
  });

  /** A request that does this, and its trace. */
  const traceOf = async (work: () => Promise<unknown>, count: number, given?: string) => {
    const span = beginRequest('POST /claims', { operation: 'POST /claims' }, given);
    await inSpan(span, work).catch(() => undefined);
    span.end();
    const [, traceId = ''] = span.traceparent?.split('-') ?? [];
    return collector.trace(traceId, ({ length }) => length >= count);
  };

  it('have spans within spans, as the work lies', async () => {
    const spans = await traceOf(
      () =>
        traced('transaction', { function: 'reserveClaims' }, () =>
          traced('commit-wait', {}, (span) => {
            span.note({ validationCode: 'VALID' });
            return Promise.resolve();
          }),
        ),
      3,
    );
    const [request, transaction, wait] = ['POST /claims', 'transaction', 'commit-wait'].map((name) =>
      spans.find((one) => one.name === name),
    );
    expect(request).toMatchObject({ service: 'spec', kind: 2 });
    expect(request?.parentSpanId).toBeUndefined();
    expect(transaction).toMatchObject({
      parentSpanId: request?.spanId,
      attributes: { 'pledgeonce.function': 'reserveClaims' },
    });
    expect(wait).toMatchObject({
      parentSpanId: transaction?.spanId,
      attributes: { 'pledgeonce.validation_code': 'VALID' },
    });
  });

  it('go on with the trace of whoever asks, and leave one alone that nobody wants recorded', async () => {
    const given = `00-${'1f'.repeat(16)}-${'2e'.repeat(8)}`;
    const [span] = await traceOf(() => Promise.resolve(), 1, `${given}-01`);
    expect(span).toMatchObject({ traceId: '1f'.repeat(16), parentSpanId: '2e'.repeat(8) });
    expect(beginRequest('POST /claims', {}, `${given}-00`).traceparent).toBeUndefined();
  });

  it('say of a refusal its code alone, and of a fault that there is one', async () => {
    const refusal = () =>
      traced('endorse', {}, () =>
        Promise.reject(new LedgerError('EXCEEDS_BALANCE', { detail: 'Of INV-2218 12.50 USD are left.' })),
      );
    const fault = () => traced('endorse', {}, () => Promise.reject(new Error('at 10.0.0.1')));
    const [refused, failed] = await Promise.all([traceOf(refusal, 2), traceOf(fault, 2)]);
    const ofEndorse = (spans: typeof refused) => spans.find(({ name }) => name === 'endorse');
    expect(ofEndorse(refused)).toMatchObject({
      attributes: { 'pledgeonce.error_code': 'EXCEEDS_BALANCE' },
      status: { code: 0 },
    });
    expect(ofEndorse(failed)).toMatchObject({
      attributes: { 'pledgeonce.error_code': 'INTERNAL' },
      status: { code: 2 },
    });
    expect(collector.bodies.join()).not.toMatch(/INV-2218|12\.50|10\.0\.0\.1/);
  });

  it('refer from a shared transaction to each request, and back', async () => {
    const first = beginRequest('POST /claims', {}, undefined);
    const second = beginRequest('POST /claims', {}, undefined);
    const traceIds = [first, second].map(({ traceparent = '' }) => traceparent.split('-')[1] ?? '');
    await traced('transaction', {}, () => Promise.resolve(), { under: first, linked: [second] });
    for (const span of [first, second]) span.end();
    const [of, beside] = await Promise.all([
      collector.trace(traceIds[0] ?? '', ({ length }) => length === 2),
      collector.trace(traceIds[1] ?? '', ({ length }) => length === 1),
    ]);
    const transaction = of.find(({ name }) => name === 'transaction');
    expect(transaction?.links).toMatchObject([{ traceId: traceIds[1], spanId: beside[0]?.spanId }]);
    expect(beside[0]?.links).toMatchObject([{ traceId: traceIds[0], spanId: transaction?.spanId }]);
  });

  it('are none of what nobody asked for: work of the program itself stands under no request', async () => {
    const before = collector.spans.length;
    await traced('transaction', {}, (span) => {
      expect([span.traceparent, presentSpan()]).toEqual([undefined, undefined]);
      return Promise.resolve();
    });
    await traceOf(() => Promise.resolve(), 1);
    expect(collector.spans.slice(before).map(({ name }) => name)).toEqual(['POST /claims']);
    expect([isRecording(), warnings]).toEqual([true, []]);
  });

  it('cost whoever has not asked for them nothing: nothing is loaded', async () => {
    expect(await loadedBy({})).toBe('[]\n');
    expect(await loadedBy({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_SDK_DISABLED: 'true' })).toBe(
      '[]\n',
    );
    expect(await loadedBy({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url })).toMatch(/sdk-trace-base/);
  });

  it('need the packages that operators are told to add', () => {
    const { peerDependencies } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
      readonly peerDependencies: Readonly<Record<string, string>>;
    };
    const page = readFileSync(join(packageFolder, '..', 'docs', 'operators', 'observe.md'), 'utf8');
    const told = [...page.matchAll(/(@opentelemetry\/[\w-]+)@([\d.]+)/g)].map(([, name, version]) => [
      name,
      version,
    ]);
    expect(Object.fromEntries(told)).toEqual(peerDependencies);
  });
});
