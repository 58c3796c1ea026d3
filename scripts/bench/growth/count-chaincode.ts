import type { ClaimInput, FactInput } from '@pledgeonce/chaincode/api.js';
import type { Endorsement, FakeLedger, Person } from '@pledgeonce/chaincode/testing/fake-ledger.js';
import type { LedgerFunction } from '@pledgeonce/chaincode/permissions.js';
import * as insured from '@pledgeonce/chaincode/testing/insured-trade.js';
import * as loans from '@pledgeonce/chaincode/testing/loans.js';
import * as story from '@pledgeonce/chaincode/testing/story.js';
import { type CountedFigure, cpuMsOf } from './counted.js';
import { scaled } from './row.js';

const { people, usd, exporter } = story;
const perTransaction = 100;

/** What the chaincode does for the operations of the table, on a ledger in memory: one endorser's part, without a network. */
export async function* countChaincode(scale: number): AsyncGenerator<CountedFigure> {
  const tens = (sizes: readonly number[]) => scaled(sizes, scale).map((size) => Math.max(50, size));
  yield* importing(scaled([0, 1000, 2000, 4000], scale));
  yield* sharedContainer(Math.max(2, Math.round(6 * scale)));
  yield* joining(scaled([25, 50, 100, 200], scale).map((size) => Math.max(4, size)));
  yield* manyLines([...new Set(tens([50, 150, 300]))]);
  yield* oneDocument(scaled([0, 100, 200, 400], scale));
  yield* underCover(scaled([0, 60, 120, 240], scale));
  yield* creditRecords(scaled([0, 100, 200, 400], scale));
  yield* onlineLoans(scaled([0, 100, 200, 400], scale));
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

async function record(ledger: FakeLedger, person: Person, facts: readonly FactInput[]): Promise<void> {
  for (let start = 0; start < facts.length; start += perTransaction) {
    const { answer } = await ledger.submit('recordFacts', person, {
      facts: facts.slice(start, start + perTransaction),
    });
    const refused = answer.items.find(({ status }) => status === 'refused');
    if (refused !== undefined) throw new Error(`Not recorded: ${JSON.stringify(refused)}`);
  }
}

async function counted<F extends LedgerFunction>(
  what: string,
  size: string,
  work: () => Promise<Endorsement<F>>,
): Promise<CountedFigure> {
  const { ms, value } = await cpuMsOf(work);
  if (JSON.stringify(value.answer).includes('"status":"refused"'))
    throw new Error(`${what}: something was refused.`);
  const bytes = [...value.writes.values()].reduce((sum, text) => sum + text.length, 0);
  return {
    what,
    size,
    counts: { 'keys read': value.reads.size, 'keys written': value.writes.size, bytes },
    cpuMs: ms,
  };
}

/** Different amounts on the same few days: what a busy exporter looks like. */
function invoiceOf(index: number): FactInput {
  const date = `2026-03-0${1 + (index % 5)}`;
  return story.invoice({ number: `IMPORT-${index}X`, date, total: usd(`${1000 + index * 7}.00`) });
}

/** @param sizes how many are there, ascending. */
export async function* importing(sizes: readonly number[]): AsyncGenerator<CountedFigure> {
  const ledger = await story.openLedger();
  let there = 0;
  for (const size of sizes.filter((one, index) => one >= index * perTransaction)) {
    await record(
      ledger,
      people.tax,
      upTo(size - there).map((index) => invoiceOf(there + index)),
    );
    const facts = upTo(perTransaction).map((index) => invoiceOf(size + index));
    yield await counted('100 more documents of one seller and the same days', `${size} there`, () =>
      ledger.submit('recordFacts', people.tax, { facts }),
    );
    there = size + perTransaction;
  }
}

function billOf(index: number): FactInput {
  return {
    type: 'bill-of-lading',
    number: `BILL${index}`,
    date: '2026-03-01',
    seller: { ...exporter, name: 'Ningbo Harbour Tools' },
    total: usd('1000.00'),
    transport: { containers: ['CSQU3054383'], loadedOn: '2026-03-01' },
  };
}

function claimOf(
  ledger: FakeLedger,
  facts: readonly FactInput[],
  amount: string,
  total = amount,
): ClaimInput {
  const lines = facts.map(({ type, number }) => ({
    document: { type, number, ...(type !== 'customs-declaration' && { issuer: exporter }) },
    amount: usd(amount),
  }));
  return story.claim(ledger, total, { lines });
}

/** @param fifties how often fifty bills more are recorded. */
export async function* sharedContainer(fifties: number): AsyncGenerator<CountedFigure> {
  const ledger = await story.openLedger();
  const step = 50;
  const most = fifties * step;
  for (let there = 0; there < most; there += step) {
    const facts = upTo(step).map((index) => billOf(there + index));
    yield await counted('50 more bills that share a container, some drawn', `${there} there`, () =>
      ledger.submit('recordFacts', people.carrier, { facts }),
    );
    const claims = facts.slice(0, 5).map((fact) => claimOf(ledger, [fact], '1.00'));
    await ledger.submit('reserveClaims', people.bankA, { claims });
  }
  const claims = upTo(40).map((index) => claimOf(ledger, [billOf(Math.floor((index * most) / 40))], '1.00'));
  yield await counted('40 claims in one batch on bills that share a container', `${most} there`, () =>
    ledger.submit('reserveClaims', people.bankB, { claims }),
  );
}

/** Invoices of one trade: declarations that cite fifty each, the last of one being the first of the next. */
async function trade(
  ledger: FakeLedger,
  name: string,
  size: number,
  begin = 0,
): Promise<readonly FactInput[]> {
  const invoices = upTo(size).map((index) =>
    story.invoice({ number: `${name}-${index}`, total: usd('10000.00') }),
  );
  await record(ledger, people.tax, invoices);
  const declarations = [];
  for (let start = 0; start < size; start += 49) {
    const cites = invoices
      .slice(start, start + 50)
      .map(({ number }) => ({ type: 'tax-invoice' as const, number }));
    const number = `31012026051${String(begin + start).padStart(7, '0')}`;
    declarations.push(story.declaration({ number, total: usd('1000000.00'), cites }));
  }
  await record(ledger, people.customs, declarations);
  return invoices;
}

/** @param sizes how many invoices each of the two has. */
export async function* joining(sizes: readonly number[]): AsyncGenerator<CountedFigure> {
  for (const size of sizes) {
    const ledger = await story.openLedger();
    const [left, right] = [await trade(ledger, 'LEFT', size), await trade(ledger, 'RIGHT', size, 1_000_000)];
    const cites = [left[0], right[0]].flatMap((fact) =>
      fact === undefined ? [] : [{ type: 'tax-invoice' as const, number: fact.number }],
    );
    const facts = [story.declaration({ number: '310120260519999999', total: usd('20000.00'), cites })];
    yield await counted('joining two trades', `${size} invoices each`, () =>
      ledger.submit('recordFacts', people.customs, { facts }),
    );
  }
}

/** @param sizes how many invoices the trade has, fifty at least. */
export async function* manyLines(sizes: readonly number[]): AsyncGenerator<CountedFigure> {
  for (const size of sizes) {
    const ledger = await story.openLedger();
    const invoices = await trade(ledger, 'LINES', size);
    const next = (turn: number) => {
      const start = (turn * 37) % (size - 49);
      return claimOf(ledger, invoices.slice(start, start + 50), '100.00', '5000.00');
    };
    for (const turn of upTo(7)) await ledger.submit('reserveClaims', people.bankA, { claims: [next(turn)] });
    yield await counted('the eighth claim of 50 lines in one trade', `${size} invoices`, () =>
      ledger.submit('reserveClaims', people.bankA, { claims: [next(7)] }),
    );
  }
}

/** @param sizes how many claims on the document are live, ascending. */
export async function* oneDocument(sizes: readonly number[]): AsyncGenerator<CountedFigure> {
  const ledger = await story.openLedger();
  const fact = story.declaration({ total: usd('1000000.00') });
  await record(ledger, people.customs, [fact]);
  const claims = (count: number) => upTo(count).map(() => claimOf(ledger, [fact], '1.00'));
  let there = 0;
  for (const size of sizes) {
    while (there < size) {
      const answer = await story.reserve(ledger, claims(1)[0] ?? story.claim(ledger, '1.00'));
      const key = { id: answer.id, idempotencyKey: story.freshKey() };
      await ledger.submit('acceptClaim', people.approverA, key);
      await ledger.submit('disburseClaim', people.bankA, { ...key, idempotencyKey: story.freshKey() });
      there += 1;
    }
    const all = claims(50);
    yield await counted('50 claims in one batch on one document', `${there} live`, () =>
      ledger.endorse('reserveClaims', people.bankB, { claims: all }),
    );
  }
}

/** One limit of one policy, with insured claims on it by the hundred. @param sizes how many are live, ascending. */
export async function* underCover(sizes: readonly number[]): AsyncGenerator<CountedFigure> {
  const { ledger, policy } = await insured.assignedTrade({
    invoice: { total: usd('1000000.00') },
    shipment: { total: usd('1000000.00') },
    limit: { total: usd('1000000.00') },
  });
  let there = 0;
  for (const size of sizes) {
    for (; there < size; there++) await story.disburse(ledger, insured.insuredClaim(ledger, '1.00'));
    yield await counted('an insured claim on one limit of one policy', `${size} live`, () =>
      ledger.endorse('reserveClaims', people.bankA, { claims: [insured.insuredClaim(ledger, '1.00')] }),
    );
    yield await counted('amending the policy', `${size} live`, () =>
      ledger.endorse('amendFact', people.insurer, {
        id: policy.id,
        changes: { details: { note: `${size}` } },
        reason: 'A note.',
      }),
    );
  }
}

/** @param sizes how many versions of each record of the enterprise there are, ascending. */
export async function* creditRecords(sizes: readonly number[]): AsyncGenerator<CountedFigure> {
  const ledger = await loans.ledgerForLoans();
  const version = (index: number) => ({
    enterprise: exporter,
    content: { ...loans.basic, name: `N${index}` },
  });
  let there = 0;
  for (const size of sizes) {
    for (; there < size; there++) await ledger.submit('recordCredit', people.regulator, version(there));
    yield await counted('one more version of a credit record', `${size} versions`, () =>
      ledger.endorse('recordCredit', people.regulator, version(-1)),
    );
    const authorisation = await loans.authorise(ledger, { categories: ['basic'] });
    const question = {
      idempotencyKey: story.freshKey(),
      enterprise: exporter,
      authorisation,
      categories: ['basic' as const],
      purpose: 'Micro loan',
    };
    await ledger.submit('queryCredit', people.bankA, question);
    yield await counted('the answer to a credit query', `${size} versions`, () =>
      ledger.endorse('queryCredit', people.bankA, question),
    );
  }
}

/** @param sizes how many online loans of the enterprise are open at the bank, ascending. */
export async function* onlineLoans(sizes: readonly number[]): AsyncGenerator<CountedFigure> {
  const ledger = await loans.ledgerForLoans();
  const mandate = await loans.granted(ledger, { total: usd('1000.00') });
  let there = 0;
  const approval = async () => {
    const declaration = story.declaration({ number: `3101202605${10_000_000 + there}` });
    await story.record(ledger, declaration);
    const { id } = await loans.applied(ledger, loans.askingFor('1.00', declaration));
    // The first one leaves its trace, the second one answers.
    for (const _ of ['asked', 'answered']) await ledger.submit('queryForLoan', loans.service, { id });
    return loans.approval(id, mandate.id, '1.00', there);
  };
  for (const size of sizes) {
    for (; there < size; there++) await ledger.submit('decideLoan', loans.service, await approval());
    const next = await approval();
    let claim = '';
    yield await counted('one more online loan of an enterprise', `${size} open`, async () => {
      const decided = await ledger.submit('decideLoan', loans.service, next);
      claim = decided.answer.claim ?? '';
      return decided;
    });
    there += 1;
    await ledger.submit('disburseClaim', people.bankA, { id: claim, idempotencyKey: story.freshKey() });
    yield await counted('a repayment of such a loan', `${size} open`, () =>
      ledger.endorse('repayClaim', people.bankA, {
        id: claim,
        idempotencyKey: story.freshKey(),
        amount: usd('0.50'),
        source: 'proceeds',
      }),
    );
  }
}
