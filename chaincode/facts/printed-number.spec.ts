import type { FactInput } from '../api.js';
import { exporter, invoice, openLedger, people, record, refuses, usd } from '../testing/story.js';

/** What is stored of a version. */
const stored = (writes: ReadonlyMap<string, string>, id: string, version: number) =>
  JSON.parse(writes.get(`registry/F~${id}~${version}`) ?? '{}') as { content: object };

describe('the number of a document as it is printed', () => {
  const printed = 'Inv 2026-0077';

  async function recorded(number: string) {
    const ledger = await openLedger();
    const { answer, writes } = await ledger.submit('recordFacts', people.tax, {
      facts: [invoice({ number })],
    });
    const [item] = answer.items;
    if (item?.status !== 'recorded') throw new Error('not recorded');
    return { ledger, fact: item.fact, writes };
  }
  const verify = (ledger: Awaited<ReturnType<typeof openLedger>>, number: string, total = '100.00') =>
    ledger.endorse('verifyDocument', people.bankA, {
      document: { type: 'tax-invoice', number },
      particulars: { enterprise: exporter, total: usd(total) },
    });

  it('is kept beside the canonical one, in its version and nowhere else', async () => {
    const { fact, writes } = await recorded(printed);
    expect(fact).toMatchObject({ number: 'INV20260077', printedNumber: printed });
    expect(stored(writes, fact.id, 1).content).toMatchObject({
      number: 'INV20260077',
      printedNumber: printed,
    });
    const places = [...writes].filter(([, value]) => value.includes(printed)).map(([key]) => key);
    expect(places).toEqual([`registry/F~${fact.id}~1`]);
  });

  it('is not stated where it is the canonical one', async () => {
    const { fact, writes } = await recorded('INV20260077');
    expect(fact).not.toHaveProperty('printedNumber');
    expect(stored(writes, fact.id, 1).content).not.toHaveProperty('printedNumber');
  });

  it('is told to who knows the document in any spelling, and to nobody else', async () => {
    const { ledger } = await recorded(printed);
    for (const number of [printed, 'inv20260077', 'ＩＮＶ ２０２６－００７７']) {
      expect((await verify(ledger, number)).answer).toMatchObject({
        result: 'match',
        printedNumber: printed,
      });
    }
    const { answer } = await verify(ledger, printed, '100.01');
    expect(answer.result).toBe('mismatch');
    expect(answer).not.toHaveProperty('printedNumber');
    // Another spelling is no other document.
    await refuses(ledger, 'FACT_EXISTS', () => record(ledger, invoice({ number: 'INV 2026 0077' })));
  });

  it('stays with its document when that is amended', async () => {
    const { ledger, fact } = await recorded(printed);
    const changes: Partial<FactInput> = { total: usd('90.00') };
    const { answer, writes } = await ledger.submit('amendFact', people.tax, {
      id: fact.id,
      changes,
      reason: 'Short delivery.',
    });
    expect(answer).toMatchObject({ version: 2, number: 'INV20260077', printedNumber: printed });
    expect(stored(writes, fact.id, 2).content).toMatchObject({ printedNumber: printed });
  });
});
