import type { Input } from '../api.js';
import { dateOf } from '../rules/dates.js';
import type { FakeLedger } from '../testing/fake-ledger.js';
import {
  claim,
  declaration,
  disburse,
  exporter,
  freshKey,
  invoice,
  openLedger,
  otherExporter,
  people,
  record,
  refuses,
  reserve,
  usd,
} from '../testing/story.js';

type Question = Input<'lookUpPayee'>;
const how = 'Registered letter, received';
const question = (more: Partial<Question['particulars']> = {}, number = 'INV-001'): Question => ({
  document: { type: 'tax-invoice', number },
  particulars: { seller: exporter, total: usd('100.00'), ...more },
});
const ask = async (ledger: FakeLedger, asked = question()) =>
  (await ledger.endorse('lookUpPayee', people.otherExporter, asked)).answer;
const onInvoice = (ledger: FakeLedger, amount: string, number = 'INV-001') =>
  claim(ledger, amount, {
    lines: [{ document: { type: 'tax-invoice', number, issuer: exporter }, amount: usd(amount) }],
  });
const notify = (ledger: FakeLedger, id: string, person: typeof people.bankA | typeof people.bankB) =>
  ledger.submit('recordDebtorNotice', person, {
    id,
    idempotencyKey: freshKey(),
    date: dateOf(ledger.now),
    how,
  });

describe('the registered payee of an invoice', () => {
  const seller = { result: 'match', payees: [{ kind: 'seller', party: exporter }] };
  const bank = (mspId: string) => ({ kind: 'bank', bank: mspId, notified: { how } });

  it('is the seller until the debtor was told of a claim, and again once that is repaid', async () => {
    const ledger = await openLedger();
    await record(ledger, invoice());
    expect(await ask(ledger)).toMatchObject(seller);
    const { id } = await disburse(ledger, onInvoice(ledger, '60.00'));
    // Financed, and none of the debtor's business yet.
    expect(await ask(ledger)).toMatchObject(seller);
    await notify(ledger, id, people.bankA);
    expect(await ask(ledger)).toMatchObject({ result: 'match', payees: [bank('BankAMSP')] });
    await ledger.submit('repayClaim', people.bankA, {
      id,
      idempotencyKey: freshKey(),
      amount: usd('60.00'),
      source: 'proceeds',
    });
    expect(await ask(ledger)).toMatchObject(seller);
  });

  it('names several notified banks in the order in which they registered, without amounts', async () => {
    const ledger = await openLedger();
    await record(ledger, invoice());
    const { id: first } = await disburse(ledger, onInvoice(ledger, '60.00'));
    const { id: second } = await reserve(ledger, onInvoice(ledger, '30.00'), people.bankB);
    await ledger.submit('acceptClaim', people.approverB, { id: second, idempotencyKey: freshKey() });
    await notify(ledger, second, people.bankB);
    await notify(ledger, first, people.bankA);
    const answer = await ask(ledger);
    expect(answer.payees).toMatchObject([bank('BankAMSP'), bank('BankBMSP')]);
    expect(JSON.stringify(answer)).not.toMatch(/60|30\.00/);
  });

  it('follows a claim on the declaration of the same trade, not one on another invoice of it', async () => {
    const ledger = await openLedger();
    const cites = ['INV-001', 'INV-002'].map((number) => ({ type: 'tax-invoice' as const, number }));
    await record(ledger, declaration({ total: usd('300.00'), cites }));
    await record(ledger, invoice());
    await record(ledger, invoice({ number: 'INV-002' }));
    const { id: other } = await disburse(ledger, onInvoice(ledger, '50.00', 'INV-002'));
    await notify(ledger, other, people.bankA);
    expect(await ask(ledger)).toMatchObject(seller);
    const { id: whole } = await disburse(ledger, claim(ledger, '50.00'));
    await notify(ledger, whole, people.bankA);
    expect(await ask(ledger)).toMatchObject({ payees: [bank('BankAMSP')] });
  });

  it('follows a transfer: who was told of the assignment is told of the present holder', async () => {
    const ledger = await openLedger();
    await record(ledger, invoice());
    const { id } = await disburse(ledger, onInvoice(ledger, '60.00'));
    await notify(ledger, id, people.bankA);
    await ledger.submit('offerTransfer', people.bankA, { id, idempotencyKey: freshKey(), to: 'BankBMSP' });
    await ledger.submit('acceptTransfer', people.approverB, {
      id,
      idempotencyKey: freshKey(),
      applicationNumber: 'APP-2',
    });
    expect((await ask(ledger)).payees).toMatchObject([bank('BankBMSP')]);
  });

  it('is whom the document itself names', async () => {
    const ledger = await openLedger();
    const party = { scheme: 'LEGAL', id: 'FACTOR1', name: 'A Factor' } as const;
    await record(ledger, invoice({ assignedTo: party }));
    expect((await ask(ledger)).payees).toEqual([{ kind: 'document', party }]);
  });

  it('cannot be fished: every wrong particular gets the answer of an invoice that is not there', async () => {
    const ledger = await openLedger();
    await record(ledger, invoice());
    const nothing = { result: 'no-match', payees: [] };
    for (const wrong of [
      question({ total: usd('100.01') }),
      question({ total: { amount: '100.00', currency: 'EUR' } }),
      question({ seller: otherExporter }),
      question({}, 'INV-009'),
    ]) {
      expect(await ask(ledger, wrong)).toEqual(nothing);
    }
    expect((await ask(ledger, question({ total: usd('100') }, 'inv 001'))).result).toBe('match');
    await refuses(ledger, 'WRONG_ORGANISATION', () =>
      ledger.endorse('lookUpPayee', people.bankB, question()),
    );
  });

  it('is nobody once the invoice is cancelled', async () => {
    const ledger = await openLedger();
    const { id } = await record(ledger, invoice());
    await ledger.submit('cancelFact', people.tax, { id, reason: 'red letter' });
    expect(await ask(ledger)).toEqual({ result: 'cancelled', payees: [] });
  });
});
