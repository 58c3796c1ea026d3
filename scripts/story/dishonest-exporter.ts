import { randomInt } from 'node:crypto';
import type { FactInput, Money, PartyId } from '@pledgeonce/chaincode/api.js';
import type { Client } from '../rest/client.js';
import { listAt, moneyAt, textAt } from '../rest/json.js';
import { Neighbour } from '../rest/neighbour.js';
import { show } from './amounts.js';
import { assemble, type Bank, type Cast, dismiss } from './cast.js';
import type { Chapter } from './chapter.js';
import { daysFromNow, reserve } from './claims.js';
import { recordFact } from './record.js';
import { expectRefusal, expectStatus, expectThat, type Teller } from './teller.js';

const exporter: PartyId = { scheme: 'USCC', id: '91330200MA2CKXQ85H' };
const usd = (amount: string): Money => ({ amount, currency: 'USD' });
const serial = () => String(randomInt(1_000_000_000)).padStart(9, '0');
const cite = ({ type, number }: FactInput) => ({ type, number });

function paper(type: FactInput['type'], total: Money, cites: readonly FactInput[] = []): FactInput {
  const year = daysFromNow(0).slice(0, 4);
  const number = type === 'customs-declaration' ? `2218${year}0${serial()}` : `${serial()}${serial()}`;
  return { type, number, date: daysFromNow(0), seller: exporter, total, cites: cites.map(cite) };
}

/** A seller with proper certificates tries to have more lent on its sales than they are worth. */
export const dishonestExporter: Chapter = {
  name: 'dishonest-exporter',
  title: 'An exporter whose own papers lie',
  tell: async (teller, stack) => {
    const cast = await assemble(stack);
    const { customs, tax, bankA, bankB } = cast;
    const mine = await Neighbour.signIn(stack, 'EnterpriseMSP', 'exporter-1');
    try {
      const invoice = paper('tax-invoice', usd('50000.00'));
      const declaration = paper('customs-declaration', usd('100000.00'), [invoice]);
      const second = paper('tax-invoice', usd('100000.00'));
      const other = paper('customs-declaration', usd('50000.00'), [second]);
      const cancelled = await teller.step('Two true sales, each worth 50,000', async () => {
        const facts = await recordAll([
          [tax, invoice],
          [customs, declaration],
          [tax, second],
          [customs, other],
        ]);
        return ['an invoice of 50,000 and its declaration of 100,000; another the other way round', facts];
      });
      await teller.step('Bank A lends 50,000 on each: nothing is left', async () => {
        for (const fact of [declaration, second]) {
          expectStatus(await claim(bankA, fact, usd('50000.00')), 201);
        }
        return [`left: ${await left(bankB, declaration)} and ${await left(bankB, second)}`, undefined];
      });
      await teller.step('The exporter records an invoice of 9,999,999 that cites both sales', async () => {
        await recordFact(mine, paper('commercial-invoice', usd('9999999.00'), [declaration, other]));
        return [refusal(await claim(bankB, declaration, usd('50000.00'))), undefined];
      });
      await teller.step('Tax cancels the first invoice: an own paper does not revive the sale', async () => {
        const [fact = ''] = cancelled;
        expectStatus(await tax.post(`/facts/${fact}/cancellation`, { reason: 'Red letter' }), 200);
        await recordFact(mine, paper('commercial-invoice', usd('100000.00'), [declaration]));
        const answer = await claim(bankB, declaration, usd('1.00'));
        return [expectRefusal(answer, 409, 'UNDERLYING_OVERDRAWN'), undefined];
      });
      await leaveOthersAlone(teller, cast, mine);
    } finally {
      dismiss(cast);
    }
  },
};

/** What the exporter's own papers do not do to documents that an authority stands for. */
async function leaveOthersAlone(teller: Teller, { customs, tax, bankB }: Cast, mine: Client): Promise<void> {
  await teller.step(
    'A stranger’s goods on the same bill are not limited by a small own invoice',
    async () => {
      const bill = { type: 'bill-of-lading' as const, number: `SHARED${serial()}` };
      const stranger: PartyId = { scheme: 'USCC', id: '91350100M000100Y43' };
      const theirs = {
        ...paper('customs-declaration', usd('300000.00')),
        seller: stranger,
        cites: [bill],
      };
      await recordFact(customs, theirs);
      await recordFact(mine, { ...paper('commercial-invoice', usd('5.00')), cites: [bill] });
      const shown = await left(bankB, theirs);
      expectThat(shown.includes('300,000'), `300,000 should be left, not ${shown}.`);
      return [`left of the stranger’s declaration: ${shown}`, undefined];
    },
  );
  await teller.step('A credit note of 0.01 does not keep the true one of 80,000 out', async () => {
    const sold = paper('tax-invoice', usd('100000.00'));
    await recordFact(tax, sold);
    const small = { ...paper('credit-note', usd('0.01')), corrects: { number: sold.number } };
    await recordFact(mine, small);
    await recordFact(tax, { ...small, total: usd('80000.00') });
    return [`left of the invoice: ${await left(bankB, sold)}`, undefined];
  });
}

async function recordAll(papers: readonly (readonly [Client, FactInput])[]): Promise<string[]> {
  const facts: string[] = [];
  for (const [authority, fact] of papers) facts.push(await recordFact(authority, fact));
  return facts;
}

function claim(bank: Bank, { type, number }: FactInput, amount: Money) {
  return reserve(bank, { document: { type, number }, enterprise: exporter, amount });
}

async function left({ officer }: Bank, { type, number, seller, total }: FactInput): Promise<string> {
  const particulars = { enterprise: { scheme: seller.scheme, id: seller.id }, total };
  const { body } = expectStatus(
    await officer.post('/verifications', { document: { type, number }, particulars }),
    200,
  );
  return show(moneyAt(body, 'remaining'));
}

/** The refusal with the documents because of which no more is left. */
function refusal(answer: Awaited<ReturnType<typeof claim>>): string {
  const sentence = expectRefusal(answer, 409, 'EXCEEDS_BALANCE');
  const [line = {}] = listAt(answer.body, 'lines');
  const [document = {}] = listAt(line, 'limitedBy.documents');
  return `${sentence}\nBecause of ${textAt(document, 'type')} ${textAt(document, 'number')}.`;
}
