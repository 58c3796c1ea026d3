import { randomInt } from 'node:crypto';
import { AlertListener } from '../rest/events.js';
import { at, listAt, moneyAt, textAt } from '../rest/json.js';
import { show } from './amounts.js';
import { assemble, type Cast, dismiss } from './cast.js';
import type { Chapter } from './chapter.js';
import { type CodedFact, open, payment, taxFiling, usd } from './payment-papers.js';
import { expectAlert, guess, leftOf, opened, pay } from './payment-steps.js';
import { short, recordFact } from './record.js';
import { expectRefusal, expectStatus, expectThat, type Teller } from './teller.js';

/** Scenario S5: a filing with the tax authority, and payments abroad for services. */
export const servicePayment: Chapter = {
  name: 'service-payment',
  title: 'Payments abroad for services, against a tax filing',
  tell: async (teller, stack) => {
    const cast = await assemble(stack);
    const regulator = await AlertListener.open(cast.auditor);
    try {
      await tell(teller, cast, regulator);
    } finally {
      regulator.close();
      dismiss(cast);
    }
  },
};

async function tell(teller: Teller, cast: Cast, regulator: AlertListener): Promise<void> {
  const filing = taxFiling({ total: usd('120000.00') });
  const fact = await openFiling(teller, cast, filing);
  const { first, second } = await payInParts(teller, cast, filing);
  await guessAtAnother(teller, cast);
  await reverse(teller, cast, filing, first);
  await split(teller, cast, regulator);
  await takeBack(teller, { ...cast, regulator }, { filing, fact, second });
  await prove(teller, cast, first);
}

/** @returns the id of the filing. */
async function openFiling(teller: Teller, { tax, bankA }: Cast, filing: CodedFact): Promise<string> {
  const fact = await teller.step(
    'The tax authority records a filing of USD 120,000.00 for consultancy',
    async () => {
      const id = await recordFact(tax, filing);
      return [`${filing.number}: fact ${short(id)}; its check code is kept as a keyed hash`, id];
    },
  );
  await teller.step('Bank A mistypes the check code', async () => {
    const left = await guess(bankA, filing);
    return [`refused, nothing is shown; ${left} attempts left`, undefined];
  });
  await teller.step('Bank A shows the code that its customer handed over', async () => {
    const body = await opened(bankA, filing);
    return [`${textAt(body, 'number')}, ${show(moneyAt(body, 'remaining'))} can be paid`, undefined];
  });
  await teller.step(
    'Without a filing, Bank A may not pay more than the equivalent of USD 50,000.00',
    async () => {
      const answer = await bankA.officer.post('/payments', payment(usd('50000.01'), []));
      return [expectRefusal(answer, 409, 'FILING_REQUIRED'), undefined];
    },
  );
  return fact;
}

/** @returns the payments of the two banks. */
async function payInParts(teller: Teller, { bankA, bankB }: Cast, filing: CodedFact) {
  const first = await teller.step('Bank A pays USD 70,000.00 against the filing', async () => {
    const { body } = expectStatus(await pay(bankA, filing, usd('70000.00')), 201);
    const left = await leftOf(bankA, filing);
    expectThat(left === 'USD 50,000.00', `USD 50,000.00 should be left, not ${left}.`);
    return [`payment ${short(textAt(body, 'id'))}; ${left} left`, textAt(body, 'id')];
  });
  const second = await teller.step(
    'Bank B has to open the filing too, and finds what Bank A has left',
    async () => {
      const closed = expectRefusal(await pay(bankB, filing, usd('50000.00')), 403, 'CHECK_CODE_REQUIRED');
      const left = await leftOf(bankB, filing);
      const over = expectRefusal(await pay(bankB, filing, usd('50000.01')), 409, 'EXCEEDS_BALANCE');
      const { body } = expectStatus(await pay(bankB, filing, usd('50000.00')), 201);
      return [
        `${closed}\nopened: ${left} left\n${over}\n${left}: payment ${short(textAt(body, 'id'))}`,
        textAt(body, 'id'),
      ];
    },
  );
  return { first, second };
}

async function guessAtAnother(teller: Teller, { tax, bankA, bankB }: Cast): Promise<void> {
  await teller.step('Bank B guesses at another filing, five times', async () => {
    const other = taxFiling();
    await recordFact(tax, other);
    const left: number[] = [];
    for (let n = 0; n < 5; n++) left.push(await guess(bankB, other));
    const locked = expectRefusal(await open(bankB.officer, other), 403, 'CHECK_CODE_LOCKED');
    await opened(bankA, other);
    return [`attempts left: ${left.join(', ')}\n${locked}\nBank A, which did not guess, opens it`, undefined];
  });
}

async function reverse(teller: Teller, { bankA }: Cast, filing: CodedFact, first: string): Promise<void> {
  await teller.step(
    'Two people at Bank A take its payment back; the filing has its balance again',
    async () => {
      const reason = { reason: 'Returned by the correspondent.' };
      expectStatus(await bankA.officer.post(`/payments/${first}/reversal`, reason), 200);
      const before = await leftOf(bankA, filing);
      expectThat(before === 'USD 0.00', `Proposed, it should still hold the filing, not leave ${before}.`);
      expectStatus(await bankA.approver.post(`/payments/${first}/awaiting/confirmation`, {}), 200);
      const left = await leftOf(bankA, filing);
      expectThat(left === 'USD 70,000.00', `USD 70,000.00 should be left, not ${left}.`);
      return [`reversed; ${left} left, and the payment stays on the record`, undefined];
    },
  );
}

async function split(teller: Teller, { bankA, bankB }: Cast, regulator: AlertListener): Promise<void> {
  await teller.step('A payer splits: USD 49,900.00 at each bank, without a filing', async () => {
    const payer = { scheme: 'VAT', id: `DE${randomInt(100_000_000, 1_000_000_000)}` } as const;
    const paid = await Promise.all(
      [bankA, bankB].map(async ({ officer }) =>
        textAt(
          expectStatus(await officer.post('/payments', payment(usd('49900.00'), [], { payer })), 201).body,
          'id',
        ),
      ),
    );
    const alert = await expectAlert('The regulator', regulator, 'structuring', paid[0] ?? '');
    return [
      `both stand, the law's threshold is per payment; the regulator, and nobody else, is told: ` +
        `${String(at(alert, 'content.count'))} payments, ${show(moneyAt(alert, 'content.total'))} together`,
      undefined,
    ];
  });
}

async function takeBack(
  teller: Teller,
  { tax, bankA, bankB, regulator }: Cast & { readonly regulator: AlertListener },
  { filing, fact, second }: { readonly filing: CodedFact; readonly fact: string; readonly second: string },
): Promise<void> {
  await teller.step('The tax authority takes the filing back (red-letter)', async () => {
    const reason = { reason: 'The service was not rendered.' };
    const { body } = expectStatus(await tax.post(`/facts/${fact}/cancellation`, reason), 200);
    await expectAlert('Bank B', bankB.alerts, 'red-letter', second);
    await expectAlert('The regulator', regulator, 'red-letter', second);
    return [
      `${textAt(body, 'status')}; Bank B, which paid on it, and the regulator received "red-letter"`,
      undefined,
    ];
  });
  await teller.step('New payments are refused', async () => {
    return [expectRefusal(await pay(bankA, filing, usd('1.00')), 409, 'FACT_CANCELLED'), undefined];
  });
}

async function prove(teller: Teller, { auditor }: Cast, first: string): Promise<void> {
  await teller.step('The auditor reads the history of the reversed payment and proves it', async () => {
    const { body } = expectStatus(await auditor.get(`/audit/payments/${first}`), 200);
    const versions = listAt(body, 'versions');
    const states = versions.map((version) => String(version['state']));
    expectThat(states.join() === 'marked,marked,reversed', `The states should not be ${states.join()}.`);
    expectThat(
      versions.every((version) => at(version, 'proof.holds') === true),
      'A proof does not hold.',
    );
    return [`${states.join(', then ')}; both records equal their on-chain hashes`, undefined];
  });
}
