import { randomInt } from 'node:crypto';
import { moneyAt, textAt } from '../rest/json.js';
import { Neighbour } from '../rest/neighbour.js';
import type { StackDescription } from '../stack/description.js';
import { percentOf } from './amounts.js';
import { assemble, type Cast, dismiss } from './cast.js';
import type { Chapter } from './chapter.js';
import { reserve } from './claims.js';
import { recordFact, short } from './record.js';
import { freshTrade, type PricedFact } from './samples.js';
import { expectRefusal, expectStatus, type Teller } from './teller.js';

const buyer = { scheme: 'USCC', id: '91350100M000100Y43', name: 'The importer' } as const;

/** A bank lends on an order that the buyer has confirmed, and its claim moves onto the invoices as they come. */
export const purchaseOrder: Chapter = {
  name: 'purchase-order',
  title: 'A bank lends on an order, and the claim moves onto its invoices',
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
  const [exporter, importer] = await Promise.all([
    Neighbour.signIn(stack, 'EnterpriseMSP', 'exporter-1'),
    Neighbour.signIn(stack, 'EnterpriseMSP', 'exporter-2'),
  ]);
  const sample = freshTrade(new Date()).invoice;
  const { total, seller: named } = sample;
  const order: PricedFact = {
    ...sample,
    type: 'purchase-order',
    number: `PO${randomInt(1e9)}`,
    buyer,
    cites: [],
  };
  const invoice = (part: bigint): PricedFact => ({
    ...freshTrade(new Date()).invoice,
    total: percentOf(total, part),
    buyer,
    cites: [{ type: 'purchase-order', number: order.number }],
  });
  const [first, second] = [invoice(60n), invoice(40n)];
  const enterprise = { scheme: named.scheme, id: named.id };
  const documentOf = ({ type, number }: PricedFact) => ({ type, number, issuer: enterprise });
  const verifies = async (paper: PricedFact) => {
    const question = { document: documentOf(paper), particulars: { enterprise, total: paper.total } };
    for (const { officer } of [bankA, bankB])
      expectStatus(await officer.post('/verifications', question), 200);
  };
  const onOrder = { document: documentOf(order), enterprise, product: 'order' as const, amount: total };
  await teller.step('The exporter records an order of the importer; alone it allows nothing', async () => {
    const fact = await recordFact(exporter, order);
    await verifies(order);
    const refused = await reserve(bankA, onOrder);
    return [`fact ${short(fact)}: ${expectRefusal(refused, 409, 'DEBT_NOT_CONFIRMED')}`, undefined];
  });
  const claim = await teller.step('The importer confirms the order, and Bank A lends all of it', async () => {
    const said = {
      document: { type: order.type, number: order.number },
      particulars: { seller: enterprise, total },
      amount: total,
    };
    expectStatus(await importer.post('/debts', said), 201);
    const { body } = expectStatus(await reserve(bankA, onOrder), 201);
    const id = textAt(body, 'id');
    expectStatus(await bankA.approver.post(`/claims/${id}/acceptance`, {}), 200);
    expectStatus(await bankA.officer.post(`/claims/${id}/disbursement`, {}), 200);
    return [`claim ${short(id)} of ${total.amount} ${total.currency}`, id];
  });
  await teller.step('A first invoice comes, of 60 %: Bank B gets nothing on it', async () => {
    const fact = await recordFact(tax, first);
    await verifies(first);
    const amount = percentOf(first.total, 10n);
    const refused = await reserve(bankB, { document: documentOf(first), enterprise, amount });
    return [`fact ${short(fact)}: ${expectRefusal(refused, 409, 'EXCEEDS_BALANCE')}`, undefined];
  });
  const moves = async (paper: PricedFact) => {
    const line = { order: { number: order.number }, document: documentOf(paper), amount: paper.total };
    const answer = expectStatus(await bankA.officer.post(`/claims/${claim}/moves`, { lines: [line] }), 200);
    return moneyAt(answer.body, 'outstanding').amount;
  };
  await teller.step('Bank A’s claim moves onto it in part, in one transaction', async () => {
    const outstanding = await moves(first);
    return [
      `${first.total.amount} on the invoice, the rest on the order; ${outstanding} outstanding`,
      undefined,
    ];
  });
  await teller.step('The second invoice takes over the rest; the order allows nothing more', async () => {
    await recordFact(tax, second);
    await verifies(second);
    await moves(second);
    const refused = await reserve(bankB, { ...onOrder, amount: percentOf(total, 1n) });
    return [expectRefusal(refused, 409, 'EXCEEDS_BALANCE'), undefined];
  });
}
