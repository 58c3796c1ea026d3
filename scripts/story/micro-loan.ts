import { randomInt } from 'node:crypto';
import type { Money } from '@pledgeonce/chaincode/api.js';
import type { Client, Json } from '../rest/client.js';
import { at, listAt, moneyAt, textAt } from '../rest/json.js';
import { Neighbour } from '../rest/neighbour.js';
import { percentOf, show } from './amounts.js';
import type { Chapter } from './chapter.js';
import { reserve } from './claims.js';
import { creditRecords, recordCredit } from './credit-papers.js';
import { applicant, applicantsDeclaration, application } from './loan-papers.js';
import { authoriseQuery, decided, proposeMandate, revokeMandates, rulesOf } from './loan-steps.js';
import { short } from './record.js';
import type { PricedFact } from './samples.js';
import { expectRefusal, expectStatus, expectThat, type Teller } from './teller.js';

interface Cast {
  readonly regulator: Client;
  readonly auditor: Client;
  readonly customs: Client;
  readonly exporter: Client;
  readonly officer: Client;
  readonly approver: Client;
  readonly otherBank: Client;
}

/** A loan that the bank has paid out, and on what. */
interface Lent {
  readonly fact: PricedFact;
  readonly loan: Json;
}

/** Scenario S9: a bank's rules decide within seconds, under a mandate of two people; the rest is for a person. */
export const microLoan: Chapter = {
  name: 'micro-loan',
  title: 'An online loan that is decided in seconds',
  tell: async (teller, stack) => {
    const [regulator, auditor, customs, exporter, officer, approver, otherBank] = await Promise.all([
      Neighbour.signIn(stack, 'RegulatorMSP', 'officer'),
      Neighbour.signIn(stack, 'RegulatorMSP', 'auditor'),
      Neighbour.signIn(stack, 'CustomsMSP', 'officer'),
      Neighbour.signIn(stack, 'EnterpriseMSP', 'exporter-2'),
      Neighbour.signIn(stack, 'BankAMSP', 'officer'),
      Neighbour.signIn(stack, 'BankAMSP', 'approver'),
      Neighbour.signIn(stack, 'BankBMSP', 'officer'),
    ]);
    const cast: Cast = { regulator, auditor, customs, exporter, officer, approver, otherBank };
    // What an earlier run of the story left granted would decide before the mandate of this one.
    await revokeMandates(cast);
    await mandate(teller, cast);
    const lent = await approved(teller, cast);
    await onlyOnce(teller, cast, lent);
    await byAPerson(teller, cast);
    await declined(teller, cast);
    await consent(teller, cast);
    await stopped(teller, cast);
  },
};

/** Customs records a declaration of the exporter. */
async function declare({ customs }: Cast, total?: string): Promise<PricedFact> {
  const fact = applicantsDeclaration(total);
  expectStatus(await customs.post('/facts', fact), 201);
  return fact;
}

/** The exporter authorises and applies; returns the application's id and its authorisation. */
async function submit({ exporter }: Cast, fact: PricedFact, amount: Money) {
  const authorisation = await authoriseQuery(exporter);
  const answer = await exporter.post('/loan-applications', application(fact, authorisation, amount));
  return { id: textAt(expectStatus(answer, 201).body, 'id'), authorisation };
}

/** Applies, and waits for what becomes of it. @throws Unexpected unless it is this. */
async function apply(cast: Cast, fact: PricedFact, amount: Money, state: string): Promise<Json> {
  const { id } = await submit(cast, fact, amount);
  const loan = await decided(cast.exporter, id);
  expectThat(loan['state'] === state, `It should be ${state}: ${JSON.stringify(loan)}`);
  return loan;
}

/** Why it was decided, for the screen. */
function because(loan: Json): string {
  const lines = listAt(loan, 'reasons').map(({ rule, detail }) => `${String(rule)}: ${String(detail)}`);
  return lines.join('\n');
}

async function mandate(teller: Teller, cast: Cast): Promise<void> {
  const { regulator, officer, approver } = cast;
  await teller.step(`The regulator records what it knows of ${applicant.name}`, async () => {
    await recordCredit(regulator, applicant, creditRecords(applicant.name));
    return ['class A, listed since 2020; exports of 2025; no penalties', undefined];
  });
  const id = await teller.step('An officer of Bank A proposes what its rules may approve', async () => {
    const proposed = await proposeMandate(officer, {
      largest: { amount: '20000.00', currency: 'USD' },
      total: { amount: '100000.00', currency: 'USD' },
    });
    const { body } = expectStatus(await officer.get('/loan-rules'), 200);
    return [
      `at most USD 20,000.00 each and USD 100,000.00 in all, by the rules ${short(textAt(body, 'hash'))}`,
      proposed,
    ];
  });
  await teller.step('Whoever proposed it cannot grant it; an approver does', async () => {
    const alone = expectRefusal(
      await officer.post(`/loan-mandates/${id}/grant`, {}),
      403,
      'PERMISSION_DENIED',
    );
    const { body } = expectStatus(await approver.post(`/loan-mandates/${id}/grant`, {}), 200);
    return [`${alone}\nmandate ${short(id)} is ${textAt(body, 'state')}`, undefined];
  });
}

async function approved(teller: Teller, cast: Cast): Promise<Lent> {
  const { auditor, exporter } = cast;
  const lent = await teller.step(
    'Customs records a declaration; the exporter lets Bank A look once, and applies for 60 % of it',
    async () => {
      const fact = await declare(cast);
      const loan = await apply(cast, fact, percentOf(fact.total, 60n), 'approved');
      expectThat(loan['decidedBy'] === 'rules', 'The rules should have decided.');
      const terms = `${show(moneyAt(loan, 'terms.amount'))} at ${textAt(loan, 'terms.rate')} % a year`;
      return [`approved: ${terms}\n${because(loan)}`, { fact, loan }];
    },
  );
  const { loan } = lent;
  const claim = textAt(loan, 'claim');
  await teller.step('The approval reserved and accepted in one transaction', async () => {
    const { body } = expectStatus(await auditor.get(`/audit/claims/${claim}`), 200);
    const versions = listAt(body, 'versions');
    expectThat(versions.length === 1, 'There should be one version of the claim.');
    expectThat(at(versions, '0.state') === 'accepted', 'The claim should be accepted.');
    expectThat(at(versions, '0.proof.holds') === true, 'Its proof should hold.');
    const signer = `${textAt(versions, '0.signer.mspId')} ${textAt(versions, '0.signer.name')}`;
    return [`claim ${short(claim)}: one version, accepted, signed by ${signer}`, undefined];
  });
  await teller.step('The exporter finds the query of its records on the log', async () => {
    const { body } = expectStatus(await exporter.get('/credit-queries?limit=50'), 200);
    const entry = listAt(body, 'items').find(({ id }) => id === loan['query']);
    expectThat(entry?.['state'] === 'allowed', 'The query should be on the log.');
    expectThat(entry?.['usesLeft'] === 0, 'It should have used the authorisation up.');
    return [`${textAt(entry, 'bank')}, for “${textAt(entry, 'purpose')}”; no use is left`, undefined];
  });
  return lent;
}

/** The same declaration once more: at another bank, and after it has been repaid. */
async function onlyOnce(teller: Teller, cast: Cast, { fact, loan }: Lent): Promise<void> {
  const { officer, otherBank } = cast;
  const amount = moneyAt(loan, 'terms.amount');
  const document = { type: fact.type, number: fact.number };
  const enterprise = { scheme: applicant.scheme, id: applicant.id };
  await teller.step('Bank B lends on the same declaration by hand', async () => {
    const answer = await reserve({ officer: otherBank }, { document, enterprise, amount });
    return [expectRefusal(answer, 409, 'EXCEEDS_BALANCE'), undefined];
  });
  await teller.step(
    'Bank A pays out, the buyer repays it, and the exporter applies on it again',
    async () => {
      const repayment = { amount, source: 'proceeds' };
      const claim = textAt(loan, 'claim');
      expectStatus(await officer.post(`/claims/${claim}/disbursement`, {}), 200);
      const { body } = expectStatus(await officer.post(`/claims/${claim}/repayments`, repayment), 200);
      expectThat(body['state'] === 'settled', 'The claim should be settled.');
      const again = await apply(cast, fact, amount, 'declined');
      expectThat(rulesOf(again).includes('balance'), 'The balance should be the reason.');
      return [`declined, though nothing is owed any more\n${because(again)}`, undefined];
    },
  );
}

async function byAPerson(teller: Teller, cast: Cast): Promise<void> {
  const { officer, approver, exporter } = cast;
  const asked: Money = { amount: '20000.00', currency: 'USD' };
  const id = await teller.step(`The exporter applies for ${show(asked)} on a larger one`, async () => {
    const fact = await declare(cast, `${randomInt(30_000, 90_000)}.${randomInt(10, 100)}`);
    const loan = await apply(cast, fact, asked, 'referred');
    expectThat(rulesOf(loan).includes('refer-amount'), 'The amount should be the reason.');
    return [`referred to a person\n${because(loan)}`, textAt(loan, 'id')];
  });
  const path = `/loan-applications/${id}`;
  await teller.step('An officer finds it in the queue, reads the records, and recommends less', async () => {
    const { body: queue } = expectStatus(
      await officer.get('/loan-applications?state=referred&limit=50'),
      200,
    );
    expectThat(
      listAt(queue, 'items').some((one) => one['id'] === id),
      'It should be in the queue.',
    );
    const { body: seen } = expectStatus(await officer.get(`${path}/assessment`), 200);
    const advice = { amount: { ...asked, amount: '15000.00' }, rate: '2.40', note: 'Known for years.' };
    expectStatus(await officer.post(`${path}/recommendation`, advice), 200);
    const left = show(moneyAt(seen, 'documents.0.remaining'));
    return [
      `class ${textAt(seen, 'report.records.0.content.class')}, ${left} left; USD 15,000.00 at 2.40 %`,
      undefined,
    ];
  });
  await teller.step(
    'Whoever recommended it cannot approve it; an approver does, having read version 3',
    async () => {
      const command = { expectedSeq: 3 };
      const alone = expectRefusal(await officer.post(`${path}/approval`, command), 403, 'PERMISSION_DENIED');
      const { body } = expectStatus(await approver.post(`${path}/approval`, command), 200);
      const held = expectStatus(await officer.get(`/claims/${textAt(body, 'claim')}`), 200).body;
      expectThat(held['state'] === 'accepted', 'The claim should be accepted.');
      const seen = expectStatus(await exporter.get(path), 200).body;
      expectThat(seen['person'] === undefined, 'The enterprise must not learn who decided.');
      // The next telling should find the limit of the enterprise untouched.
      expectStatus(await approver.post(`/claims/${textAt(body, 'claim')}/withdrawal`, {}), 200);
      return [`${alone}\napproved by a person: ${show(moneyAt(body, 'terms.amount'))}`, undefined];
    },
  );
}

async function declined(teller: Teller, cast: Cast): Promise<void> {
  const { regulator } = cast;
  await teller.step('The regulator puts the exporter into class C, which the rules exclude', async () => {
    await recordCredit(regulator, applicant, creditRecords(applicant.name, { class: 'C' }));
    try {
      const fact = await declare(cast);
      const loan = await apply(cast, fact, percentOf(fact.total, 30n), 'declined');
      expectThat(rulesOf(loan).includes('excluded-class'), 'The class should be the reason.');
      return [`declined\n${because(loan)}`, undefined];
    } finally {
      await recordCredit(regulator, applicant, creditRecords(applicant.name));
    }
  });
}

async function consent(teller: Teller, cast: Cast): Promise<void> {
  const { exporter } = cast;
  await teller.step('The exporter revokes an authorisation, and applies with it', async () => {
    const fact = await declare(cast);
    const authorisation = await authoriseQuery(exporter);
    expectStatus(await exporter.request('DELETE', `/authorisations/${authorisation}`), 200);
    const body = application(fact, authorisation, percentOf(fact.total, 30n));
    const answer = await exporter.post('/loan-applications', body);
    return [expectRefusal(answer, 409, 'AUTHORISATION_UNFIT'), undefined];
  });
}

async function stopped(teller: Teller, cast: Cast): Promise<void> {
  const { exporter } = cast;
  await teller.step('One person of Bank A revokes the mandate: the rules decide nothing more', async () => {
    await revokeMandates(cast);
    const fact = await declare(cast);
    const { id, authorisation } = await submit(cast, fact, percentOf(fact.total, 30n));
    const loan = await decided(exporter, id);
    expectThat(loan['state'] === 'referred', 'It should be referred.');
    expectThat(rulesOf(loan).join() === 'mandate', 'The missing mandate should be the reason.');
    const { body } = expectStatus(await exporter.get(`/authorisations/${authorisation}`), 200);
    expectThat(body['usesLeft'] === 1, 'The records should have stayed closed.');
    expectStatus(await exporter.post(`/loan-applications/${id}/withdrawal`, {}), 200);
    return [`referred; the records stayed closed, the exporter withdraws\n${because(loan)}`, undefined];
  });
}
