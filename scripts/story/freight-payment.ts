import type { Money } from '@pledgeonce/chaincode/api.js';
import { formatMoney, parseMoney } from '@pledgeonce/chaincode/rules/money.js';
import { at, listAt, moneyAt, textAt } from '../rest/json.js';
import { percentOf, show } from './amounts.js';
import { assemble, type Cast, dismiss } from './cast.js';
import type { Chapter } from './chapter.js';
import { type CodedFact, dividendPaper, freightInvoice, payment, taxFiling, usd } from './payment-papers.js';
import { expectAlert, leftOf, opened, pay } from './payment-steps.js';
import { recordFact } from './record.js';
import { expectRefusal, expectStatus, expectThat, type Teller } from './teller.js';

const freight = { purpose: 'freight', payee: 'Seawind Forwarding' } as const;
const capital = { purpose: 'capital-account', payee: 'Parent GmbH' } as const;
const invoiceCount = 16;
const paymentCount = 8;

/** Scenario S6: sixteen freight invoices, eight payments, and the capital account. */
export const freightPayment: Chapter = {
  name: 'freight-payment',
  title: 'Freight and the capital account: sixteen invoices, eight payments',
  tell: async (teller, stack) => {
    const cast = await assemble(stack);
    try {
      await payFreight(teller, cast);
      await payFromCapitalAccount(teller, cast);
    } finally {
      dismiss(cast);
    }
  },
};

async function payFreight(teller: Teller, cast: Cast): Promise<void> {
  const { tax, bankA, bankB } = cast;
  const banks = [bankA, bankB] as const;
  const invoices = Array.from({ length: invoiceCount }, (_, n) => freightInvoice(usd(`${1000 + 2 * n}.00`)));
  const [firstInvoice] = invoices;
  if (firstInvoice === undefined) throw new Error('There is no invoice.');

  const facts = await teller.step(`The tax authority records ${invoiceCount} freight invoices`, async () => {
    const ids = await Promise.all(invoices.map((fact) => recordFact(tax, fact)));
    return [`${show(sumOf(invoices.map(totalOf)))} together`, ids];
  });
  await teller.step('Both banks open all of them with the check codes of the payer', async () => {
    for (const bank of banks) await Promise.all(invoices.map((fact) => opened(bank, fact)));
    return [`${2 * invoiceCount} openings`, undefined];
  });
  const paid = await teller.step(
    `${paymentCount} payments, four at each bank; each marks four invoices, each invoice meets two payments`,
    async () => {
      const answers = await Promise.all(
        Array.from({ length: paymentCount }, (_, k) => {
          const parts = [0, 1, 2, 3].map((n) => {
            const fact = invoices[(2 * k + n) % invoiceCount] ?? firstInvoice;
            return [fact, percentOf(totalOf(fact), 50n)] as const;
          });
          const bank = banks[k % 2] ?? bankA;
          return bank.officer.post(
            '/payments',
            payment(sumOf(parts.map(([, part]) => part)), parts, freight),
          );
        }),
      );
      for (const answer of answers) expectStatus(answer, 201);
      const marked = answers.flatMap(({ body }) => listAt(body, 'lines'));
      return [`${marked.length} marks`, answers.map(({ body }) => textAt(body, 'id'))];
    },
  );
  await refuseMore(teller, cast, invoices, firstInvoice);
  await teller.step('The tax authority takes the first invoice back (red-letter)', async () => {
    const cancelled = await tax.post(`/facts/${facts[0] ?? ''}/cancellation`, {
      reason: 'The voyage was cancelled.',
    });
    expectStatus(cancelled, 200);
    await expectAlert('Bank A', bankA.alerts, 'red-letter', paid[0] ?? '');
    await expectAlert('Bank B', bankB.alerts, 'red-letter', paid[7] ?? '');
    return ['both banks, which paid half of it each, received "red-letter"', undefined];
  });
}

async function refuseMore(
  teller: Teller,
  { tax, bankA, bankB }: Cast,
  invoices: readonly CodedFact[],
  firstInvoice: CodedFact,
): Promise<void> {
  const banks = [bankA, bankB] as const;
  await teller.step('Every invoice is used up, and a further cent is refused at either bank', async () => {
    const left = await Promise.all(invoices.map((fact) => leftOf(bankA, fact)));
    expectThat(
      left.every((one) => one === 'USD 0.00'),
      `Nothing should be left, not ${left.join(', ')}.`,
    );
    for (const bank of banks)
      expectRefusal(await pay(bank, firstInvoice, usd('0.01'), freight), 409, 'EXCEEDS_BALANCE');
    return [
      expectRefusal(await pay(bankA, firstInvoice, usd('0.01'), freight), 409, 'EXCEEDS_BALANCE'),
      undefined,
    ];
  });
  await teller.step('Both banks pay one more invoice at the same moment', async () => {
    const fact = freightInvoice(usd('500.00'));
    await recordFact(tax, fact);
    for (const bank of banks) await opened(bank, fact);
    const answers = await Promise.all(banks.map((bank) => pay(bank, fact, usd('500.00'), freight)));
    const statuses = answers.map(({ status }) => status);
    expectThat(
      statuses.toSorted().join() === '201,409',
      `One should win, but the answers are ${statuses.join()}.`,
    );
    return [`${statuses.join(' and ')}: one pays, the other is told that nothing is left`, undefined];
  });
  await teller.step('A payment with one bad line is refused whole, with a reason per line', async () => {
    const fresh = freightInvoice(usd('20.00'));
    await recordFact(tax, fresh);
    await opened(bankA, fresh);
    const parts = [firstInvoice, fresh].map((fact) => [fact, usd('20.00')] as const);
    const answer = await bankA.officer.post('/payments', payment(usd('40.00'), parts, freight));
    const refusal = expectRefusal(answer, 409, 'EXCEEDS_BALANCE');
    const lines = listAt(answer.body, 'lines').map(
      (line) => `line ${String(line['line'])}: ${String(line['code'])}`,
    );
    const left = await leftOf(bankA, fresh);
    expectThat(left === 'USD 20.00', `The other invoice should be untouched, not ${left}.`);
    return [`${refusal} ${lines.join(', ')}; the other invoice keeps ${left}`, undefined];
  });
}

async function payFromCapitalAccount(teller: Teller, { tax, auditor, bankA }: Cast): Promise<void> {
  const [paper, filing] = [dividendPaper({ total: usd('9000.00') }), taxFiling()];
  await teller.step(
    'From the capital account, a dividend of USD 9,000.00 needs its paper, however small',
    async () => {
      for (const fact of [paper, filing]) {
        await recordFact(tax, fact);
        await opened(bankA, fact);
      }
      const none = await bankA.officer.post('/payments', payment(usd('1.00'), [], capital));
      const wrong = await pay(bankA, filing, usd('1.00'), capital);
      return [
        `${expectRefusal(none, 409, 'FILING_REQUIRED')}\nwith a filing for services: ${expectRefusal(wrong, 409, 'WRONG_DOCUMENT')}`,
        undefined,
      ];
    },
  );
  const id = await teller.step('Bank A pays the dividend, and not twice', async () => {
    const { body } = expectStatus(await pay(bankA, paper, usd('9000.00'), capital), 201);
    const again = await pay(bankA, paper, usd('9000.00'), capital);
    return [`marked\nagain: ${expectRefusal(again, 409, 'EXCEEDS_BALANCE')}`, textAt(body, 'id')];
  });
  await teller.step('The auditor lists what was paid from the capital account', async () => {
    const { body } = expectStatus(await auditor.get('/payments?purpose=capital-account'), 200);
    const found = listAt(body, 'items').find((one) => at(one, 'id') === id);
    expectThat(found !== undefined, 'The payment should be on the list.');
    return [
      `${show(moneyAt(found, 'amount'))} to ${textAt(found, 'payee')} by ${textAt(found, 'owner')}`,
      undefined,
    ];
  });
}

function totalOf({ total }: CodedFact): Money {
  if (total === undefined) throw new Error('The invoice states no total.');
  return total;
}

function sumOf(amounts: readonly Money[]): Money {
  const sum = amounts.reduce((total, amount) => total + parseMoney(amount, 'amount').minor, 0n);
  return formatMoney(sum, 'USD');
}
