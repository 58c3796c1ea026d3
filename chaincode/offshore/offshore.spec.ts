import { createHash } from 'node:crypto';
import { canonicalJson } from '../rules/canonical-json.js';
import { asked, bill, check, told } from '../testing/offshore-trade.js';
import { invoice, openLedger, people, record, refuses, usd } from '../testing/story.js';

describe('an offshore check', () => {
  it('finds true papers consistent, and keeps a report that proves itself', async () => {
    const ledger = await openLedger();
    await record(ledger, bill(), people.carrier);
    await record(ledger, invoice());
    const paper = { document: { type: 'tax-invoice' as const, number: 'INV-001' }, total: usd('100') };
    const { id, reportHash, ...report } = await check(ledger, asked({ invoice: paper }));
    expect(report.verdict).toBe('consistent');
    expect(report.dimensions.map(({ verdict }) => verdict)).toEqual([
      'consistent',
      'consistent',
      'consistent',
    ]);
    expect(reportHash).toBe(createHash('sha256').update(canonicalJson(report)).digest('hex'));
    const seen = await ledger.endorse('readOffshoreCheck', people.auditor, { id, owner: 'BankAMSP' });
    expect(seen.answer.reportHash).toBe(reportHash);
    await refuses(ledger, 'CHECK_NOT_FOUND', () => ledger.endorse('readOffshoreCheck', people.bankB, { id }));
  });

  it('is on the ledger before it is read, and tells the public line nothing but that', async () => {
    const ledger = await openLedger();
    await record(ledger, bill(), people.carrier);
    const input = asked();
    const question = await ledger.submit('checkOffshore', people.bankA, input);
    const { id } = question.answer;
    expect(question.answer).toMatchObject({ state: 'asked' });
    await refuses(ledger, 'CHECK_NOT_FOUND', () => ledger.endorse('readOffshoreCheck', people.bankA, { id }));
    const { answer, writes, event } = await ledger.submit('checkOffshore', people.bankA, input);
    expect(Object.keys(answer)).toEqual(['id', 'state', 'at']);
    expect([...writes.keys()].map((key) => key.replace(/[0-9a-f]{64}/, '#')).sort()).toEqual([
      'BankAMSP/OC~#~2',
      'public/check~#',
    ]);
    expect([question.event, event].map((one) => one?.changes)).toEqual([
      [{ kind: 'check', id, state: 'asked', seq: 1 }],
      [{ kind: 'check', id, state: 'checked', seq: 2 }],
    ]);
    const again = await ledger.submit('checkOffshore', people.bankA, input);
    expect([again.answer, again.writes.size]).toEqual([answer, 0]);
    await refuses(ledger, 'IDEMPOTENCY_KEY_REUSED', () =>
      ledger.submit('checkOffshore', people.bankA, { ...input, bills: [told({ to: 'NLRTM' })] }),
    );
  });

  it('tells nothing before it is on the log: what is endorsed first is the same whatever is on record', async () => {
    const ledger = await openLedger();
    await record(ledger, bill(), people.carrier);
    const before = ledger.snapshot();
    const tries = [
      asked(),
      asked({ bills: [told({ containers: ['MSCU9988773'] })] }),
      asked({ bills: [told({ document: { type: 'bill-of-lading', number: 'COSU9999' } })] }),
    ];
    const shapes = [];
    for (const input of tries) {
      const { answer, writes, reads, event } = await ledger.endorse('checkOffshore', people.bankA, input);
      const own = (text: string) => text.replaceAll(answer.id, '#');
      shapes.push(own(JSON.stringify([[...writes.keys()], [...reads], event])));
    }
    expect(new Set(shapes).size).toBe(1);
    expect(ledger.snapshot()).toEqual(before);
  });

  it('tells who is wrong about a paper only where, and nothing of what the record says beyond it', async () => {
    const ledger = await openLedger();
    await record(ledger, bill(), people.carrier);
    const { verdict, dimensions } = await check(
      ledger,
      asked({ bills: [told({ containers: ['MSCU9988773'] })] }),
    );
    expect(verdict).toBe('inconsistent');
    expect(dimensions.map((one) => one.verdict)).toEqual(['consistent', 'inconsistent', 'consistent']);
    expect(JSON.stringify(dimensions)).not.toMatch(/event|CSQU|loaded/);
  });

  it('leaves open what nobody has recorded, and finds a cancelled bill out', async () => {
    const ledger = await openLedger();
    const unknown = await check(ledger, asked());
    expect(unknown).toMatchObject({ verdict: 'not-covered', marked: [] });
    const { id } = await record(ledger, bill(), people.carrier);
    await ledger.submit('cancelFact', people.carrier, { id, reason: 'surrendered' });
    const cancelled = await check(ledger, asked());
    expect(cancelled.dimensions.map(({ verdict }) => verdict)).toEqual(Array(3).fill('inconsistent'));
  });

  it('finds a second bill for the same containers', async () => {
    const ledger = await openLedger();
    await record(ledger, bill(), people.carrier);
    await record(ledger, bill({ number: 'COSU1002' }), people.carrier);
    const { dimensions } = await check(ledger, asked());
    expect(dimensions[1]?.verdict).toBe('inconsistent');
  });

  it('wants a ship or containers, because a number alone could be guessed', async () => {
    const ledger = await openLedger();
    await refuses(ledger, 'WRONG_ORGANISATION', () =>
      ledger.submit('checkOffshore', people.customs, asked()),
    );
    const bare = { ...asked(), bills: [{ document: told().document }] };
    await expect(ledger.submit('checkOffshore', people.bankA, bare)).rejects.toThrow(/which ship/);
  });
});
