import { randomInt } from 'node:crypto';
import { textAt } from '../rest/json.js';
import { percentOf } from './amounts.js';
import { assemble, type Cast, dismiss } from './cast.js';
import type { Chapter } from './chapter.js';
import { daysFromNow } from './claims.js';
import { recordTrade, short, type Subject } from './record.js';
import { differencesOf, giveBookIn } from './reconcile-book.js';
import { freshTrade } from './samples.js';
import { expectStatus, expectThat, type Teller } from './teller.js';

/** A bank compares its book with the registry's; planted differences are found, and no other of these loans. */
export const monthEnd: Chapter = {
  name: 'month-end',
  title: 'Month’s end: a bank’s book against the registry’s',
  tell: async (teller, stack) => {
    const cast = await assemble(stack);
    try {
      await reconcile(teller, cast);
    } finally {
      dismiss(cast);
    }
  },
};

interface Loan {
  readonly number: string;
  readonly amount: string;
  readonly currency: string;
}

async function reconcile(teller: Teller, cast: Cast): Promise<void> {
  const { bankA, bankB, auditor, customs } = cast;
  const subject = await recordTrade(teller, cast, freshTrade(new Date()));
  const loans = await teller.step('Bank A lends four times on the declaration', async () => {
    const { document, enterprise, payable } = subject;
    expectStatus(
      await bankA.officer.post('/verifications', { document, particulars: { enterprise, total: payable } }),
      200,
    );
    const made: Loan[] = [];
    for (let count = 0; count < 4; count += 1) made.push(await lend(bankA, subject));
    return [made.map(({ number }) => number).join(', '), made];
  });
  const [right, lower, later, missing] = loans as [Loan, Loan, Loan, Loan];
  const stranger = `APP-${randomInt(1_000_000_000)}`;
  const id = await teller.step('It gives its book in, with differences planted in it', async () => {
    const rows = [
      [right.number, right.amount, '已放款', daysFromNow(90)],
      [lower.number, '1.00', '已放款', daysFromNow(90)],
      [later.number, later.amount, '逾期', daysFromNow(91)],
      [stranger, '5000.00', '已放款', daysFromNow(30)],
    ];
    const lines = rows.map(([number = '', amount = '', state = '', due = '']) =>
      [due, number, right.currency, amount, state].join(','),
    );
    const book = ['到期日,申请编号,币种,未还余额,状态', ...lines].join('\n');
    const { id, told } = await giveBookIn(bankA.officer, book, 'text/csv');
    return [told, id];
  });
  await teller.step('What was planted is found, and nothing else of these loans', async () => {
    const found = await differencesOf(bankA.officer, id, [...loans.map(({ number }) => number), stranger]);
    const expected = [
      [lower.number, 'outstanding'],
      [later.number, 'state', 'due-date'],
      [stranger, 'only-book'],
      [missing.number, 'only-registry'],
    ].map((one) => one.join(' '));
    expectThat(JSON.stringify(found) === JSON.stringify(expected), `Found ${found.join('; ')}.`);
    return [found.join('\n'), undefined];
  });
  await teller.step('The regulator sees who reconciled, as of which day, and how much was open', async () => {
    const { body } = expectStatus(await auditor.get(`/reconciliations/${id}`), 200);
    const seen = `${textAt(body, 'bank')}, ${textAt(body, 'recordedBy')}, ${textAt(body, 'asOf')}: ${textAt(body, 'verdict')}`;
    expectStatus(await auditor.get(`/reconciliations/${id}/differences`), 403);
    return [`${seen}; the differences are the bank’s`, undefined];
  });
  await teller.step('Bank B and Customs see nothing of it', async () => {
    expectStatus(await bankB.officer.get(`/reconciliations/${id}`), 404);
    expectStatus(await customs.get(`/reconciliations/${id}`), 403);
    return [`reconciliation ${short(id)} is not theirs`, undefined];
  });
}

async function lend(
  { officer, approver }: Cast['bankA'],
  { document, enterprise, payable }: Subject,
): Promise<Loan> {
  const number = `APP-${randomInt(1_000_000_000)}`;
  const amount = percentOf(payable, 10n);
  const claim = {
    applicationNumber: number,
    enterprise,
    product: 'invoice',
    amount,
    lines: [{ document, amount }],
    dueDate: daysFromNow(90),
  };
  const id = textAt(expectStatus(await officer.post('/claims', claim), 201).body, 'id');
  expectStatus(await approver.post(`/claims/${id}/acceptance`, {}), 200);
  expectStatus(await officer.post(`/claims/${id}/disbursement`, {}), 200);
  return { number, ...amount };
}
