import { jest } from '@jest/globals';
import { limits } from '../api.js';
import type { FactInput } from '../api.js';
import type { FakeLedger } from '../testing/fake-ledger.js';
import {
  claim,
  declaration,
  disburse,
  invoice,
  openLedger,
  people,
  record,
  refuses,
  remainingOf,
  usd,
} from '../testing/story.js';

const cites: FactInput['cites'] = [{ type: 'customs-declaration', number: declaration().number }];
const own = (number: string, more: Partial<FactInput> = {}) =>
  invoice({ type: 'commercial-invoice', number, cites, ...more });

const alertsOf = (event: Awaited<ReturnType<FakeLedger['submit']>>['event']) =>
  (event?.alerts ?? []).map(({ alert }) => alert);

describe('papers that a seller records itself', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('fill a trade up to their own bound, and keep customs and tax from nothing', async () => {
    jest.replaceProperty(limits, 'ownDocumentsPerUnderlying', 3 as never);
    const ledger = await openLedger();
    const { id } = await record(ledger, declaration());
    for (const number of ['OWN-1', 'OWN-2', 'OWN-3']) await record(ledger, own(number));
    await refuses(ledger, 'TOO_MANY_DOCUMENTS', () => record(ledger, own('OWN-4')));
    const loan = await disburse(ledger, claim(ledger, '90.00'));

    const taxed = await record(ledger, invoice({ number: 'TAX-1', cites }));
    expect(taxed.status).toBe('active');
    const lowered = await ledger.submit('amendFact', people.customs, {
      id,
      changes: { total: usd('80.00') },
      reason: 'Weighed again.',
    });
    expect(lowered.answer).toMatchObject({ version: 2, overdrawn: true });
    expect(lowered.event?.alerts).toContainEqual(
      expect.objectContaining({ alert: 'overdrawn', claims: [loan.id] }),
    );
    const cancelled = await ledger.submit('cancelFact', people.customs, { id, reason: 'Never left.' });
    expect(cancelled.answer).toMatchObject({ status: 'cancelled', overdrawn: true });
  });

  it('in a currency without a rate hide no overdraft and hinder no amendment', async () => {
    const ledger = await openLedger();
    const { id } = await record(ledger, declaration());
    await disburse(ledger, claim(ledger, '90.00'));
    // Nobody can tell what it is worth: what was paid out is held to be too much, and its bank is told at once.
    const paper = own('OWN-XPF', { total: { amount: '1', currency: 'XPF' } });
    const { event } = await ledger.submit('recordFacts', people.exporter, { facts: [paper] });
    expect(alertsOf(event)).toContain('overdrawn');
    const { answer } = await ledger.submit('amendFact', people.customs, {
      id,
      changes: { total: usd('80.00') },
      reason: 'Weighed again.',
    });
    expect(answer).toMatchObject({ version: 2, overdrawn: true });
    expect(await remainingOf(ledger, declaration({ total: usd('80.00') }))).toBe('0.00');
  });
});
