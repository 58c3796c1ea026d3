import { randomInt } from 'node:crypto';
import type { DocumentReference } from '@pledgeonce/chaincode/api.js';
import type { Answer, Json } from '../rest/client.js';
import { at, moneyAt, textAt } from '../rest/json.js';
import type { StackDescription } from '../stack/description.js';
import { percentOf } from './amounts.js';
import { assemble, type Bank, type Cast, dismiss } from './cast.js';
import type { Chapter } from './chapter.js';
import { daysFromNow } from './claims.js';
import { recordFact, short } from './record.js';
import { freshTrade, type PricedFact } from './samples.js';
import { expectRefusal, expectStatus, type Teller } from './teller.js';

const applicant = { scheme: 'LEI', id: '529900T8BM49AURSDO55', name: 'The importer' } as const;

/** Two banks buy export bills under one letter of credit, and together no more than it allows. */
export const letterOfCredit: Chapter = {
  name: 'letter-of-credit',
  title: 'Export bills of two banks under one letter of credit',
  tell: async (teller, stack: StackDescription) => {
    const cast = await assemble(stack);
    try {
      await tellIt(teller, cast);
    } finally {
      dismiss(cast);
    }
  },
};

interface Papers {
  readonly credit: PricedFact;
  readonly first: PricedFact;
  readonly second: PricedFact;
}

/** Two declarations, and a credit of the amount of each. */
function freshPapers(): Papers {
  const { declaration } = freshTrade(new Date());
  const first: PricedFact = { ...declaration, buyer: applicant, cites: [] };
  const { total, seller, date } = first;
  const second: PricedFact = { ...first, number: freshTrade(new Date()).declaration.number };
  const credit: PricedFact = {
    type: 'letter-of-credit',
    number: `LC${randomInt(1e9)}`,
    date,
    seller,
    buyer: applicant,
    total,
    letterOfCredit: { issuingBank: 'DEUTDEFF', expiresOn: daysFromNow(90), presentBy: daysFromNow(60) },
  };
  return { credit, first, second };
}

const documentOf = ({ type, number }: PricedFact): DocumentReference => ({ type, number });
const enterpriseOf = ({ seller: { scheme, id } }: PricedFact) => ({ scheme, id });

async function verify({ officer }: Bank, paper: PricedFact): Promise<Json> {
  const particulars = { enterprise: enterpriseOf(paper), total: paper.total };
  const question = { document: documentOf(paper), particulars };
  return expectStatus(await officer.post('/verifications', question), 200).body;
}

/** A bank asks to buy an export bill of so many per cent of a declaration, under a credit. */
function buy({ officer }: Bank, paper: PricedFact, credit: PricedFact, share: bigint): Promise<Answer> {
  const amount = percentOf(paper.total, share);
  return officer.post('/claims', {
    applicationNumber: `LC-${randomInt(1e9)}`,
    enterprise: enterpriseOf(paper),
    product: 'discount',
    amount,
    lines: [{ document: documentOf(paper), amount }],
    cover: [{ document: documentOf(credit), amount }],
    dueDate: daysFromNow(60),
  });
}

async function tellIt(teller: Teller, { customs, bankA, bankB }: Cast): Promise<void> {
  const { credit, first, second } = freshPapers();
  const { total } = credit;
  const fact = await teller.step('Bank A advises a letter of credit and puts it on record', async () => {
    const id = await recordFact(bankA.officer, credit);
    for (const paper of [first, second]) await recordFact(customs, paper);
    for (const bank of [bankA, bankB]) for (const paper of [credit, first, second]) await verify(bank, paper);
    return [`${credit.number}: fact ${short(id)} of ${total.amount} ${total.currency}`, id];
  });
  await teller.step('It buys an export bill of 60 % under it, on a declaration', async () => {
    const { body } = expectStatus(await buy(bankA, first, credit, 60n), 201);
    return [`claim ${short(textAt(body, 'id'))}`, undefined];
  });
  await teller.step('Bank B learns what is left, and of whom nothing', async () => {
    const answer = await verify(bankB, credit);
    return [
      `${moneyAt(answer, 'remaining').amount} left, ${String(at(answer, 'liveDraws'))} claim`,
      undefined,
    ];
  });
  await teller.step('It buys the rest on another declaration, and no more', async () => {
    const more = expectRefusal(await buy(bankB, second, credit, 41n), 409, 'EXCEEDS_BALANCE');
    expectStatus(await buy(bankB, second, credit, 40n), 201);
    return [more, undefined];
  });
  await teller.step('The credit is raised by an amendment, and Bank B buys 20 % more', async () => {
    const raised = percentOf(total, 120n);
    const amendment = { changes: { total: raised }, reason: 'Amendment 1: amount raised.' };
    expectStatus(await bankA.officer.request('PATCH', `/facts/${fact}`, { body: amendment }), 200);
    await verify(bankB, { ...credit, total: raised });
    expectStatus(await buy(bankB, second, credit, 20n), 201);
    return [`${raised.amount} ${raised.currency} by now`, undefined];
  });
}
