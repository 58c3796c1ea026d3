import { readFileSync } from 'node:fs';
import type { FactView } from '@pledgeonce/chaincode/api.js';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import request from 'supertest';
import { OutcomeUnknownError } from '../ledger/errors.js';
import { zipOf } from '../documents/testing/zip.js';
import { apiUnderTest } from './testing/api-under-test.js';
import type { ApiUnderTest } from './testing/api-under-test.js';

const sample = (name: string) => readFileSync(new URL(`../../documents/samples/${name}`, import.meta.url));

describe('POST /api/v1/facts/import', () => {
  let api: ApiUnderTest;
  let officer: string;
  /** What reached the ledger. */
  const placed: string[] = [];

  beforeAll(async () => {
    api = await apiUnderTest('CustomsMSP', {
      facts: {
        place: (_lane, _signatory, input) => {
          const { number } = input as { number: string };
          placed.push(number);
          if (number === 'unknown') return Promise.reject(new OutcomeUnknownError('f'.repeat(64), {}));
          return number === 'twice'
            ? Promise.reject(new LedgerError('FACT_EXISTS', { field: 'number' }))
            : Promise.resolve({ view: { id: number } as FactView, transactionId: 'tx' });
        },
      },
    });
    officer = await api.signIn('officer');
  });

  afterAll(() => api.close());

  let keys = 0;
  const send = (type: string, body: string, key?: string) => sendBytes(type, body, key);

  async function sendBytes(type: string, body: string | Buffer, key = `import-${keys++}`) {
    const response = await request(api.app)
      .post('/api/v1/facts/import')
      .set({ Authorization: officer, 'Idempotency-Key': key.padEnd(8, '-'), 'Content-Type': type })
      .buffer(true)
      .parse((incoming, done) => {
        let text = '';
        incoming.on('data', (chunk: Buffer) => (text += chunk.toString()));
        incoming.on('end', () => {
          done(null, text);
        });
      })
      .send(body);
    const lines = String(response.body)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as unknown);
    return { status: response.status, lines };
  }

  it('gives each line its own verdict, in order', async () => {
    const { status, lines } = await send(
      'application/x-ndjson',
      '{"number":"a"}\n{"number":"twice"}\n\n{oops\n{"number":"b"}',
    );
    expect(status).toBe(200);
    expect(lines).toMatchObject([
      { index: 0, status: 'recorded', id: 'a', transactionId: 'tx' },
      { index: 1, status: 'refused', code: 'FACT_EXISTS', field: 'number' },
      { index: 2, status: 'refused', code: 'MALFORMED_JSON' },
      { index: 3, status: 'recorded', id: 'b' },
    ]);
  });

  it('keeps the order over more items than may be under way', async () => {
    const numbers = Array.from({ length: 1_000 }, (_, index) => `n${index}`);
    const { lines } = await send(
      'application/x-ndjson',
      numbers.map((number) => JSON.stringify({ number })).join('\n'),
    );
    expect(lines.map((line) => (line as { id: string }).id)).toEqual(numbers);
  });

  it('tells under the same key what became of each item, and goes on behind them', async () => {
    const lines = ['{"number":"first"}', '{"number":"twice"}'];
    const first = await send('application/x-ndjson', lines.join('\n'), 'cut-short');
    const placedBefore = placed.length;
    const second = await send(
      'application/x-ndjson',
      [...lines, '{"number":"third"}'].join('\n'),
      'cut-short',
    );
    expect(second.lines.slice(0, 2)).toEqual(first.lines);
    expect(second.lines[2]).toMatchObject({ index: 2, status: 'recorded', id: 'third' });
    expect(placed.slice(placedBefore)).toEqual(['third']);
    const other = await send('application/x-ndjson', '{"number":"another"}', 'cut-short');
    expect(other.lines).toMatchObject([{ status: 'refused', code: 'IDEMPOTENCY_KEY_REUSED' }]);
    expect(placed).not.toContain('another');
  });

  it('records the neighbours of a line that lies too deep', async () => {
    const deep = `{"number":"deep","details":${'['.repeat(5_000)}${']'.repeat(5_000)}}`;
    const expected = [
      { status: 'recorded' },
      { status: 'refused', code: 'MALFORMED_JSON' },
      { status: 'recorded' },
    ];
    const around = (separator: string) => ['{"number":"before"}', deep, '{"number":"after"}'].join(separator);
    api.limits.importItemBytes = 100_000;
    expect((await send('application/x-ndjson', around('\n'))).lines).toMatchObject(expected);
    expect((await send('application/json', `[${around(',')}]`)).lines).toMatchObject(expected);
    api.limits.importItemBytes = 20_000;
    expect(placed).not.toContain('deep');
  });

  it('calls an open outcome open, never refused', async () => {
    const { lines } = await send('application/x-ndjson', '{"number":"unknown"}');
    expect(lines).toEqual([{ index: 0, status: 'pending', transactionId: 'f'.repeat(64) }]);
    const operation = await request(api.app)
      .get(`/api/v1/operations/${'f'.repeat(64)}`)
      .set('Authorization', officer);
    expect(operation.body).toMatchObject({ status: 'pending' });
  });

  it('takes an array, and refuses what is none', async () => {
    expect((await send('application/json', '[{"number":"a"}]')).lines).toMatchObject([
      { status: 'recorded' },
    ]);
    expect(await send('application/json', '{"number":"a"}')).toMatchObject({
      status: 400,
      lines: [{ code: 'INPUT_INVALID' }],
    });
  });

  it('refuses a line that is too long where it comes, and keeps the verdicts before it', async () => {
    const { lines } = await send('application/x-ndjson', `{"number":"a"}\n{"number":"${'x'.repeat(30_000)}`);
    expect(lines).toMatchObject([
      { index: 0, status: 'recorded' },
      { index: 1, status: 'refused', code: 'BODY_TOO_LARGE' },
    ]);
  });

  it('tells where a row stands and what was left out of a document that is recorded', async () => {
    const heading = 'type,number,date,seller.scheme,seller.id,total.amount,total.currency';
    const row = (number: string, day: string) => `tax-invoice,${number},${day},VAT,DE987654321,10.00,EUR`;
    const table = [heading, row('a', '2026/03/02'), row('b "x"', '2026-03-02'), row('twice', '2026-03-02')];
    expect((await send('text/csv', table.join('\n'))).lines).toMatchObject([
      { index: 0, status: 'recorded', id: 'a', line: 2 },
      { index: 1, status: 'refused', code: 'INPUT_INVALID', line: 3 },
      { index: 2, status: 'refused', code: 'FACT_EXISTS', line: 4 },
    ]);
    const invoice = sample('invoice.ubl.xml').toString().replace('2026-06-01', 'in June');
    expect((await send('application/xml', invoice)).lines).toMatchObject([
      {
        status: 'recorded',
        warnings: expect.arrayContaining([
          { warning: 'left-out', field: 'DueDate', detail: expect.stringContaining('in June') as unknown },
        ]) as unknown,
      },
    ]);
  });

  it('records a declaration with the answers of customs, as an archive and as a form', async () => {
    const files = ['declaration.wco.xml', 'customs-answer.wco.xml'].map((name) => ({
      name,
      content: sample(name),
    }));
    const recorded = [
      { index: 0, status: 'recorded', id: '26GB1K2M3N4P5Q6RA1', file: 'declaration.wco.xml' },
    ];
    expect((await sendBytes('application/zip', zipOf(files))).lines).toMatchObject(recorded);
    const form = new FormData();
    for (const { name, content } of files) form.append('papers', new Blob([new Uint8Array(content)]), name);
    const encoded = new Response(form);
    const type = encoded.headers.get('content-type') ?? '';
    const body = Buffer.from(await encoded.arrayBuffer());
    expect((await sendBytes(type, body)).lines).toMatchObject(recorded);
  });

  it('says that a declaration waits for its answer, and an answer for its declaration', async () => {
    expect((await send('application/xml', sample('declaration.wco.xml').toString())).lines).toMatchObject([
      { status: 'refused', code: 'NUMBER_INVALID' },
    ]);
    expect((await send('application/xml', sample('customs-answer.wco.xml').toString())).lines).toMatchObject([
      {
        status: 'refused',
        code: 'INPUT_INVALID',
        detail: expect.stringContaining('with the declaration') as unknown,
      },
    ]);
    const alone = zipOf([{ name: 'a.xml', content: sample('customs-answer.wco.xml') }]);
    expect((await sendBytes('application/zip', alone)).lines).toMatchObject([
      { status: 'refused', code: 'INPUT_INVALID', file: 'a.xml' },
    ]);
  });

  it('reads the other files of an archive where one cannot be read', async () => {
    const files = [
      { name: 'a.xml', content: '<oops' },
      { name: 'b.xml', content: sample('invoice.cii.xml') },
      { name: 'note.txt', content: 'not read' },
    ];
    expect((await sendBytes('application/zip', zipOf(files))).lines).toMatchObject([
      { index: 0, status: 'refused', code: 'INPUT_INVALID', file: 'a.xml' },
      { index: 1, status: 'recorded', file: 'b.xml' },
    ]);
    expect(await sendBytes('application/zip', zipOf([{ name: 'note.txt', content: 'x' }]))).toMatchObject({
      status: 400,
      lines: [{ code: 'INPUT_MISSING' }],
    });
    expect(await sendBytes('application/zip', Buffer.from('PK'))).toMatchObject({ status: 400 });
    expect(await sendBytes('multipart/form-data; boundary=x', Buffer.from('hello'))).toMatchObject({
      status: 400,
    });
  });

  it('refuses a line that is not UTF-8 instead of recording what nobody wrote', async () => {
    const body = Buffer.concat([
      Buffer.from('{"number":"M\u00fc"}', 'latin1'),
      Buffer.from('\n{"number":"b"}'),
    ]);
    expect((await sendBytes('application/x-ndjson', body)).lines).toMatchObject([
      { index: 0, status: 'refused', code: 'MALFORMED_JSON' },
      { index: 1, status: 'recorded', id: 'b' },
    ]);
  });

  it('does not take a format that it cannot read', async () => {
    expect(await send('image/png', 'PNG')).toMatchObject({ status: 415 });
  });
});
