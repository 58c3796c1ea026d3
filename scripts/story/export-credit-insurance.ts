import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Money } from '@pledgeonce/chaincode/api.js';
import type { Answer, Client } from '../rest/client.js';
import { at, listAt, moneyAt, textAt } from '../rest/json.js';
import { Neighbour } from '../rest/neighbour.js';
import { isSame, percentOf, show } from './amounts.js';
import { assemble, type Cast, dismiss } from './cast.js';
import type { Chapter } from './chapter.js';
import { daysFromNow } from './claims.js';
import { coverBy, type InsurancePapers, insurancePapers } from './insurance-papers.js';
import { recordFact, recordTrade, short } from './record.js';
import { freshTrade, type PricedFact } from './samples.js';
import { expectRefusal, expectStatus, expectThat, type Teller } from './teller.js';

/** Who acts besides customs, tax and the banks. */
interface Insured {
  readonly exporter: Client;
  readonly insurer: Client;
  readonly insurerApprover: Client;
}

/** The insurer's documents and their ids. */
interface Cover extends InsurancePapers {
  readonly limitId: string;
  readonly shipmentId: string;
  readonly invoice: PricedFact;
}

/** Scenario S2: a loan on an insured receivable, from the assignment of the proceeds to the indemnity. */
export const exportCreditInsurance: Chapter = {
  name: 'export-credit-insurance',
  title: 'A loan under export credit insurance',
  tell: async (teller, stack) => {
    const [exporter, insurer, insurerApprover] = await Promise.all([
      Neighbour.signIn(stack, 'EnterpriseMSP', 'exporter-1'),
      Neighbour.signIn(stack, 'InsurerMSP', 'officer'),
      Neighbour.signIn(stack, 'InsurerMSP', 'approver'),
    ]);
    const insured: Insured = { exporter, insurer, insurerApprover };
    const cast = await assemble(stack);
    try {
      const trade = freshTrade(new Date());
      await recordTrade(teller, cast, trade);
      const cover = await insure(teller, insured, trade.invoice);
      const assignment = await assign(teller, cast, insured, cover);
      await payPremium(teller, cast, insured, cover);
      const claim = await race(teller, cast, cover);
      await bounce(teller, cast, insured, cover, claim);
      await lend(teller, cast, insured, cover, claim);
      await lapse(teller, cast, insured, cover, claim);
      await indemnify(teller, cast, insured, cover, claim, assignment);
    } finally {
      dismiss(cast);
    }
  },
};

/** A loan on the invoice, covered in the same amount by limit and shipment. */
function claim(officer: Client, { invoice, limit, shipment }: Cover, amount: Money): Promise<Answer> {
  const { type, number, seller } = invoice;
  const enterprise = { scheme: seller.scheme, id: seller.id };
  return officer.post('/claims', {
    applicationNumber: `APP-${randomInt(1e9)}`,
    enterprise,
    product: 'insured',
    amount,
    lines: [{ document: { type, number, issuer: enterprise }, amount }],
    cover: [limit, shipment].map((fact) => ({ document: coverBy(fact), amount })),
    dueDate: daysFromNow(120),
  });
}

const share = ({ invoice }: Cover, percent: bigint) => percentOf(invoice.total, percent);

async function insure(teller: Teller, { insurer }: Insured, invoice: PricedFact): Promise<Cover> {
  const papers = insurancePapers(invoice, percentOf(invoice.total, 70n));
  return teller.step('The insurer records policy, buyer limit and declared shipment', async () => {
    const ids = [];
    for (const fact of [papers.policy, papers.limit, papers.shipment]) {
      ids.push(await recordFact(insurer, fact));
    }
    const [, limitId = '', shipmentId = ''] = ids;
    return [
      `insured share 90 %, limit ${show(percentOf(invoice.total, 70n))}; the premium is not paid yet`,
      { ...papers, invoice, limitId, shipmentId },
    ];
  });
}

async function assign(
  teller: Teller,
  { bankA }: Cast,
  { exporter, insurerApprover }: Insured,
  cover: Cover,
): Promise<string> {
  await teller.step('Bank A claims before anything is assigned to it or paid', async () => {
    const answer = await claim(bankA.officer, cover, share(cover, 40n));
    expectRefusal(answer, 409, 'PREMIUM_UNPAID');
    const reasons = listAt(answer.body, 'lines').map(
      ({ list, line, code }) => `${String(list)}.${String(line)}: ${String(code)}`,
    );
    expectThat(reasons.join().includes('NOT_ASSIGNEE'), 'The missing assignment should be a reason, too.');
    return [`409, with a reason for each line\n${reasons.join('\n')}`, undefined];
  });
  const propose = async (bank: string) =>
    textAt(
      expectStatus(await exporter.post('/assignments', { bank, limit: cover.limit.number }), 201).body,
      'id',
    );
  const confirm = (id: string) => insurerApprover.post(`/assignments/${id}/confirmation`, {});
  const id = await teller.step(
    'The exporter assigns the proceeds to Bank A, the insurer confirms',
    async () => {
      const proposed = await propose('BankAMSP');
      const { body } = expectStatus(await confirm(proposed), 200);
      return [`assignment ${short(proposed)} is ${textAt(body, 'state')}`, proposed];
    },
  );
  await teller.step('The exporter assigns them to Bank B, too', async () => {
    return [expectRefusal(await confirm(await propose('BankBMSP')), 409, 'ALREADY_ASSIGNED'), undefined];
  });
  return id;
}

async function payPremium(
  teller: Teller,
  { bankB }: Cast,
  { insurer }: Insured,
  cover: Cover,
): Promise<void> {
  await teller.step('The insurer notes the premium; Bank B, which is not the assignee, claims', async () => {
    const shipment = { ...cover.shipment.shipment, premiumPaid: true };
    await amend(insurer, cover.shipmentId, { shipment }, 'The premium has been paid.');
    const answer = await claim(bankB.officer, cover, share(cover, 40n));
    return [expectRefusal(answer, 409, 'NOT_ASSIGNEE'), undefined];
  });
}

async function race(teller: Teller, { bankA }: Cast, cover: Cover): Promise<string> {
  const amount = share(cover, 40n);
  return teller.step(
    `Bank A claims ${show(amount)} twice at the same moment, which the limit bears once`,
    async () => {
      const answers = await Promise.all([
        claim(bankA.officer, cover, amount),
        claim(bankA.officer, cover, amount),
      ]);
      const won = answers.find(({ status }) => status === 201);
      const lost = answers.find(({ status }) => status !== 201);
      if (won === undefined || lost === undefined) {
        throw new Error(`One of two should win: ${answers.map(({ status }) => status).join(' and ')}.`);
      }
      const refusal = expectRefusal(lost, 409, 'EXCEEDS_BALANCE');
      const left = await leftOfLimit(bankA.officer, cover);
      expectThat(isSame(left, share(cover, 30n)), `${show(left)} should not be left of the limit.`);
      const id = textAt(won.body, 'id');
      return [`reserved, claim ${short(id)}\n${refusal} Left of the limit: ${show(left)}.`, id];
    },
  );
}

/** What a bank that knows the limit's particulars is told is left of it. */
async function leftOfLimit(officer: Client, { limit }: Cover): Promise<Money> {
  const { type, number, seller, total } = limit;
  const particulars = { enterprise: { scheme: seller.scheme, id: seller.id }, total };
  const answer = await officer.post('/verifications', { document: { type, number }, particulars });
  return moneyAt(expectStatus(answer, 200).body, 'remaining');
}

async function bounce(
  teller: Teller,
  { bankA }: Cast,
  { insurer }: Insured,
  cover: Cover,
  id: string,
): Promise<void> {
  await teller.step(
    'The premium bounces: Bank A is alerted, and its second person cannot accept',
    async () => {
      const { shipment } = cover.shipment;
      await amend(insurer, cover.shipmentId, { shipment }, 'The payment of the premium came back.');
      await expectAlerted(bankA, 'premium-unpaid', id);
      const refusal = expectRefusal(
        await bankA.approver.post(`/claims/${id}/acceptance`, {}),
        409,
        'PREMIUM_UNPAID',
      );
      const paid = { ...shipment, premiumPaid: true };
      await amend(insurer, cover.shipmentId, { shipment: paid }, 'The premium has been paid after all.');
      return [`${refusal}\nThe exporter pays it once more`, undefined];
    },
  );
}

async function lend(
  teller: Teller,
  { bankA }: Cast,
  { insurer }: Insured,
  cover: Cover,
  id: string,
): Promise<void> {
  await teller.step(
    'A second person accepts, Bank A disburses; the insurer sees its limit in use',
    async () => {
      expectStatus(await bankA.approver.post(`/claims/${id}/acceptance`, {}), 200);
      const { body } = expectStatus(await bankA.officer.post(`/claims/${id}/disbursement`, {}), 200);
      const use = expectStatus(await insurer.get(`/facts/${cover.limitId}/use`), 200).body;
      expectThat(isSame(moneyAt(use, 'inUse'), share(cover, 40n)), '40 % should be in use.');
      const banks = listAt(use, 'banks').map(
        (bank) => `${textAt(bank, 'bank')} ${show(moneyAt(bank, 'inUse'))}`,
      );
      const state = `claim ${short(id)} is ${textAt(body, 'state')}`;
      return [`${state}\n${banks.join(', ')}; ${show(moneyAt(use, 'remaining'))} is free`, undefined];
    },
  );
}

async function lapse(
  teller: Teller,
  { bankA, auditor }: Cast,
  { insurer }: Insured,
  cover: Cover,
  id: string,
): Promise<void> {
  await teller.step('The insurer lets the limit lapse: the bank and the regulator are alerted', async () => {
    const limit = { ...cover.limit.limit, lapsedOn: daysFromNow(0) };
    await amend(insurer, cover.limitId, { limit }, 'The buyer has stopped paying.');
    await expectAlerted(bankA, 'limit-lapsed', id);
    expectThat(await isTold(auditor, isAlert('limit-lapsed', id)), 'The regulator was not alerted.');
    return ['Bank A and the regulator received "limit-lapsed"', undefined];
  });
  await teller.step('Bank A claims what is left of the limit', async () => {
    const answer = await claim(bankA.officer, cover, share(cover, 10n));
    return [expectRefusal(answer, 409, 'LIMIT_LAPSED'), undefined];
  });
}

async function indemnify(
  teller: Teller,
  { bankA }: Cast,
  { insurer, insurerApprover, exporter }: Insured,
  cover: Cover,
  id: string,
  assignment: string,
): Promise<void> {
  await teller.step('The exporter tries to end the assignment under the running loan', async () => {
    const answer = await exporter.post(`/assignments/${assignment}/release`, {});
    return [expectRefusal(answer, 409, 'ASSIGNMENT_IN_USE'), undefined];
  });
  await teller.step('The buyer defaults; the insurer pays the bank, and the assignment ends', async () => {
    const amount = share(cover, 40n);
    const { limit, buyer } = cover.limit;
    const confirmation = {
      bank: 'BankAMSP',
      policy: limit?.policy,
      buyer: { scheme: buyer?.scheme, id: buyer?.id },
      amount,
      paidOn: daysFromNow(0),
    };
    const confirmed = expectStatus(await insurerApprover.post('/indemnities', confirmation), 201).body;
    const repayment = { amount, source: 'indemnity', indemnity: textAt(confirmed, 'id') };
    const { body } = expectStatus(await bankA.officer.post(`/claims/${id}/repayments`, repayment), 200);
    const use = expectStatus(await insurer.get(`/facts/${cover.limitId}/use`), 200).body;
    expectThat(isSame(moneyAt(use, 'consumed'), amount), 'The indemnity should use the limit up.');
    const released = await exporter.post(`/assignments/${assignment}/release`, { reason: 'Paid.' });
    expectStatus(released, 200);
    return [
      `claim is ${textAt(body, 'state')}; ${show(amount)} of the limit is used up for good; assignment ${textAt(released.body, 'state')}`,
      undefined,
    ];
  });
}

const isAlert = (kind: string, claim: string) => (alert: unknown) =>
  at(alert, 'content.alert') === kind && JSON.stringify(alert).includes(claim);

async function expectAlerted({ alerts }: Cast['bankA'], kind: string, claim: string): Promise<void> {
  expectThat((await alerts.find(isAlert(kind, claim))) !== undefined, `Bank A was not told "${kind}".`);
}

/** Whether somebody finds such an alert among the latest, at once or soon. */
async function isTold(reader: Client, fits: (alert: unknown) => boolean): Promise<boolean> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    if (listAt((await reader.get('/alerts')).body, 'items').some(fits)) return true;
    await sleep(500);
  }
  return false;
}

async function amend(insurer: Client, id: string, changes: object, reason: string): Promise<void> {
  expectStatus(await insurer.request('PATCH', `/facts/${id}`, { body: { changes, reason } }), 200);
}
