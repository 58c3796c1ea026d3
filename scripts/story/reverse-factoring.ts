import { moneyAt, textAt } from '../rest/json.js';
import { Neighbour } from '../rest/neighbour.js';
import type { StackDescription } from '../stack/description.js';
import { percentOf } from './amounts.js';
import { assemble, type Cast, dismiss } from './cast.js';
import type { Chapter } from './chapter.js';
import { reserve } from './claims.js';
import { recordFact, short } from './record.js';
import { freshTrade } from './samples.js';
import { expectRefusal, expectStatus, type Teller } from './teller.js';

const buyer = { scheme: 'USCC', id: '91350100M000100Y43', name: 'The importer' } as const;

/** The buyer confirms what it owes, and a bank lends to the seller on the buyer's word. */
export const reverseFactoring: Chapter = {
  name: 'reverse-factoring',
  title: 'A debtor confirms its debt, and a bank lends on it',
  tell: async (teller, stack) => {
    const cast = await assemble(stack);
    try {
      await tellIt(teller, stack, cast);
    } finally {
      dismiss(cast);
    }
  },
};

async function tellIt(teller: Teller, stack: StackDescription, { tax, bankA, bankB }: Cast): Promise<void> {
  const debtor = await Neighbour.signIn(stack, 'EnterpriseMSP', 'exporter-2');
  const invoice = { ...freshTrade(new Date()).invoice, buyer };
  const { type, number, total, seller: named } = invoice;
  const seller = { scheme: named.scheme, id: named.id };
  const document = { type, number, issuer: seller };
  const subject = { document, enterprise: seller, product: 'reverse-factoring' as const };
  await teller.step('Tax records an invoice to the importer', async () => {
    const fact = await recordFact(tax, invoice);
    for (const { officer } of [bankA, bankB]) {
      const particulars = { enterprise: seller, total };
      expectStatus(await officer.post('/verifications', { document, particulars }), 200);
    }
    return [`fact ${short(fact)} of ${total.amount} ${total.currency}`, undefined];
  });
  await teller.step('Bank A may not lend on it before the importer has confirmed it', async () => {
    const answer = await reserve(bankA, { ...subject, amount: percentOf(total, 50n) });
    return [expectRefusal(answer, 409, 'DEBT_NOT_CONFIRMED'), undefined];
  });
  await teller.step('The importer confirms 80 % of it, to be paid to Bank A', async () => {
    const said = {
      document: { type, number },
      particulars: { seller, total },
      amount: percentOf(total, 80n),
      payTo: 'BankAMSP',
    };
    const { body } = expectStatus(await debtor.post('/debts', said), 201);
    return [`debt ${short(textAt(body, 'id'))} of ${moneyAt(body, 'amount').amount}`, undefined];
  });
  await teller.step('Bank A lends up to what is confirmed, Bank B nothing', async () => {
    const more = await reserve(bankA, { ...subject, amount: percentOf(total, 81n) });
    const other = await reserve(bankB, { ...subject, amount: percentOf(total, 10n) });
    const reasons = [
      expectRefusal(more, 409, 'EXCEEDS_CONFIRMED'),
      expectRefusal(other, 409, 'DEBT_OF_OTHERS'),
    ];
    const { body } = expectStatus(await reserve(bankA, { ...subject, amount: percentOf(total, 80n) }), 201);
    return [`claim ${short(textAt(body, 'id'))}; ${reasons.join(' ')}`, undefined];
  });
}
