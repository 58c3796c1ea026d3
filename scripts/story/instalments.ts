import type { DocumentReference } from '@pledgeonce/chaincode/api.js';
import type { Answer, Json } from '../rest/client.js';
import { listAt, moneyAt, textAt } from '../rest/json.js';
import type { StackDescription } from '../stack/description.js';
import { percentOf } from './amounts.js';
import { assemble, type Bank, type Cast, dismiss } from './cast.js';
import type { Chapter } from './chapter.js';
import { daysFromNow, reserve } from './claims.js';
import { recordFact, short } from './record.js';
import { freshTrade, type PricedFact } from './samples.js';
import { expectRefusal, expectStatus, type Teller } from './teller.js';

/** An invoice that is paid in two halves: each is pledged once, and the balance stays one. */
export const instalments: Chapter = {
  name: 'instalments',
  title: 'An invoice in instalments: each is pledged once',
  tell: async (teller, stack: StackDescription) => {
    const cast = await assemble(stack);
    try {
      await tellIt(teller, cast);
    } finally {
      dismiss(cast);
    }
  },
};

/** In how many days each half is paid. */
const [sooner, later] = [30, 90] as const;

/** A tax invoice that is paid in two halves; the samples are of whole dollars, so that halves are exact. */
function freshInvoice(): PricedFact {
  const { invoice } = freshTrade(new Date());
  const amount = percentOf(invoice.total, 50n);
  return {
    ...invoice,
    cites: [],
    instalments: [sooner, later].map((days) => ({ dueDate: daysFromNow(days), amount })),
  };
}

const documentOf = ({ type, number, seller: { scheme, id } }: PricedFact): DocumentReference => ({
  type,
  number,
  issuer: { scheme, id },
});
const enterpriseOf = ({ seller: { scheme, id } }: PricedFact) => ({ scheme, id });

async function verify({ officer }: Bank, paper: PricedFact): Promise<Json> {
  const particulars = { enterprise: enterpriseOf(paper), total: paper.total };
  const question = { document: documentOf(paper), particulars };
  return expectStatus(await officer.post('/verifications', question), 200).body;
}

/** What a bank reads of the instalments: what a claim that falls due with each may still draw. */
async function leftsOf(bank: Bank, paper: PricedFact): Promise<string> {
  const lefts = listAt(await verify(bank, paper), 'instalments');
  return lefts.map((one) => `${textAt(one, 'dueDate')}: ${moneyAt(one, 'remaining').amount}`).join(', ');
}

function lend(bank: Bank, paper: PricedFact, share: bigint, dueInDays: number): Promise<Answer> {
  const amount = percentOf(paper.total, share);
  return reserve(bank, { document: documentOf(paper), enterprise: enterpriseOf(paper), amount, dueInDays });
}

async function tellIt(teller: Teller, { tax, bankA, bankB }: Cast): Promise<void> {
  const paper = freshInvoice();
  await teller.step('Tax records an invoice that is paid in two halves', async () => {
    const fact = await recordFact(tax, paper);
    await verify(bankA, paper);
    return [`${paper.number}, fact ${short(fact)}; ${await leftsOf(bankB, paper)}`, undefined];
  });
  await teller.step('Bank A lends on the first half, until a few days after it is paid', async () => {
    const early = expectRefusal(await lend(bankA, paper, 50n, sooner - 1), 409, 'NO_INSTALMENT_DUE');
    const { body } = expectStatus(await lend(bankA, paper, 50n, sooner + 5), 201);
    return [`claim ${short(textAt(body, 'id'))}; a day before it is paid: ${early}`, undefined];
  });
  await teller.step('Bank B gets nothing on that half, though half of the invoice is left', async () => {
    const refused = expectRefusal(await lend(bankB, paper, 1n, sooner + 5), 409, 'EXCEEDS_INSTALMENTS');
    return [`${refused}; ${await leftsOf(bankB, paper)}`, undefined];
  });
  await teller.step('It lends on the second half, and then the invoice allows nothing more', async () => {
    expectStatus(await lend(bankB, paper, 50n, later), 201);
    return [expectRefusal(await lend(bankA, paper, 1n, later), 409, 'EXCEEDS_BALANCE'), undefined];
  });
}
