import { createHash } from 'node:crypto';
import type { FactInput } from '@pledgeonce/chaincode/api.js';
import type { OffshoreBill, OffshoreInvoice } from '@pledgeonce/chaincode/offshore/api.js';
import { canonicalJson } from '@pledgeonce/chaincode/rules/canonical-json.js';
import type { Client } from '../rest/client.js';
import { at, listAt, textAt } from '../rest/json.js';
import { Neighbour } from '../rest/neighbour.js';
import { show } from './amounts.js';
import { assemble, type Bank, type Cast, dismiss } from './cast.js';
import type { Chapter } from './chapter.js';
import { freshContainer } from './containers.js';
import {
  checkOf,
  held,
  heldInvoice,
  heldReceipt,
  named,
  offshoreBill,
  type OffshorePaper,
  purchase,
} from './offshore-papers.js';
import { check, expectVerdict, payOn, price, reasonsFor, summary } from './offshore-steps.js';
import { expectAlert } from './payment-steps.js';
import { recordFact, short } from './record.js';
import { freshReceipt } from './shipments.js';
import { expectRefusal, expectStatus, expectThat, type Teller } from './teller.js';

/** Scenario S8: goods that never cross the border, checked against the carrier's record and paid for once. */
export const offshoreTrade: Chapter = {
  name: 'offshore-trade',
  title: 'New offshore trade: papers checked in three dimensions, paid for once',
  tell: async (teller, stack) => {
    const cast = await assemble(stack);
    const carrier = await Neighbour.signIn(stack, 'CarrierMSP', 'officer');
    const supplier = await Neighbour.signIn(stack, 'EnterpriseMSP', 'exporter-2');
    try {
      const trade = await shipment(teller, carrier, supplier);
      const id = await compare(teller, cast, trade);
      await distrust(teller, cast, trade.bill);
      const payment = await pay(teller, cast, trade, id);
      await race(teller, cast, { carrier, supplier });
      await takeBack(teller, cast, carrier, trade, payment);
      await audit(teller, cast, id, payment);
    } finally {
      dismiss(cast);
    }
  },
};

interface Trade {
  readonly bill: OffshorePaper;
  readonly fact: string;
  readonly receipt: FactInput;
  readonly invoice: OffshoreInvoice;
}

/** Records what a trader has to pay for goods; returns it as the bank holds it. */
async function invoiced(supplier: Client): Promise<OffshoreInvoice> {
  const sale = purchase(price);
  await recordFact(supplier, sale);
  return heldInvoice(sale);
}

async function shipment(teller: Teller, carrier: Client, supplier: Client): Promise<Trade> {
  const bill = offshoreBill();
  const receipt = { ...freshReceipt('24', bill), seller: bill.seller, transport: { to: 'Tuas yard' } };
  const fact = await teller.step('The carrier records a bill of lading, Jakarta to Singapore', async () => {
    const id = await recordFact(carrier, bill);
    return [`${bill.number}: 24 t of copper on the Beibu Star, loaded and discharged`, id];
  });
  await teller.step('The yard in Singapore records the receipt for the same goods', async () => {
    await recordFact(carrier, receipt);
    return [`${receipt.number} cites the bill: the same trade`, undefined];
  });
  const invoice = await teller.step('The supplier records its invoice to the trader', async () => {
    const held = await invoiced(supplier);
    return [`${held.document.number}: ${show(price)}`, held];
  });
  return { bill, fact, receipt, invoice };
}

/** The papers are true. */
async function compare(teller: Teller, { bankA }: Cast, { bill, receipt, invoice }: Trade): Promise<string> {
  return teller.step('Bank A has the papers of its customer compared with the record', async () => {
    const report = await check(bankA, checkOf([held(bill)], { receipts: [heldReceipt(receipt)], invoice }));
    expectVerdict(report, 'consistent');
    return [summary(report), textAt(report, 'id')];
  });
}

/** The papers are not, or nobody knows. */
async function distrust(teller: Teller, { bankA }: Cast, bill: OffshorePaper): Promise<void> {
  const forgeries: readonly (readonly [what: string, dimension: string, told: Partial<OffshoreBill>])[] = [
    ['says Rotterdam', 'vessel', { to: 'NLRTM' }],
    ['lists another container', 'containers', { containers: [freshContainer()] }],
    ['has seven tonnes more', 'cargo', { cargo: [{ hsCode: '740311', packages: 20, weight: 31_000 }] }],
  ];
  for (const [what, dimension, told] of forgeries) {
    await teller.step(`A copy of the bill that ${what} does not pass`, async () => {
      const report = await check(bankA, checkOf([held(bill, told)]));
      expectVerdict(report, 'inconsistent', dimension);
      const answer = await payOn(bankA, report, bill);
      return [
        `${reasonsFor(report, dimension)}\n${expectRefusal(answer, 409, 'CHECK_INCONSISTENT')}`,
        undefined,
      ];
    });
  }
  await teller.step('A bill that no carrier has recorded stays open', async () => {
    const report = await check(bankA, checkOf([held(offshoreBill())]));
    expectVerdict(report, 'not-covered');
    return [`not-covered: ${reasonsFor(report, 'vessel')}`, undefined];
  });
}

async function pay(
  teller: Teller,
  { bankA, bankB }: Cast,
  { bill, receipt, invoice }: Trade,
  id: string,
): Promise<string> {
  const payment = await teller.step(`Bank A pays ${show(price)} and quotes its check`, async () => {
    const { body } = expectStatus(await payOn(bankA, { id }, bill), 201);
    return [`payment ${short(textAt(body, 'id'))}: the bill is marked`, textAt(body, 'id')];
  });
  await teller.step('Bank B checks the same papers: true, but marked; not by whom', async () => {
    const report = await check(bankB, checkOf([held(bill)], { receipts: [heldReceipt(receipt)], invoice }));
    expectVerdict(report, 'consistent');
    const marked = listAt(report, 'marked').map(({ number }) => number);
    expectThat(
      marked.join() === `${bill.number},${receipt.number}`,
      `Both papers should be marked, not ${marked.join()}.`,
    );
    expectThat(!JSON.stringify(report).includes('BankA'), 'The report should not name the other bank.');
    const refusals = [await payOn(bankB, report, bill), await payOn(bankB, report, receipt)].map((answer) =>
      expectRefusal(answer, 409, 'ALREADY_MARKED'),
    );
    return [`a payment on the bill: ${refusals[0] ?? ''}\non the receipt: ${refusals[1] ?? ''}`, undefined];
  });
  return payment;
}

async function race(
  teller: Teller,
  { bankA, bankB }: Cast,
  { carrier, supplier }: { readonly carrier: Client; readonly supplier: Client },
): Promise<void> {
  /** Has a paper checked with an invoice of its own. */
  const checked = async (bank: Bank, paper: OffshorePaper) =>
    check(bank, checkOf([held(paper)], { invoice: await invoiced(supplier) }));
  await teller.step('Both banks pay on one more bill at the same moment', async () => {
    const bill = offshoreBill();
    await recordFact(carrier, bill);
    const banks = [bankA, bankB];
    const reports = await Promise.all(banks.map((bank) => checked(bank, bill)));
    const answers = await Promise.all(banks.map((bank, index) => payOn(bank, reports[index] ?? {}, bill)));
    const loser = answers.find(({ status }) => status !== 201);
    const statuses = answers.map(({ status }) => status);
    expectThat(
      statuses.toSorted().join() === '201,409' && loser !== undefined,
      `One should win, but the answers are ${statuses.join()}.`,
    );
    return [
      `${statuses.join(' and ')}: ${loser === undefined ? '' : expectRefusal(loser, 409, 'ALREADY_MARKED')}`,
      undefined,
    ];
  });
  await teller.step('Two parts of one shipment each back a payment, their master bill none', async () => {
    const containers = [freshContainer(), freshContainer()];
    const master = offshoreBill({}, { containers });
    const parts = containers.map((container) =>
      offshoreBill({ cites: [named(master)] }, { containers: [container] }),
    );
    for (const paper of [master, ...parts]) await recordFact(carrier, paper);
    for (const [index, part] of parts.entries()) {
      const bank = index === 0 ? bankA : bankB;
      expectStatus(await payOn(bank, await checked(bank, part), part), 201);
    }
    const answer = await payOn(bankB, await checked(bankB, master), master);
    return [`two payments\non the master: ${expectRefusal(answer, 409, 'ALREADY_MARKED')}`, undefined];
  });
}

async function takeBack(
  teller: Teller,
  { bankA, bankB }: Cast,
  carrier: Client,
  { bill, fact, invoice }: Trade,
  payment: string,
): Promise<void> {
  const second = await teller.step('The payment comes back; two people free the mark', async () => {
    const path = `/payments/${payment}`;
    const reason = { reason: 'Returned by the correspondent.' };
    expectStatus(await bankA.officer.post(`${path}/reversal`, reason), 200);
    expectStatus(await bankA.approver.post(`${path}/awaiting/confirmation`, {}), 200);
    const report = await check(bankB, checkOf([held(bill)], { invoice }));
    expectThat(listAt(report, 'marked').length === 0, 'Nothing should be marked any more.');
    const { body } = expectStatus(await payOn(bankB, report, bill), 201);
    return [`reversed; Bank B pays, payment ${short(textAt(body, 'id'))}`, textAt(body, 'id')];
  });
  await teller.step('The carrier cancels the bill: it was forged', async () => {
    expectStatus(await carrier.post(`/facts/${fact}/cancellation`, { reason: 'Forged.' }), 200);
    await expectAlert('Bank B', bankB.alerts, 'red-letter', second);
    expectVerdict(await check(bankA, checkOf([held(bill)])), 'inconsistent');
    return ['Bank B, which has paid on it, received "red-letter"; a check finds it out', undefined];
  });
}

async function audit(teller: Teller, { auditor }: Cast, id: string, payment: string): Promise<void> {
  await teller.step('The auditor reads what was checked before the payment', async () => {
    const { body: report } = expectStatus(await auditor.get(`/offshore-checks/${id}`), 200);
    const { id: _id, reportHash, ...content } = report;
    const computed = createHash('sha256').update(canonicalJson(content)).digest('hex');
    expectThat(reportHash === computed, 'The report should have its hash.');
    const { body: history } = expectStatus(await auditor.get(`/payments/${payment}/history`), 200);
    const { body: paid } = expectStatus(await auditor.get(`/payments/${payment}`), 200);
    expectThat(at(paid, 'check') === id, 'The payment should quote the check.');
    const states = listAt(history, 'versions').map(({ state }) => String(state));
    expectThat(
      states.join() === 'marked,marked,reversed',
      `The payment should be reversed: ${states.join()}.`,
    );
    return [
      `report with SHA-256 ${computed.slice(0, 16)}… of ${textAt(report, 'bank')}: ${textAt(report, 'verdict')}; payment ${states.join(', then ')}`,
      undefined,
    ];
  });
}
