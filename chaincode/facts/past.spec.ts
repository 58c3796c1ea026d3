import type { FakeLedger, Person } from '../testing/fake-ledger.js';
import { day, declaration, invoice, openLedger, people, record, refuses, usd } from '../testing/story.js';

const issuer = { scheme: invoice().seller.scheme, id: invoice().seller.id };
const named = { type: 'tax-invoice' as const, number: 'INV-001', issuer };
const amends = (amount: string, on: string) => ({
  amends: named,
  changes: { total: usd(amount) },
  on,
  reason: 'Corrected.',
});
const cancels = (on: string) => ({ cancels: named, on, reason: 'Never issued.' });

const bring = (ledger: FakeLedger, items: object[], person: Person = people.tax) =>
  ledger.submit('recordFacts', person, { facts: items });

describe('the past of an authority', () => {
  it('is brought with the days as they were, many items at once, each on what the ones before did', async () => {
    const ledger = await openLedger();
    const { answer } = await bring(ledger, [
      { records: invoice() },
      amends('80.00', '2026-03-02'),
      amends('90.00', '2026-03-05'),
      cancels('2026-04-01'),
    ]);
    const views = answer.items.map((item) => (item.status === 'recorded' ? item.fact : undefined));
    expect(views.map((view) => [view?.version, view?.status, view?.total?.amount, view?.changedOn])).toEqual([
      [1, 'active', '100.00', undefined],
      [2, 'amended', '80.00', '2026-03-02'],
      [3, 'amended', '90.00', '2026-03-05'],
      [4, 'cancelled', '90.00', '2026-04-01'],
    ]);
    expect(views.every((view) => view?.date === '2026-03-01')).toBe(true);
  });

  it('changes nothing when it is brought again, also what was cancelled meanwhile', async () => {
    const ledger = await openLedger();
    const items = [
      { records: invoice() },
      amends('80.00', '2026-03-02'),
      amends('90.00', '2026-03-05'),
      cancels('2026-04-01'),
    ];
    await bring(ledger, items);
    const before = ledger.snapshot();
    ledger.now += 1;
    const { answer } = await bring(ledger, items);
    expect(answer.items.map(({ status }) => status)).toEqual(items.map(() => 'recorded'));
    expect(ledger.snapshot()).toEqual(before);
    await bring(ledger, [items[0] ?? {}]);
    expect(ledger.snapshot()).toEqual(before);
  });

  it('is refused where a later change is on record, the day has not come, or the document is another’s', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    await bring(ledger, [{ records: invoice() }, amends('80.00', '2026-03-05')]);
    const refused = (code: Parameters<typeof refuses>[1], item: object, person?: Person) =>
      refuses(ledger, code, () => bring(ledger, [item], person));
    await refused('CHANGED_LATER', amends('70.00', '2026-03-04'));
    await refused('DATE_INVALID', amends('70.00', new Date(ledger.now + 3 * day).toISOString().slice(0, 10)));
    await refused('FACT_NOT_FOUND', { ...cancels('2026-03-09'), cancels: { ...named, number: 'INV-002' } });
    await refused('FIELD_REQUIRED', {
      ...cancels('2026-03-09'),
      cancels: { type: 'tax-invoice', number: 'INV-001' },
    });
    await refused('WRONG_ORGANISATION', cancels('2026-03-09'), people.customs);
    await refused('INPUT_INVALID', { cancels: named, reason: 'Never issued.' });
    await refused('INPUT_INVALID', { ...amends('70.00', '2026-03-09'), changes: { number: 'INV-9' } });
  });

  it('is no way round the second person whom the consortium wants for a change', async () => {
    const ledger = await openLedger();
    await ledger.submit('setPolicy', people.regulatorApprover, { twoPeople: { tax: ['cancellation'] } });
    await bring(ledger, [{ records: invoice() }, amends('80.00', '2026-03-02')]);
    await refuses(ledger, 'FOUR_EYES', () => bring(ledger, [cancels('2026-03-09')]));
  });
});
