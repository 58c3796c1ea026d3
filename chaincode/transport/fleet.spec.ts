import { jest } from '@jest/globals';
import { limits, type FactInput } from '../api.js';
import { dateOf } from '../rules/dates.js';
import type { FakeLedger } from '../testing/fake-ledger.js';
import { day, exporter, openLedger, people, record, refuses, usd } from '../testing/story.js';

const begin = Date.parse('2026-03-01');
/** How often a container of the fleet sails. */
const everyDays = 5;

function bill(voyage: number, container = 'CSQU3054383', more: Partial<FactInput> = {}): FactInput {
  return {
    type: 'bill-of-lading',
    number: `COSU${container.slice(-4)}${voyage}`,
    date: dateOf(begin + voyage * everyDays * day),
    seller: { ...exporter, name: 'Ningbo Harbour Tools' },
    total: usd('1000.00'),
    transport: {
      from: 'Ningbo',
      to: 'Busan',
      loadedOn: dateOf(begin + voyage * everyDays * day),
      containers: [container],
    },
    ...more,
  };
}

async function verified(ledger: FakeLedger, fact: FactInput) {
  const { answer } = await ledger.endorse('verifyDocument', people.bankB, {
    document: { type: fact.type, number: fact.number },
    particulars: { enterprise: exporter, total: fact.total },
  });
  return answer.warnings.map(({ warning }) => warning);
}

describe('a fleet whose containers sail every five days', () => {
  it('has a trade for each voyage where arrivals are recorded, from the same port again and again', async () => {
    const ledger = await openLedger();
    const trades = new Set<string>();
    for (let voyage = 0; voyage < 12; voyage++) {
      const { id, underlying } = await record(ledger, bill(voyage));
      trades.add(underlying);
      await ledger.submit('amendFact', people.carrier, {
        id,
        changes: {
          transport: {
            ...bill(voyage).transport,
            arrivedOn: dateOf(begin + (voyage * everyDays + 4) * day),
          },
        },
        reason: 'Arrived.',
      });
      expect(await verified(ledger, bill(voyage))).not.toContain('same-containers');
    }
    expect(trades.size).toBe(12);
  });

  it('keeps together what travels on from where it arrived, and what is said to be loaded twice', async () => {
    const ledger = await openLedger();
    const arrived = { ...bill(0).transport, arrivedOn: dateOf(begin + 4 * day) };
    const first = await record(ledger, bill(0, undefined, { transport: arrived }));
    const onward = { ...bill(1).transport, from: 'busan ', to: 'Rotterdam' };
    const onwards = await record(ledger, bill(1, undefined, { transport: onward }));
    expect(onwards.underlying).toBe(first.underlying);
    const early = { ...bill(2).transport, loadedOn: dateOf(begin + 3 * day) };
    const twice = await record(ledger, bill(2, undefined, { transport: early }));
    expect(twice.underlying).toBe(first.underlying);
    expect(await verified(ledger, bill(2))).toContain('same-containers');
  });

  it('never keeps its carrier from recording: what finds a trade full has one of its own, and a bank is warned', async () => {
    const ledger = await openLedger();
    const lowered = jest.replaceProperty(limits, 'documentsPerUnderlying', 6 as never);
    const trades: string[] = [];
    for (let voyage = 0; voyage < 8; voyage++) trades.push((await record(ledger, bill(voyage))).underlying);
    expect(new Set(trades.slice(0, 6)).size).toBe(1);
    expect(trades[6]).not.toBe(trades[0]);
    expect(await verified(ledger, bill(6))).toContain('same-containers');
    const { event } = await ledger.endorse('recordFacts', people.carrier, { facts: [bill(9)] });
    expect(event?.alerts.map(({ alert }) => alert)).toContain('same-containers');
    // One that says itself where it belongs cannot be recorded elsewhere, and leaves nothing behind.
    const cites = [{ type: 'bill-of-lading', number: bill(0).number }] as const;
    const citing = bill(10, 'MSKU0011227', { cites: [...cites] });
    await refuses(ledger, 'TOO_MANY_DOCUMENTS', () => record(ledger, citing));
    lowered.restore();
  });
});
