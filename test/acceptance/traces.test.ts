import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Collector, type ReceivedSpan } from '@pledgeonce/chaincode/tracing/testing/collector.js';
import { signIn, type Client } from '@pledgeonce/scripts/rest/client.js';
import { textAt } from '@pledgeonce/scripts/rest/json.js';
import { startStack, type Stack } from '@pledgeonce/scripts/stack/stack.js';
import { BlockReader } from './support/block-reader.js';
import { claim, exporter, record, reference, taxInvoice, usd } from './support/documents.js';

/** Out of the way of the consortium that the suite was pointed at, which records no traces. */
const ports = { portBase: 26_600, restBase: 23_600 };
const gateways = ['customs', 'tax', 'regulator', 'bank-a', 'bank-b'];
/** Every attribute that a span may have. */
const allowed = new Set([
  'pledgeonce.operation',
  'pledgeonce.function',
  'pledgeonce.validation_code',
  'pledgeonce.error_code',
  'http.response.status_code',
]);

const traceId = '5c'.repeat(16);
const caller = 'b7'.repeat(8);
const traceparent = `00-${traceId}-${caller}-01`;

describe('the trace of a request', () => {
  const state = mkdtempSync(join(tmpdir(), 'pledgeonce-traces-'));
  const fact = taxInvoice();
  let collector: Collector;
  let stack: Stack | undefined;
  let bank: Client;
  let height: bigint;
  let chain: BlockReader | undefined;
  let spans: readonly ReceivedSpan[];
  let body: ReturnType<typeof claim>;
  let claimId: string;

  beforeAll(async () => {
    collector = await Collector.start();
    process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = collector.url;
    process.env['OTEL_BSP_SCHEDULE_DELAY'] = '100';
    stack = await startStack(
      { on: 'embedded', state, separate: false, gateways, ...ports },
      { steps: false, report: (line) => process.stderr.write(`${line}\n`) },
    );
    const { description } = stack;
    chain = await BlockReader.open(description);
    await record(await signIn(description, 'TaxMSP', 'officer'), fact);
    bank = await signIn(description, 'BankAMSP', 'officer');
    height = await chain.height();
    body = claim(reference(fact), usd('417.31'));
    const answer = await bank.request('POST', '/claims', { body, headers: { traceparent } });
    if (answer.status !== 201) throw new Error(`Not reserved: ${JSON.stringify(answer.body)}`);
    claimId = textAt(answer.body, 'id');
    const names = ['chaincode', 'chaincode', 'peer endorse', 'peer endorse', 'POST /claims'];
    spans = await collector.trace(traceId, (found) =>
      names.every((name) => countOf(found, name) >= names.filter((one) => one === name).length),
    );
  }, 300_000);
  afterAll(async () => {
    for (const name of ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_BSP_SCHEDULE_DELAY'])
      Reflect.deleteProperty(process.env, name);
    chain?.close();
    await stack?.stop();
    await collector.stop();
    rmSync(state, { recursive: true, force: true });
  }, 120_000);

  it('goes from the caller through gateway and endorsers to the function of the contract', () => {
    const root = spans.find(({ name }) => name === 'POST /claims');
    expect(root).toMatchObject({ parentSpanId: caller, service: 'pledgeonce-gateway', kind: 2 });
    expect(root?.attributes).toEqual({
      'pledgeonce.operation': 'POST /claims',
      'http.response.status_code': 201,
    });
    expect(treeFrom(spans, root)).toEqual([
      'gateway: POST /claims',
      '  gateway: place reserveClaims',
      '    gateway: transaction reserveClaims',
      '      gateway: commit-wait VALID',
      '      gateway: endorse',
      '        chaincode: chaincode reserveClaims',
      '        chaincode: chaincode reserveClaims',
      '        gateway: sign',
      '        network: peer endorse',
      '        network: peer endorse',
      '      gateway: submit',
      '        gateway: sign',
    ]);
  });

  it('says of what kind the work was, and of nobody and nothing what it was about', async () => {
    // A query and a refusal too, whose sentences would say more.
    const other = '6d'.repeat(16);
    const refused = await bank.request('POST', '/claims', {
      body: claim(reference(fact), usd('99999.99')),
      headers: { traceparent: `00-${other}-${caller}-01` },
    });
    const isWhole = (found: readonly ReceivedSpan[]) => countOf(found, 'POST /claims') === 1;
    const root = (await collector.trace(other, isWhole)).find(({ name }) => name === 'POST /claims');
    expect(root?.attributes['pledgeonce.error_code']).toBe(refused.body['code']);
    const attributes = collector.spans.flatMap((span) => Object.keys(span.attributes));
    expect(attributes.length).toBeGreaterThan(20);
    expect(attributes.filter((name) => !allowed.has(name))).toEqual([]);
    expect(collector.spans.filter(({ status }) => (status.message ?? '') !== '')).toEqual([]);
    const sent = collector.bodies.join('\n');
    const secrets = [
      fact.number,
      exporter.id,
      fact.seller.id,
      body.applicationNumber,
      claimId,
      '417.31',
      '99999.99',
    ];
    expect([...secrets, 'officer', 'BankA', 'CustomsMSP'].filter((secret) => sent.includes(secret))).toEqual(
      [],
    );
  });

  it('leaves nothing in a block', async () => {
    const blocks = await chain?.blocks(height);
    expect(blocks?.length).toBeGreaterThan(0);
    const marks = [traceId, caller, 'traceparent'].flatMap((mark) => [
      Buffer.from(mark),
      ...(/^[0-9a-f]+$/.test(mark) ? [Buffer.from(mark, 'hex')] : []),
    ]);
    const found = blocks?.map((block) => marks.some((mark) => Buffer.from(block).includes(mark)));
    expect(found?.every((isFound) => !isFound)).toBe(true);
  });
});

function countOf(spans: readonly ReceivedSpan[], wanted: string): number {
  return spans.filter(({ name }) => name === wanted).length;
}

/** The spans below one, each line further in than its parent's; siblings by name. */
function treeFrom(spans: readonly ReceivedSpan[], from: ReceivedSpan | undefined, depth = 0): string[] {
  if (from === undefined) return [];
  const { attributes, service, name } = from;
  const said = [attributes['pledgeonce.function'], attributes['pledgeonce.validation_code']];
  const words = [
    `${service.replace('pledgeonce-', '')}: ${name}`,
    ...said.filter((one) => one !== undefined),
  ];
  const below = spans.filter(({ parentSpanId }) => parentSpanId === from.spanId);
  return [
    `${'  '.repeat(depth)}${words.join(' ')}`,
    ...below
      .toSorted((a, b) => (`${a.service}${a.name}` < `${b.service}${b.name}` ? -1 : 1))
      .flatMap((one) => treeFrom(spans, one, depth + 1)),
  ];
}
