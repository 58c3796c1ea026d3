import type { FactInput } from '../api.js';
import type { FakeLedger } from '../testing/fake-ledger.js';
import {
  claim,
  declaration,
  exporter,
  invoice,
  openLedger,
  people,
  record,
  refuses,
  remainingOf,
  reserve,
  usd,
} from '../testing/story.js';

const forwarder = { scheme: 'LEGAL', id: 'CORRIDORFREIGHT' } as const;
const boxes = ['CSQU3054383', 'MSCU9988773'];

const bill = (more: Partial<FactInput> = {}, transport: FactInput['transport'] = {}): FactInput => ({
  type: 'bill-of-lading',
  number: 'COSU1001',
  date: '2026-03-01',
  seller: forwarder,
  total: usd('1000.00'),
  transport: { shipper: exporter, containers: boxes, loadedOn: '2026-03-01', ...transport },
  ...more,
});
const waybill = (more: Partial<FactInput> = {}, transport: FactInput['transport'] = {}): FactInput => ({
  ...bill({ type: 'rail-waybill', number: 'RW-7', ...more }, transport),
});

const record1 = (ledger: FakeLedger, fact: FactInput) =>
  ledger.submit('recordFacts', people.carrier, { facts: [fact] });
const reference = ({ type, number }: FactInput) => ({ type, number });
const freight = (ledger: FakeLedger, fact: FactInput, amount: string) =>
  claim(ledger, amount, {
    enterprise: forwarder,
    lines: [{ document: reference(fact), amount: usd(amount) }],
  });

describe('the same containers under two documents', () => {
  it('are the same goods: freight is pledged once, and everybody concerned is alerted', async () => {
    const ledger = await openLedger();
    const first = await record(ledger, waybill(), people.carrier);
    const held = await reserve(ledger, freight(ledger, waybill(), '700.00'));
    const { event, answer } = await record1(ledger, bill({}, { containers: ['csqu 305438-3'] }));
    const [item] = answer.items;
    const second = item?.status === 'recorded' ? item.fact.id : '';
    expect(event?.alerts).toEqual([
      { alert: 'same-containers', claims: [held.id], facts: [second, first.id] },
    ]);
    expect(await remainingOf(ledger, bill())).toBe('300.00');
    await refuses(ledger, 'EXCEEDS_BALANCE', () =>
      reserve(ledger, freight(ledger, bill(), '300.01'), people.bankB),
    );
  });

  it('state their freight once when both are bills, until the carrier says how they belong together', async () => {
    const ledger = await openLedger();
    const other = bill({ number: 'COSU1002', total: usd('900.00') });
    const first = await record(ledger, bill(), people.carrier);
    const second = await record(ledger, other, people.carrier);
    await reserve(ledger, freight(ledger, bill(), '800.00'));
    expect(await remainingOf(ledger, other)).toBe('200.00');
    // Two part loads of one master bill: a person has looked, and the carrier says so on both.
    const cites: FactInput['cites'] = [{ type: 'bill-of-lading', number: 'COSU1000' }];
    for (const { id } of [second, first]) {
      const { event } = await ledger.submit('amendFact', people.carrier, {
        id,
        changes: { cites },
        reason: 'part load',
      });
      expect(event?.alerts).toEqual([]);
    }
    expect(await remainingOf(ledger, other)).toBe('900.00');
  });

  it('warn the bank that verifies one of them, and alert once', async () => {
    const ledger = await openLedger();
    const { id } = await record(ledger, bill(), people.carrier);
    await record(ledger, waybill(), people.carrier);
    const { answer } = await ledger.endorse('verifyDocument', people.bankA, {
      document: reference(bill()),
      particulars: { enterprise: forwarder, total: usd('1000.00') },
    });
    expect(answer.warnings).toEqual([{ warning: 'same-containers' }]);
    const events = [{ event: 'loaded', at: '2026-03-01T08:00:00Z' }];
    const { transport } = bill();
    const amended = await ledger.submit('amendFact', people.carrier, {
      id,
      changes: { transport: { ...transport, events } },
      reason: 'event',
    });
    expect(amended.event?.alerts).toEqual([]);
    expect([...amended.writes.keys()].filter((key) => key.includes('/B~'))).toEqual([]);
  });

  it('raise no alert where one document cites the other', async () => {
    const ledger = await openLedger();
    await record(ledger, waybill(), people.carrier);
    const cites: FactInput['cites'] = [{ type: 'rail-waybill', number: 'rw 7' }];
    const { event } = await record1(ledger, bill({ cites }));
    expect(event?.alerts).toEqual([]);
    await reserve(ledger, freight(ledger, waybill(), '700.00'));
    expect(await remainingOf(ledger, bill())).toBe('300.00');
  });

  it('on a later voyage are another trade', async () => {
    const ledger = await openLedger();
    await record(ledger, bill({}, { arrivedOn: '2026-03-20' }), people.carrier);
    const later = bill({ number: 'COSU2001', total: usd('999.00') }, { loadedOn: '2026-05-02' });
    const { event } = await record1(ledger, later);
    expect(event?.alerts).toEqual([]);
    await reserve(ledger, freight(ledger, bill(), '1000.00'));
    expect(await remainingOf(ledger, later)).toBe('999.00');
  });

  it('are forgotten where an amendment moves the goods to others', async () => {
    const ledger = await openLedger();
    const { id } = await record(ledger, bill(), people.carrier);
    const transport = { ...bill().transport, containers: ['TLLU1234566'] };
    await ledger.submit('amendFact', people.carrier, { id, changes: { transport }, reason: 'restuffed' });
    const { event } = await record1(ledger, waybill({ total: usd('777.00') }));
    expect(event?.alerts).toEqual([]);
  });
});

describe('a bill that is cancelled while it is pledged', () => {
  const again = bill({ number: 'COSU1002' });

  it('hands its claims to the bill that replaces it, and the bank is told', async () => {
    const ledger = await openLedger();
    const first = await record(ledger, bill(), people.carrier);
    const { id } = await reserve(ledger, freight(ledger, bill(), '700.00'));
    await ledger.submit('cancelFact', people.carrier, { id: first.id, reason: 'misprinted' });
    const { event, answer } = await record1(ledger, again);
    const [item] = answer.items;
    const second = item?.status === 'recorded' ? item.fact.id : '';
    expect(event?.alerts).toEqual([
      { alert: 'same-containers', claims: [id], facts: [second, first.id] },
      { alert: 'overdrawn-cleared', claims: [id] },
    ]);
    await refuses(ledger, 'EXCEEDS_BALANCE', () =>
      reserve(ledger, freight(ledger, again, '300.01'), people.bankB),
    );
    const withdrawal = { id, idempotencyKey: 'withdraw-1', reason: 'moved to the new bill' };
    await ledger.submit('withdrawClaim', people.bankA, withdrawal);
    await reserve(ledger, freight(ledger, again, '1000.00'));
    await refuses(ledger, 'EXCEEDS_BALANCE', () =>
      reserve(ledger, freight(ledger, again, '0.01'), people.bankB),
    );
  });

  it('is replaced by a waybill of the same containers, too', async () => {
    const ledger = await openLedger();
    const { id } = await record(ledger, bill(), people.carrier);
    await reserve(ledger, freight(ledger, bill(), '700.00'));
    await ledger.submit('cancelFact', people.carrier, { id, reason: 'goes by train' });
    await record(ledger, waybill(), people.carrier);
    await refuses(ledger, 'UNDERLYING_OVERDRAWN', () =>
      reserve(ledger, freight(ledger, waybill(), '1.00'), people.bankB),
    );
  });

  it('holds back nothing where nobody has drawn on it', async () => {
    const ledger = await openLedger();
    const { id } = await record(ledger, bill(), people.carrier);
    await ledger.submit('cancelFact', people.carrier, { id, reason: 'misprinted' });
    const reissued = { ...again, total: usd('777.00') };
    const { event } = await record1(ledger, reissued);
    expect(event?.alerts).toEqual([]);
    expect(await remainingOf(ledger, reissued)).toBe('777.00');
  });
});

describe('house bills and their master', () => {
  it('are the same goods: a claim on one limits the other', async () => {
    const ledger = await openLedger();
    const cites: FactInput['cites'] = [{ type: 'bill-of-lading', number: 'COSU1001' }];
    const houses = [
      bill({ number: 'H-1', total: usd('600.00'), cites }),
      bill({ number: 'H-2', total: usd('600.00'), cites }),
    ] as const;
    const { event } = await ledger.submit('recordFacts', people.carrier, { facts: [...houses, bill()] });
    expect(event?.alerts).toEqual([]);
    await reserve(ledger, freight(ledger, houses[0], '600.00'));
    expect(await remainingOf(ledger, bill())).toBe('400.00');
    expect(await remainingOf(ledger, houses[1])).toBe('400.00');
    await reserve(ledger, freight(ledger, bill(), '400.00'), people.bankB);
    await refuses(ledger, 'EXCEEDS_BALANCE', () => reserve(ledger, freight(ledger, houses[1], '0.01')));
  });
});

describe('a bill of lading', () => {
  it('has the carrier’s code in its number, printed or not', async () => {
    const ledger = await openLedger();
    const printed = bill({ number: '1001' }, { carrierCode: 'COSU' });
    expect((await record(ledger, printed, people.carrier)).number).toBe('COSU1001');
    await refuses(ledger, 'FACT_EXISTS', () => record(ledger, bill(), people.carrier));
    await record(ledger, bill({ number: '1001' }, { carrierCode: 'MAEU' }), people.carrier);
  });

  it('joins the papers of the shipper, whose goods it carries, beside the forwarder’s freight', async () => {
    const ledger = await openLedger();
    const cites: FactInput['cites'] = [{ type: 'bill-of-lading', number: 'COSU1001' }];
    const own = invoice({ type: 'commercial-invoice', cites, total: usd('80.00') });
    await record(ledger, own, people.exporter);
    await record(ledger, declaration({ cites }));
    await record(ledger, bill(), people.carrier);
    await reserve(ledger, claim(ledger, '80.00'));
    expect(await remainingOf(ledger, own)).toBe('0.00');
    expect(await remainingOf(ledger, bill())).toBe('1000.00');
  });
});
