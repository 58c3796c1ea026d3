import { randomUUID } from 'node:crypto';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader } from './support/block-reader.js';
import { consortium, customsOfficer } from './support/consortium.js';
import { declaration, usd } from './support/documents.js';
import { writesSince } from './support/nothing-written.js';

/** Issue 19, point 6: an authority brings its past in any order, resumable, with the days as they were. */
describe('an authority’s past', () => {
  let reader: BlockReader;
  beforeAll(async () => {
    reader = await BlockReader.open(consortium());
  });
  afterAll(() => {
    reader.close();
  });

  async function bring(items: readonly object[], key: string = randomUUID()) {
    const customs = await customsOfficer();
    const response = await customs.fetch('POST', '/facts/import?past=true', {
      body: items.map((item) => JSON.stringify(item)).join('\n'),
      idempotencyKey: key,
      headers: { 'content-type': 'application/x-ndjson' },
    });
    expect(response.status).toBe(200);
    const lines = (await response.text()).split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  }
  /** The last word on each item. */
  function last(verdicts: Awaited<ReturnType<typeof bring>>): unknown[] {
    const found = new Map(
      verdicts.map((one) => [one['index'], one['status'] === 'refused' ? one['code'] : one['status']]),
    );
    return [...found].sort(([one], [other]) => Number(one) - Number(other)).map(([, word]) => word);
  }

  it('comes in any order: changes wait for their document, and the days decide', async () => {
    const [one, other] = [declaration(), declaration()];
    const amends = ({ number }: typeof one, amount: string, on: string) => ({
      amends: { type: 'customs-declaration', number },
      changes: { total: usd(amount) },
      on,
      reason: 'Weighed again.',
    });
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const items = [
      amends(one, '700.00', yesterday),
      {
        cancels: { type: 'customs-declaration', number: other.number },
        on: yesterday,
        reason: 'Not shipped.',
      },
      amends(one, '800.00', '2026-01-05'),
      one,
      amends(other, '900.00', '2026-01-05'),
      other,
      amends(declaration(), '1.00', '2026-01-05'),
    ];
    const key = randomUUID();
    const verdicts = await bring(items, key);
    expect(verdicts.filter(({ status }) => status === 'waiting')).toHaveLength(5);
    const words = ['amended', 'cancelled', 'amended', 'recorded', 'amended', 'recorded', 'FACT_NOT_FOUND'];
    expect(last(verdicts)).toEqual(words);

    const customs = await customsOfficer();
    const id = textAt(verdicts.find(({ index }) => index === 3) ?? {}, 'id');
    const { body } = await customs.get(`/facts/${id}`);
    expect(body).toMatchObject({ version: 3, total: usd('700.00'), changedOn: yesterday, date: one.date });
    const history = await customs.get(`/facts/${id}/history`);
    const days = listAt(history.body, 'versions').map(
      (version) => (JSON.parse(String(version['stored'])) as { changedOn?: string }).changedOn,
    );
    expect(days).toEqual([undefined, '2026-01-05', yesterday]);
    const cancelled = textAt(verdicts.find(({ index }) => index === 5) ?? {}, 'id');
    expect(at((await customs.get(`/facts/${cancelled}`)).body, 'status')).toBe('cancelled');

    // Sent again, under its key or another: the same outcome, and nothing new on the ledger.
    for (const again of [key, randomUUID()]) {
      const before = await reader.height();
      expect(last(await bring(items, again))).toEqual(words);
      expect(at((await customs.get(`/facts/${cancelled}`)).body, 'status')).toBe('cancelled');
      expect(at((await customs.get(`/facts/${id}`)).body, 'version')).toBe(3);
      expect(await writesSince(reader, before)).toBe(0);
    }
  });

  it('refuses a change of the past without saying so', async () => {
    const customs = await customsOfficer();
    const item = {
      cancels: { type: 'customs-declaration', number: declaration().number },
      on: '2026-01-05',
      reason: 'No.',
    };
    const response = await customs.fetch('POST', '/facts/import', {
      body: JSON.stringify(item),
      headers: { 'content-type': 'application/x-ndjson' },
    });
    const verdict = JSON.parse(await response.text()) as Readonly<Record<string, unknown>>;
    expect([verdict['status'], verdict['code']]).toEqual(['refused', 'INPUT_INVALID']);
  });
});
