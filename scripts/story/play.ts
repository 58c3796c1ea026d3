import { createHash } from 'node:crypto';
import type { Money } from '@pledgeonce/chaincode/api.js';
import { once, type Json } from '../rest/client.js';
import { at, listAt, textAt } from '../rest/json.js';
import { percentOf, isSame, show, subtract } from './amounts.js';
import type { Bank, Cast } from './cast.js';
import { asSent, reserve, respell } from './claims.js';
import { short, type Subject } from './record.js';
import { expectDone, expectRefusal, expectStatus, expectThat, Unexpected, type Teller } from './teller.js';

/** A reserved claim and the bank that holds it. */
interface Held {
  readonly bank: Bank;
  readonly id: string;
  readonly amount: Money;
}

/** Plays the whole story on one recorded document. @throws Unexpected at the first outcome that the story does not allow. */
export async function play(teller: Teller, cast: Cast, subject: Subject): Promise<void> {
  await verify(teller, cast.bankA, subject, subject.payable, 0);
  const { winner, loser } = await race(teller, cast, subject);
  const second = await claimRemainder(teller, loser, subject, subtract(subject.payable, winner.amount));
  await tryDuplicates(teller, cast, subject);
  await disburseAndRepay(teller, winner, subject);
  await lower(teller, cast, subject, [winner, second]);
  await audit(teller, cast, subject, winner);
}

async function verify(
  teller: Teller,
  { title, officer }: Bank,
  { document, enterprise, payable }: Subject,
  remaining: Money,
  liveDraws: number,
): Promise<void> {
  await teller.step(`${title} verifies the document`, async () => {
    const particulars = { enterprise, total: payable };
    const body = { document: asSent(document), particulars };
    const found = await expectDone(officer.api.POST('/verifications', { body }), 'result');
    const { result, remaining: left, liveDraws: live } = found;
    expectThat(result === 'match', `The document should match: ${JSON.stringify(found)}`);
    if (left === undefined || 'unit' in left) throw new Unexpected('What is left should be an amount.');
    expectThat(isSame(left, remaining), `${show(remaining)} should be left, not ${show(left)}.`);
    expectThat(live === liveDraws, `There should be ${liveDraws} live claims.`);
    const warnings = found.warnings.map(({ warning }) => warning);
    const noted = warnings.length === 0 ? '' : `; note: ${warnings.join(', ')}`;
    return [`match; ${show(left)} can be claimed, ${liveDraws} live claims${noted}`, undefined];
  });
}

async function race(
  teller: Teller,
  { bankA, bankB }: Cast,
  subject: Subject,
): Promise<{ readonly winner: Held; readonly loser: Bank }> {
  const amount = percentOf(subject.payable, 60n);
  return teller.step(`Both banks claim 60 % (${show(amount)}) at the same moment`, async () => {
    const banks = [bankA, bankB] as const;
    const answers = await Promise.all(banks.map((bank) => reserve(bank, { ...subject, amount })));
    const winners = banks.filter((_, index) => answers[index]?.status === 201);
    const [winner] = winners;
    const outcome = answers.map(({ status }) => status).join(' and ');
    if (winner === undefined || winners.length !== 1) {
      throw new Error(`One bank should be accepted, but the answers are ${outcome}.`);
    }
    const loser = winner === bankA ? bankB : bankA;
    const [won, lost] = winner === bankA ? answers : answers.toReversed();
    if (won === undefined || lost === undefined) throw new Error('An answer is missing.');
    const refusal = expectRefusal(lost, 409, 'EXCEEDS_BALANCE');
    const left = subtract(subject.payable, amount);
    const id = textAt(won.body, 'id');
    return [
      `${winner.title}: reserved, claim ${short(id)}\n${loser.title}: ${refusal} Left: ${show(left)}.`,
      { winner: { bank: winner, id, amount }, loser },
    ];
  });
}

async function claimRemainder(teller: Teller, bank: Bank, subject: Subject, amount: Money): Promise<Held> {
  return teller.step(`${bank.title} claims the remainder (${show(amount)})`, async () => {
    const { body } = expectStatus(await reserve(bank, { ...subject, amount }), 201);
    const id = textAt(body, 'id');
    return [`reserved, claim ${short(id)}; nothing is left`, { bank, id, amount }];
  });
}

/** The same goods once more: under another document, another spelling, another applicant. */
async function tryDuplicates(teller: Teller, { bankA, bankB }: Cast, subject: Subject): Promise<void> {
  const amount = percentOf(subject.payable, 10n);
  const { document, enterprise, sameGoods } = subject;
  if (sameGoods !== undefined) {
    await teller.step('Bank A tries a claim on the invoice of the same goods', async () => {
      const answer = await reserve(bankA, { document: sameGoods, enterprise, amount });
      return [expectRefusal(answer, 409, 'EXCEEDS_BALANCE'), undefined];
    });
  }
  const spelling = respell(document.number);
  await teller.step(`Bank B tries the same document, spelled ${spelling}`, async () => {
    const answer = await reserve(bankB, { document: { ...document, number: spelling }, enterprise, amount });
    return [expectRefusal(answer, 409, 'EXCEEDS_BALANCE'), undefined];
  });
  await teller.step('Bank B tries it for another applicant', async () => {
    const other = { scheme: 'USCC', id: '91350100M000100Y43' } as const;
    const issuer = document.type === 'customs-declaration' ? {} : { issuer: document.issuer ?? enterprise };
    const answer = await reserve(bankB, { document: { ...document, ...issuer }, enterprise: other, amount });
    return [expectRefusal(answer, 409, 'APPLICANT_MISMATCH', 'NOT_VERIFIED', 'EXCEEDS_BALANCE'), undefined];
  });
}

async function disburseAndRepay(teller: Teller, { bank, id, amount }: Held, subject: Subject): Promise<void> {
  await teller.step(`${bank.title} accepts (a second person) and disburses`, async () => {
    const params = { path: { id } };
    await expectDone(
      bank.approver.api.POST('/claims/{id}/acceptance', { params: { ...params, ...once() }, body: {} }),
      'state',
    );
    const { state } = await expectDone(
      bank.officer.api.POST('/claims/{id}/disbursement', { params: { ...params, ...once() }, body: {} }),
      'state',
    );
    return [`claim ${short(id)} is ${state}`, undefined];
  });
  const half = percentOf(amount, 50n);
  await teller.step(`Export proceeds repay ${show(half)}`, async () => {
    const { state, outstanding } = await expectDone(
      bank.officer.api.POST('/claims/{id}/repayments', {
        params: { path: { id }, ...once() },
        body: { amount: half, source: 'proceeds' },
      }),
      'state',
    );
    return [`claim is ${state}, ${show(outstanding)} outstanding`, undefined];
  });
  const nothing = { amount: '0', currency: amount.currency };
  await verify(teller, bank, subject, nothing, 2);
}

async function lower(
  teller: Teller,
  { bankA, bankB }: Cast,
  subject: Subject,
  claims: readonly Held[],
): Promise<void> {
  const lowered = percentOf(subject.payable, 50n);
  await teller.step(`${subject.authorityTitle} lowers the document to ${show(lowered)}`, async () => {
    const changes = { total: lowered, payable: lowered };
    const { overdrawn, status } = await expectDone(
      subject.authority.api.PATCH('/facts/{id}', {
        params: { path: { id: subject.factId }, ...once() },
        body: { changes, reason: 'Part of the goods was returned.' },
      }),
      'status',
    );
    expectThat(overdrawn, 'The trade should be overdrawn.');
    return [`${status}; more is claimed than is left: overdrawn`, undefined];
  });
  await teller.step('Both banks are alerted', async () => {
    const alerts = await Promise.all(
      claims.map(({ bank, id }) => bank.alerts.find((alert) => isOverdrawn(alert, id))),
    );
    const told = claims.filter((_, index) => alerts[index] !== undefined).map(({ bank }) => bank.title);
    expectThat(told.length === claims.length, `Only ${told.join(', ') || 'nobody'} was alerted.`);
    return [`${told.toSorted().join(' and ')} received "overdrawn"`, undefined];
  });
  await teller.step('New claims are refused', async () => {
    const amount = percentOf(subject.payable, 1n);
    const refusals = [];
    for (const bank of [bankA, bankB]) {
      refusals.push(expectRefusal(await reserve(bank, { ...subject, amount }), 409, 'UNDERLYING_OVERDRAWN'));
    }
    return [refusals[0] ?? '', undefined];
  });
}

/** The gateway says that the record equals its hash on the chain; the record is hashed here once more. */
function isProven(version: Json): boolean {
  const computed = createHash('sha256').update(textAt(version, 'stored')).digest('hex');
  return at(version, 'proof.holds') === true && at(version, 'proof.onChain') === computed;
}

function isOverdrawn(alert: Json, claim: string): boolean {
  return JSON.stringify(alert).includes('"overdrawn"') && JSON.stringify(alert).includes(claim);
}

async function audit(teller: Teller, { auditor }: Cast, subject: Subject, { id }: Held): Promise<void> {
  const show = (version: Json) =>
    `${String(version['state']).padEnd(14)} transaction ${short(String(version['transactionId']))} block ${String(version['block'])}`;
  for (const [title, path] of [
    ['the document', `/audit/facts/${subject.factId}`],
    ['the claim', `/audit/claims/${id}`],
  ] as const) {
    await teller.step(`The auditor reads the history of ${title} and proves it`, async () => {
      const { body } = expectStatus(await auditor.get(path), 200);
      const versions = listAt(body, 'versions');
      expectThat(versions.length >= 2, 'The history should have several versions.');
      const proven = versions.filter(isProven);
      expectThat(
        proven.length === versions.length,
        `Only ${proven.length} of ${versions.length} versions are proven.`,
      );
      const lines = versions.map(show);
      return [`${proven.length} private records equal their on-chain hashes\n${lines.join('\n')}`, undefined];
    });
  }
}
