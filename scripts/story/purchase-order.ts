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

interface Papers {
  readonly order: PricedFact;
  /** Of 60 and of 40 % of it. */
  readonly invoices: readonly [PricedFact, PricedFact];
}

function freshPapers(): Papers {
  const sample = freshTrade(new Date()).invoice;
  const { total } = sample;
  const number = `PO${randomInt(1e9)}`;
  const cites = [{ type: 'purchase-order' as const, number }];
  const invoice = (share: bigint): PricedFact => ({
    ...freshTrade(new Date()).invoice,
    total: percentOf(total, share),
    buyer,
    cites,
  });
  const order: PricedFact = { ...sample, type: 'purchase-order', number, buyer, cites: [] };
  return { order, invoices: [invoice(60n), invoice(40n)] };
}

async function tellIt(teller: Teller, stack: StackDescription, cast: Cast): Promise<void> {
  const { tax, bankA, bankB } = cast;
  const { order, invoices } = freshPapers();
  const [first, second] = invoices;
  const claim = await lend(teller, stack, cast, order);
  const { total } = order;
  await teller.step('A first invoice comes, of 60 %: Bank B gets nothing on it', async () => {
    const fact = await recordFact(tax, first);
    await verify(cast, first);
    const amount = percentOf(first.total, 10n);
    const refused = await reserve(bankB, { ...subjectOf(first), amount });
    return [`fact ${short(fact)}: ${expectRefusal(refused, 409, 'EXCEEDS_BALANCE')}`, undefined];
  });
  const moves = async (paper: PricedFact) => {
    const { document } = subjectOf(paper);
    const lines = [{ order: { number: order.number }, document, amount: paper.total }];
    const { body } = expectStatus(await bankA.officer.post(`/claims/${claim}/moves`, { lines }), 200);
    return moneyAt(body, 'outstanding').amount;
  };
  await teller.step('Bank A’s claim moves onto it in part, in one transaction', async () => {
    const outstanding = await moves(first);
    return [`${first.total.amount} on the invoice, the rest on the order; ${outstanding} owed`, undefined];
  });
  await teller.step('The second invoice takes over the rest; the order allows nothing more', async () => {
    await recordFact(tax, second);
    await verify(cast, second);
    await moves(second);
    const amount = percentOf(total, 1n);
    const refused = await reserve(bankB, { ...subjectOf(order), product: 'order', amount });
    return [expectRefusal(refused, 409, 'EXCEEDS_BALANCE'), undefined];
  });
}

/** The order is confirmed, and all of it is lent by Bank A. @returns the claim. */
async function lend(teller: Teller, stack: StackDescription, cast: Cast, order: PricedFact): Promise<string> {
  const [exporter, importer] = await Promise.all([
    Neighbour.signIn(stack, 'EnterpriseMSP', 'exporter-1'),
    Neighbour.signIn(stack, 'EnterpriseMSP', 'exporter-2'),
  ]);
  const { bankA } = cast;
  const { total, type, number } = order;
  const asked = { ...subjectOf(order), product: 'order' as const, amount: total };
  await teller.step('The exporter records an order of the importer; alone it allows nothing', async () => {
    const fact = await recordFact(exporter, order);
    await verify(cast, order);
    const refused = await reserve(bankA, asked);
    return [`fact ${short(fact)}: ${expectRefusal(refused, 409, 'DEBT_NOT_CONFIRMED')}`, undefined];
  });
  return teller.step('The importer confirms the order, and Bank A lends all of it', async () => {
    const particulars = { seller: asked.enterprise, total };
    const said = { document: { type, number }, particulars, amount: total };
    expectStatus(await importer.post('/debts', said), 201);
    const { body } = expectStatus(await reserve(bankA, asked), 201);
    const id = textAt(body, 'id');
    expectStatus(await bankA.approver.post(`/claims/${id}/acceptance`, {}), 200);
    expectStatus(await bankA.officer.post(`/claims/${id}/disbursement`, {}), 200);
    return [`claim ${short(id)} of ${total.amount} ${total.currency}`, id];
  });
}

function subjectOf({ type, number, seller: { scheme, id } }: PricedFact) {
  const enterprise = { scheme, id };
  return { document: { type, number, issuer: enterprise }, enterprise };
}

async function verify({ bankA, bankB }: Cast, paper: PricedFact): Promise<void> {
  const { document, enterprise } = subjectOf(paper);
  const question = { document, particulars: { enterprise, total: paper.total } };
  for (const { officer } of [bankA, bankB]) {
    expectStatus(await officer.post('/verifications', question), 200);
  }
}
