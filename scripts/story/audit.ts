import { setTimeout as sleep } from 'node:timers/promises';
import type { DocumentReference, PartyId } from '@pledgeonce/chaincode/api.js';
import { EvidenceError } from '@pledgeonce/gateway/evidence/evidence-error.js';
import { verifyEvidence } from '@pledgeonce/gateway/evidence/verify-evidence.js';
import type { Client, Json } from '../rest/client.js';
import { at, listAt, moneyAt, textAt } from '../rest/json.js';
import { Neighbour } from '../rest/neighbour.js';
import { show } from './amounts.js';
import { assemble, dismiss, type Bank, type Cast } from './cast.js';
import type { Chapter } from './chapter.js';
import { daysFromNow, reserve } from './claims.js';
import { short } from './record.js';
import { freshTrade, type PricedFact } from './samples.js';
import { expectRefusal, expectStatus, expectThat, type Teller } from './teller.js';

/** How long the regulator's gateway may take to have read the blocks. */
const readingTakesMs = 30_000;

/** Scenario S10: whom the debtor pays, a repaid fraud that does not stay hidden, figures, and evidence for a court. */
export const audit: Chapter = {
  name: 'audit',
  title: 'A repaid fraud does not stay hidden',
  tell: async (teller, stack) => {
    const [cast, debtor] = await Promise.all([
      assemble(stack),
      Neighbour.signIn(stack, 'EnterpriseMSP', 'exporter-2'),
    ]);
    try {
      const { invoice } = freshTrade(new Date());
      const first = await finance(teller, cast, invoice);
      await tellDebtor(teller, cast, { ...first, debtor });
      await repay(teller, cast.bankA, first);
      const twin = await pledgeAgain(teller, cast, invoice);
      await find(teller, cast.auditor, { settled: first.claim, twin });
      await figures(teller, cast);
      await prove(teller, cast.auditor, first.claim);
    } finally {
      dismiss(cast);
    }
  },
};

interface Financed {
  readonly invoice: PricedFact;
  readonly claim: string;
}

function partyOf({ seller }: PricedFact): PartyId {
  return { scheme: seller.scheme, id: seller.id };
}

function referenceTo(invoice: PricedFact): DocumentReference {
  return { type: invoice.type, number: invoice.number, issuer: partyOf(invoice) };
}

async function disburse(bank: Bank, invoice: PricedFact): Promise<string> {
  const { total: amount } = invoice;
  const answer = await reserve(bank, {
    document: referenceTo(invoice),
    enterprise: partyOf(invoice),
    amount,
  });
  const claim = textAt(expectStatus(answer, 201).body, 'id');
  expectStatus(await bank.approver.post(`/claims/${claim}/acceptance`, {}), 200);
  expectStatus(await bank.officer.post(`/claims/${claim}/disbursement`, {}), 200);
  return claim;
}

async function finance(teller: Teller, { tax, bankA }: Cast, invoice: PricedFact): Promise<Financed> {
  return teller.step('The tax authority records an invoice, and Bank A finances all of it', async () => {
    expectStatus(await tax.post('/facts', invoice), 201);
    const claim = await disburse(bankA, invoice);
    return [
      `${invoice.number}, ${show(invoice.total)}: claim ${short(claim)} is disbursed`,
      { invoice, claim },
    ];
  });
}

async function tellDebtor(
  teller: Teller,
  { bankA, bankB }: Cast,
  { invoice, claim, debtor }: Financed & { readonly debtor: Client },
): Promise<void> {
  const question = {
    document: { type: invoice.type, number: invoice.number },
    particulars: { seller: partyOf(invoice), total: invoice.total },
  };
  const payee = async () => {
    const { body } = expectStatus(await debtor.post('/payee-look-ups', question), 200);
    return { kind: textAt(body, 'payee.kind'), body };
  };
  await teller.step('The debtor of the invoice asks whom to pay', async () => {
    const { kind } = await payee();
    expectThat(kind === 'seller', 'An unnotified debtor pays the seller.');
    return ['the seller: that it is financed is nobody’s business before the debtor is notified', undefined];
  });
  await teller.step('Bank A records when and how it notified the debtor; the debtor asks again', async () => {
    const notice = { date: daysFromNow(0), how: 'Registered letter, received' };
    expectStatus(await bankA.officer.post(`/claims/${claim}/debtor-notice`, notice), 200);
    const { kind, body } = await payee();
    expectThat(kind === 'bank', 'The bank should be named.');
    return [`${textAt(body, 'payee.bank')}, notified ${textAt(body, 'payee.notified.date')}`, undefined];
  });
  await teller.step('Somebody guesses the amount, and Bank B asks, too', async () => {
    const guess = { ...question.particulars, total: { ...invoice.total, amount: '1.00' } };
    const { body } = expectStatus(
      await debtor.post('/payee-look-ups', { ...question, particulars: guess }),
      200,
    );
    expectThat(at(body, 'result') === 'no-match', 'A wrong amount must not be answered.');
    const refusal = expectRefusal(
      await bankB.officer.post('/payee-look-ups', question),
      403,
      'WRONG_ORGANISATION',
    );
    return [`no-match, as if there were no such invoice\n${refusal}`, undefined];
  });
}

async function repay(teller: Teller, bank: Bank, { invoice, claim }: Financed): Promise<void> {
  await teller.step('The export proceeds repay the claim: it is settled', async () => {
    const repayment = { amount: invoice.total, source: 'proceeds' };
    const { body } = expectStatus(await bank.officer.post(`/claims/${claim}/repayments`, repayment), 200);
    expectThat(at(body, 'state') === 'settled', 'The claim should be settled.');
    const again = { document: referenceTo(invoice), enterprise: partyOf(invoice), amount: invoice.total };
    return [
      `and stays used up: ${expectRefusal(await reserve(bank, again), 409, 'EXCEEDS_BALANCE')}`,
      undefined,
    ];
  });
}

async function pledgeAgain(teller: Teller, { tax, bankB }: Cast, invoice: PricedFact): Promise<string> {
  const twin = { ...invoice, number: `INV-${invoice.number}` };
  return teller.step('The same goods come back under another number, and Bank B lends on them', async () => {
    const { body } = expectStatus(await tax.post('/facts', twin), 201);
    const particulars = { enterprise: partyOf(twin), total: twin.total };
    const verified = await bankB.officer.post('/verifications', { document: referenceTo(twin), particulars });
    const warnings = listAt(expectStatus(verified, 200).body, 'warnings').map((one) => one['warning']);
    expectThat(warnings.includes('near-duplicate'), 'Bank B should be warned.');
    const claim = await disburse(bankB, twin);
    return [
      `${twin.number}: warned of a near duplicate, claim ${short(claim)} disbursed`,
      textAt(body, 'id'),
    ];
  });
}

async function find(
  teller: Teller,
  auditor: Client,
  { settled, twin }: { readonly settled: string; readonly twin: string },
): Promise<void> {
  await teller.step('The auditor lists late duplicates', async () => {
    const found = await eventually(async () => {
      // By its number: the amounts of two other documents may add up to this one's, too.
      const list = await auditor.get('/audit/late-duplicates?reason=number&limit=50');
      const items = listAt(expectStatus(list, 200).body, 'items');
      return items.find((item) => at(item, 'later.fact') === twin);
    });
    expectThat(at(found, 'earlier.claims.0.id') === settled, 'The settled claim should be named.');
    const reasons = listAt(found, 'reasons').map(String).join(' and ');
    return [
      `same ${reasons} as ${textAt(found, 'earlier.number')}, which Bank A financed and has back`,
      undefined,
    ];
  });
  const order = await teller.step(
    'The auditor scans all documents for those that were financed twice',
    async () => {
      const { scan, finding } = await eventually(async () => {
        const done = await scanned(auditor, { financed: 'both' });
        const hit = (await findings(auditor, done)).find((item) => at(item, 'document.fact') === twin);
        return hit && { scan: done, finding: hit };
      });
      const states = [
        textAt(finding, 'resembles.0.document.claims.0.state'),
        textAt(finding, 'document.claims.0.state'),
      ];
      const count = `${String(scan['examined'])} documents of ${String(at(scan, 'order.height'))} blocks`;
      return [`${count}: one claim is ${states.join(', the other ')}`, scan];
    },
  );
  await teller.step('The same scan at the same height, once more', async () => {
    const before = await findings(auditor, order);
    const again = await scanned(auditor, at(order, 'order') as object);
    const same = JSON.stringify(await findings(auditor, again)) === JSON.stringify(before);
    expectThat(same, 'The same blocks should give the same findings.');
    return [`the same ${before.length} findings; the result names its height`, undefined];
  });
}

async function scanned(auditor: Client, order: object): Promise<Json> {
  const { status, body } = await auditor.post('/audit/scans', order);
  expectThat(status === 200 || status === 202, `The scan was refused: ${JSON.stringify(body)}`);
  return eventually(async () => {
    const now = expectStatus(await auditor.get(`/audit/scans/${textAt(body, 'id')}`), 200).body;
    return at(now, 'state') === 'done' ? now : undefined;
  });
}

async function findings(auditor: Client, scan: Json): Promise<readonly Json[]> {
  const all: Json[] = [];
  let cursor: unknown = '0';
  while (typeof cursor === 'string') {
    const path = `/audit/scans/${textAt(scan, 'id')}/findings?limit=100&cursor=${cursor}`;
    const { body } = expectStatus(await auditor.get(path), 200);
    all.push(...listAt(body, 'items'));
    cursor = at(body, 'next');
  }
  return all;
}

async function figures(teller: Teller, { auditor, bankA }: Cast): Promise<void> {
  await teller.step('The auditor reads the portfolio of Bank B; Bank A may not', async () => {
    const path = '/audit/portfolios/BankBMSP';
    const { body } = expectStatus(await auditor.get(path), 200);
    const lines = listAt(body, 'totals').map(
      (row) => `${String(row['claims'])} live claims, ${show(moneyAt(row, 'outstanding'))} outstanding`,
    );
    expectThat(lines.length > 0, 'Bank B should have a live claim.');
    return [
      `${lines.join('\n')}\n${expectRefusal(await bankA.officer.get(path), 403, 'WRONG_ORGANISATION')}`,
      undefined,
    ];
  });
}

async function prove(teller: Teller, auditor: Client, claim: string): Promise<void> {
  await teller.step('The auditor exports the settled claim; a court checks the file offline', async () => {
    const { body } = expectStatus(await auditor.get(`/audit/evidence/claims/${claim}`), 200);
    const text = JSON.stringify(body);
    const report = verifyEvidence(text);
    const states = report.versions.map(({ state }) => state).join(', ');
    // The file is more than a claim: with one letter of it changed, nothing is proved any more.
    const forged = text.replace('"settled"', '"expired"');
    expectThat(forged !== text && refuses(forged), 'A changed file should be refused.');
    return [
      `${states}: ${report.blocks} blocks prove it, however long the chain; a changed state is noticed`,
      undefined,
    ];
  });
}

function refuses(text: string): boolean {
  try {
    verifyEvidence(text);
    return false;
  } catch (error) {
    if (error instanceof EvidenceError) return true;
    throw error;
  }
}

async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  const until = Date.now() + readingTakesMs;
  while (Date.now() < until) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(300);
  }
  throw new Error("The regulator's gateway did not find it in time.");
}
