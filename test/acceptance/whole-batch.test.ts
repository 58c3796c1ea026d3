import { listAt, at } from '@pledgeonce/scripts/rest/json.js';
import { freshNumber, paper, withCases } from './support/cases.js';
import { sendImport } from './support/import.js';
import { bank, consortium, customsOfficer } from './support/consortium.js';
import { BlockReader } from './support/block-reader.js';
import { claim, declaration, reference, usd } from './support/documents.js';

/** Each line that is refused is looked for by itself: on a busy machine that takes a while. */
const patienceMs = 300_000;

describe('a batch of which every item is refused', () => {
  it(
    'is answered with every verdict, and orders nothing',
    async () => {
      const reader = await BlockReader.open(consortium());
      try {
        const { officer } = await bank('A');
        // Together far more than fits into an error of gRPC.
        const claims = Array.from({ length: 100 }, () => {
          const one = claim(reference(declaration()), usd('3.00'));
          const lines = Array.from({ length: 3 }, () => ({
            document: reference(declaration()),
            amount: usd('1.00'),
          }));
          return { ...one, lines };
        });
        const before = await reader.height();
        const { status, body } = await officer.post('/claims/batch', { claims });
        expect(status).toBe(200);
        const items = listAt(body, 'items');
        expect(items.map(({ index, status: verdict }) => [index, verdict])).toEqual(
          claims.map((_, index) => [index, 'refused']),
        );
        expect(new Set(items.map((item) => at(item, 'problem.code')))).toEqual(new Set(['NOT_VERIFIED']));
        expect(await reader.height()).toBe(before);
      } finally {
        reader.close();
      }
    },
    patienceMs,
  );

  it(
    'is answered though each of its claims has as many lines as there may be',
    async () => {
      const { officer } = await bank('A');
      const claims = Array.from({ length: 100 }, () => ({
        ...claim(reference(declaration()), usd('50.00')),
        lines: Array.from({ length: 50 }, () => ({
          document: reference(declaration()),
          amount: usd('1.00'),
        })),
      }));
      const { status, body } = await officer.post('/claims/batch', { claims });
      expect(status).toBe(200);
      const items = listAt(body, 'items');
      expect(items.map((item) => at(item, 'problem.code'))).toEqual(claims.map(() => 'NOT_VERIFIED'));
      expect(items.every((item) => listAt(item, 'problem.lines').length === 50)).toBe(true);
    },
    patienceMs,
  );

  it('and a single claim with as many failing lines says so too', async () => {
    const { officer } = await bank('A');
    const lines = Array.from({ length: 3 }, () => ({
      document: reference(declaration()),
      amount: usd('1.00'),
    }));
    const { status, body } = await officer.post('/claims', {
      ...claim(reference(declaration()), usd('3.00')),
      lines,
    });
    expect([status, at(body, 'code')]).toEqual([409, 'NOT_VERIFIED']);
    expect(listAt(body, 'lines')).toHaveLength(3);
  });

  it('documents too', async () => {
    const customs = await customsOfficer();
    const bad = Array.from({ length: 100 }, () => JSON.stringify(declaration({ total: usd('-1.00') })));
    const response = await customs.fetch('POST', '/facts/import', {
      body: bad.join('\n'),
      headers: { 'content-type': 'application/x-ndjson' },
    });
    const verdicts = (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(verdicts.map((one) => at(one, 'code'))).toEqual(bad.map(() => 'AMOUNT_NOT_POSITIVE'));
  });
});

withCases('the batches that were not answered (skipped unless ../shared/cases exists)', () => {
  it('F01: an import of eighty items of which nobody knows what they are', async () => {
    const body = paper('F01-import-80-unknown-items.json', 'no number', 'no number');
    const verdicts = await sendImport(await customsOfficer(), body, 'application/json');
    expect(verdicts).toHaveLength(80);
    expect(new Set(verdicts.map(({ status, code }) => `${String(status)} ${String(code)}`))).toEqual(
      new Set(['refused INPUT_INVALID']),
    );
  });

  it(
    'F01c: a hundred claims on three documents each that nobody has recorded',
    async () => {
      const { officer } = await bank('A');
      const body = JSON.parse(
        paper('F01c-claims-batch-100x3-unknown-documents.json', 'no number', 'no number').toString(),
      ) as { claims: Record<string, unknown>[] };
      const dueDate = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
      // The file's own application numbers are the same for everybody who posts it to this bank.
      const claims = body.claims.map((one) => ({ ...one, applicationNumber: freshNumber(), dueDate }));
      const answer = await officer.post('/claims/batch', { claims });
      expect(answer.status).toBe(200);
      const items = listAt(answer.body, 'items');
      expect(items).toHaveLength(100);
      expect(new Set(items.map((item) => at(item, 'problem.code')))).toEqual(new Set(['NOT_VERIFIED']));
    },
    patienceMs,
  );
});
