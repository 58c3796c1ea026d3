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
  const seller = { result: 'match', payee: { kind: 'seller', party: exporter } };
  const bank = (mspId: string) => ({ kind: 'bank', bank: mspId, notified: { how } });

  it('is the seller until the debtor was told of a claim, and again once that is repaid', async () => {
    const ledger = await openLedger();
    await record(ledger, invoice());
    expect(await ask(ledger)).toMatchObject(seller);
    const { id } = await disburse(ledger, onInvoice(ledger, '60.00'));
    // Financed, and none of the debtor's business yet.
    expect(await ask(ledger)).toMatchObject(seller);
    await notify(ledger, id, people.bankA);
    expect(await ask(ledger)).toMatchObject({ result: 'match', payee: bank('BankAMSP') });
    await ledger.submit('repayClaim', people.bankA, {
      id,
      idempotencyKey: freshKey(),
      amount: usd('60.00'),
      source: 'proceeds',
    });
    expect(await ask(ledger)).toMatchObject(seller);
  });

  it.each(['first', 'second'] as const)(
    'is of two notified banks the one registered first, although the letter of the %s came first; no amounts',
    async (written) => {
      const ledger = await openLedger();
      await record(ledger, invoice());
      const { id: first } = await disburse(ledger, onInvoice(ledger, '60.00'));
      const { id: second } = await reserve(ledger, onInvoice(ledger, '30.00'), people.bankB);
      await ledger.submit('acceptClaim', people.approverB, { id: second, idempotencyKey: freshKey() });
      const letters = [() => notify(ledger, first, people.bankA), () => notify(ledger, second, people.bankB)];
      for (const letter of written === 'first' ? letters : letters.reverse()) await letter();
      const answer = await ask(ledger);
      expect(answer.payee).toMatchObject(bank('BankAMSP'));
      expect(JSON.stringify(answer)).not.toMatch(/60|30\.00|BankB/);
    },
  );

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
    expect(await ask(ledger)).toMatchObject({ payee: bank('BankAMSP') });
  });

  it('after a transfer is the bank before, whose letter the debtor has, until the new one has written', async () => {
    const ledger = await openLedger();
    await record(ledger, invoice());
    const { id } = await disburse(ledger, onInvoice(ledger, '60.00'));
    await notify(ledger, id, people.bankA);
    await ledger.submit('offerTransfer', people.bankA, { id, idempotencyKey: freshKey(), to: 'BankBMSP' });
    const { answer } = await ledger.submit('acceptTransfer', people.approverB, {
      id,
      idempotencyKey: freshKey(),
      applicationNumber: 'APP-2',
    });
    expect((await ask(ledger)).payee).toMatchObject(bank('BankAMSP'));
    await notify(ledger, answer.id, people.bankB);
    expect((await ask(ledger)).payee).toMatchObject(bank('BankBMSP'));
  });

  it('keeps the place of a loan that was taken over before one that was registered later', async () => {
    const ledger = await openLedger();
    await record(ledger, invoice());
    const { id: first } = await disburse(ledger, onInvoice(ledger, '60.00'));
    ledger.now += 60_000;
    const { id: second } = await disburse(ledger, onInvoice(ledger, '30.00'));
    await notify(ledger, second, people.bankA);
    ledger.now += 60_000;
    await ledger.submit('offerTransfer', people.bankA, {
      id: first,
      idempotencyKey: freshKey(),
      to: 'BankBMSP',
    });
    const { answer } = await ledger.submit('acceptTransfer', people.approverB, {
      id: first,
      idempotencyKey: freshKey(),
      applicationNumber: 'APP-2',
    });
    await notify(ledger, answer.id, people.bankB);
    expect((await ask(ledger)).payee).toMatchObject(bank('BankBMSP'));
  });

  it('does not change when the seller’s own paper joins two sales, under whatever number', async () => {
    for (const number of ['OWN-1', 'INV-001']) {
      const ledger = await openLedger();
      const numbers = { one: declaration().number, other: '310120260516789013' };
      await record(ledger, invoice());
      await record(ledger, declaration({ cites: [{ type: 'tax-invoice', number: 'INV-001' }] }));
      await record(ledger, declaration({ number: numbers.other }));
      const elsewhere = claim(ledger, '50.00');
      const [line] = elsewhere.lines;
      if (line === undefined) throw new Error('a claim without lines');
      const document = { ...line.document, number: numbers.other };
      const { id: stranger } = await disburse(ledger, { ...elsewhere, lines: [{ ...line, document }] });
      await notify(ledger, stranger, people.bankA);
      expect(await ask(ledger)).toMatchObject(seller);
      const cites = Object.values(numbers).map((one) => ({
        type: 'customs-declaration' as const,
        number: one,
      }));
      await record(ledger, invoice({ type: 'commercial-invoice', number, cites }));
      expect(await ask(ledger)).toMatchObject(seller);
    }
  });

  it('is whom the document itself names', async () => {
    const ledger = await openLedger();
    const party = { scheme: 'LEGAL', id: 'FACTOR1', name: 'A Factor' } as const;
    await record(ledger, invoice({ assignedTo: party }));
    expect((await ask(ledger)).payee).toEqual({ kind: 'document', party });
  });

  it('cannot be fished: every wrong particular gets the answer of an invoice that is not there', async () => {
    const ledger = await openLedger();
    await record(ledger, invoice());
    const nothing = { result: 'no-match' };
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
    expect(await ask(ledger)).toEqual({ result: 'cancelled' });
  });
});
