import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { backUp } from '@pledgeonce/scripts/keeping/back-up.js';
import { restore } from '@pledgeonce/scripts/keeping/restore.js';
import { verifyExport } from '@pledgeonce/gateway/own-data/verify-export.js';
import { openSession, signIn, type Answer, type Client, type Json } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { organisationOf, type StackDescription } from '@pledgeonce/scripts/stack/description.js';
import { poll } from '@pledgeonce/scripts/rest/poll.js';
import { BlockReader } from '../acceptance/support/block-reader.js';
import type { BankPeople } from '../acceptance/support/consortium.js';
import { claim, declaration, record, reference, usd, verify } from '../acceptance/support/documents.js';
import { ExtraGateway } from '../acceptance/support/extra-gateway.js';
import { LedgerClient } from '../acceptance/support/ledger-client.js';
import { expectRefused, writesSince } from '../acceptance/support/nothing-written.js';
import { disburse, reserve } from '../acceptance/support/steps.js';
import { placedConsortium } from './placed.js';

/** Keeps a folder, loses it, and restores it. */
async function throughABackup(folder: string): Promise<void> {
  const file = `${folder}.age`;
  const identity = await generateIdentity();
  try {
    await backUp(folder, file, [await identityToRecipient(identity)]);
    rmSync(folder, { recursive: true });
    await restore(file, identity, folder);
  } finally {
    rmSync(file, { force: true });
  }
}

/** The sweepers look once a minute. */
const patienceMs = 150_000;
const minute = 60_000;

describe('time passes', () => {
  const consortium = placedConsortium();
  let stack: StackDescription;
  let reader: BlockReader | undefined;
  let a: BankPeople;
  let b: BankPeople;
  let enterprise: Client;

  afterAll(async () => {
    reader?.close();
    await consortium.remove();
  }, 60_000);

  /**
   * The same consortium, so many days after the first day; everybody signs in again.
   *
   * @param whileDown what becomes of its folder before it starts.
   */
  async function onDay(days: number, whileDown?: (folder: string) => Promise<void>): Promise<BlockReader> {
    reader?.close();
    stack = await consortium.at(days, whileDown);
    [a, b, enterprise, reader] = await Promise.all([
      bank('BankAMSP'),
      bank('BankBMSP'),
      signIn(stack, 'EnterpriseMSP', 'exporter-1'),
      BlockReader.open(stack, consortium.now - Date.now()),
    ]);
    return reader;
  }

  async function bank(msp: string): Promise<BankPeople> {
    const [officer, approver] = [await signIn(stack, msp, 'officer'), await signIn(stack, msp, 'approver')];
    return { msp, officer, approver };
  }

  const today = () => ({ date: consortium.dateIn(0) });
  const due = (days: number) => ({ dueDate: consortium.dateIn(days) });

  async function recorded() {
    const fact = declaration(today());
    await record(await signIn(stack, 'CustomsMSP', 'officer'), fact);
    return fact;
  }

  /** Waits until somebody's record has this state. */
  async function becomes(
    { officer }: Pick<BankPeople, 'officer'>,
    path: string,
    state: string,
  ): Promise<Json> {
    let last: Json = {};
    const reached = await poll(
      async () => {
        last = (await officer.get(path)).body;
        return last['state'] === state ? last : undefined;
      },
      patienceMs,
      1_000,
    );
    if (reached === undefined) throw new Error(`${path} is not ${state}: ${JSON.stringify(last)}`);
    return reached;
  }

  async function alertsAbout({ officer }: BankPeople, id: string): Promise<readonly string[]> {
    const items = listAt((await officer.get('/alerts?limit=500')).body, 'items');
    return items
      .filter((item) => JSON.stringify(item).includes(id))
      .map((item) => String(at(item, 'content.alert')));
  }

  async function statesOf({ officer }: BankPeople, id: string): Promise<readonly unknown[]> {
    return listAt((await officer.get(`/claims/${id}/history`)).body, 'versions').map(({ state }) => state);
  }

  const outcomeOf = ({ status, body }: Answer) => [status, at(body, 'code')];

  const made = {} as Record<
    'reserved' | 'accepted' | 'loan' | 'late',
    { readonly id: string; readonly fact: ReturnType<typeof declaration> }
  >;
  let request = '';
  let early: LedgerClient | undefined;

  it('day 0: banks reserve, pay out and seal offers', async () => {
    await onDay(0);
    for (const name of ['reserved', 'accepted', 'loan', 'late'] as const) {
      const fact = await recorded();
      const amount = usd('600.00');
      const id =
        name === 'loan' || name === 'late'
          ? await disburse(a, reference(fact), amount, due(60))
          : await reserve(a, reference(fact), amount, due(30));
      if (name === 'accepted') await a.approver.post(`/claims/${id}/acceptance`, {});
      made[name] = { id, fact };
    }
    // Nobody confirms it.
    const reversal = { entry: 'disbursement', reason: 'Entered on the wrong claim.' };
    const proposed = await a.officer.post(`/claims/${made.late.id}/reversal`, reversal);
    expect(proposed.body).toMatchObject({ state: 'disbursed', awaiting: { step: 'reversal' } });
    const fact = await recorded();
    const posted = await enterprise.post('/financing-requests', {
      banks: ['BankAMSP', 'BankBMSP'],
      amount: usd('600.00'),
      tenorDays: 90,
      product: 'discount',
      purpose: 'Working capital',
      lines: [{ document: reference(fact), amount: usd('600.00') }],
      deadline: new Date(consortium.now + 2 * 86_400_000).toISOString(),
    });
    request = textAt(posted.body, 'id');
    const terms = { amount: usd('600.00'), rate: '3.00', validUntil: consortium.dateIn(10) };
    for (const { officer } of [a, b]) {
      expect((await officer.post(`/financing-requests/${request}/offers`, terms)).status).toBe(201);
    }
    expect(listAt((await enterprise.get(`/financing-requests/${request}/offers`)).body, 'items')).toEqual([]);
    early = await LedgerClient.open(stack, 'BankAMSP', 'officer');
  }, 300_000);

  it('day 4: the reservation has expired, the bank knows, and another bank may claim', async () => {
    // Meanwhile the disk was lost: everything is what a backup of the evening before brought back.
    await onDay(4, throughABackup);
    const { id, fact } = made.reserved;
    await becomes(a, `/claims/${id}`, 'expired');
    expect((await verify(b.officer, fact)).body).toMatchObject({ remaining: usd('1000.00'), liveDraws: 0 });
    expect(await alertsAbout(a, id)).toEqual(['expired']);
    await reserve(b, reference(fact), usd('1000.00'), due(30));
    expect(outcomeOf(await a.approver.post(`/claims/${id}/acceptance`, {}))).toEqual([409, 'INVALID_STATE']);
    for (const { id: other } of [made.accepted, made.loan]) {
      expect(['accepted', 'disbursed']).toContain(
        at((await a.officer.get(`/claims/${other}`)).body, 'state'),
      );
    }
  }, 400_000);

  it('day 4: the request has closed and its offers have been opened', async () => {
    await becomes({ officer: enterprise }, `/financing-requests/${request}`, 'closed');
    const offers = await poll(async () => {
      const { body } = await enterprise.get(`/financing-requests/${request}/offers`);
      const items = listAt(body, 'items');
      return items.length === 2 ? items : undefined;
    }, patienceMs);
    expect(offers?.map(({ state }) => state)).toEqual(['opened', 'opened']);
  }, 400_000);

  it('day 4: what time has done is done once', async () => {
    if (reader === undefined) throw new Error('There is a reader.');
    const { id } = made.reserved;
    const swept = () => metric(a.officer, 'pledgeonce_swept_claims_total{outcome="swept"');
    const [before, count] = [await reader.height(), await swept()];
    // Somebody else sweeps too, and the sweepers of all gateways come round again.
    await a.officer.post('/claims/sweep', {});
    await sleep(70_000);
    expect(await writesSince(reader, before)).toBe(0);
    expect(await swept()).toBe(count);
    expect(await statesOf(a, id)).toEqual(['reserved', 'expired']);
    expect(await alertsAbout(a, id)).toEqual(['expired']);
  }, 400_000);

  it('day 4: an endorser refuses a proposal whose time is not its own', async () => {
    if (reader === undefined) throw new Error('There is a reader.');
    const fact = await recorded();
    const direct = await LedgerClient.open(stack, 'BankBMSP', 'officer');
    const before = await reader.height();
    try {
      const claims = [{ ...claim(reference(fact), usd('1.00'), due(30)), idempotencyKey: randomUUID() }];
      // This process has the machine's clock: four days behind.
      expect(await direct.refusalOf(direct.endorse('reserveClaims', { claims }))).toBe('CLOCK_SKEW');
      expect(await writesSince(reader, before)).toBe(0);
    } finally {
      direct.close();
    }
  }, 400_000);

  it('day 4: a gateway with a wrong clock gets nothing done, and says why', async () => {
    if (reader === undefined) throw new Error('There is a reader.');
    const gateway = await ExtraGateway.start(stack, 'BankAMSP', {}, consortium.clock(10 * minute));
    try {
      const officer = await gateway.person('officer');
      const body = claim(reference(made.loan.fact), usd('1.00'), due(30));
      await expectRefused(reader, () => officer.post('/claims', body), { status: 400, code: 'CLOCK_SKEW' });
    } finally {
      await gateway.stop();
    }
  }, 400_000);

  it('day 100: what was never paid out is free again, and loans are overdue', async () => {
    await onDay(100);
    const { accepted, loan, late } = made;
    await becomes(a, `/claims/${accepted.id}`, 'expired');
    await becomes(a, `/claims/${loan.id}`, 'overdue');
    await becomes(a, `/claims/${late.id}`, 'overdue');
    expect(await alertsAbout(a, loan.id)).toEqual(['overdue']);
    expect(await alertsAbout(a, accepted.id)).toEqual(['expired']);
    expect((await verify(b.officer, accepted.fact)).body).toMatchObject({
      remaining: usd('1000.00'),
      liveDraws: 0,
    });
    expect(outcomeOf(await a.officer.post(`/claims/${accepted.id}/disbursement`, {}))).toEqual([
      409,
      'INVALID_STATE',
    ]);
    // An overdue loan still holds what it drew.
    expect((await verify(b.officer, loan.fact)).body).toMatchObject({
      remaining: usd('400.00'),
      liveDraws: 1,
    });
  }, 400_000);

  it('day 100: a step that nobody has confirmed has lapsed, and is not taken', async () => {
    if (reader === undefined) throw new Error('There is a reader.');
    const { id } = made.late;
    const lapsed = await poll(
      async () => ((await alertsAbout(a, id)).includes('step-lapsed') ? true : undefined),
      patienceMs,
    );
    expect(lapsed).toBe(true);
    expect(at((await a.officer.get(`/claims/${id}`)).body, 'awaiting')).toBeUndefined();
    const confirm = () => a.approver.post(`/claims/${id}/awaiting/confirmation`, {});
    await expectRefused(reader, confirm, { status: 409, code: 'STEP_NOT_AWAITING', field: 'id' });
  }, 400_000);

  it('day 100: a receivable is not claimed again after its due date', async () => {
    const { id, fact } = made.late;
    const repaid = await a.officer.post(`/claims/${id}/repayments`, {
      amount: usd('600.00'),
      source: 'own-funds',
    });
    expect(repaid.body).toMatchObject({ state: 'settled' });
    const again = await b.officer.post('/claims', claim(reference(fact), usd('400.01'), due(30)));
    expect(outcomeOf(again)).toEqual([409, 'EXCEEDS_BALANCE']);
    expect((await verify(b.officer, fact)).body).toMatchObject({ remaining: usd('400.00'), liveDraws: 0 });
  }, 400_000);

  it('day 100: a term is extended twice, not three times', async () => {
    if (reader === undefined) throw new Error('There is a reader.');
    const path = `/claims/${made.loan.id}/extension`;
    const extend = (days: number) => () => a.officer.post(path, due(days));
    expect((await extend(30)()).body).toMatchObject({ state: 'disbursed' });
    expect((await extend(31)()).status).toBe(200);
    await expectRefused(reader, extend(32), { status: 409, code: 'EXTENSION_LIMIT' });
  }, 400_000);

  it('day 100: one officer’s extension does not let own funds restore what was due on the first date', async () => {
    const { id, fact } = made.loan;
    const repayment = { amount: usd('100.00'), source: 'own-funds' };
    const repaid = await a.officer.post(`/claims/${id}/repayments`, repayment);
    expect(repaid.body).toMatchObject({ state: 'partly-repaid', outstanding: usd('500.00') });
    expect((await verify(b.officer, fact)).body).toMatchObject({ remaining: usd('400.00') });
  }, 400_000);

  it('day 100: the request and its offers have lapsed, and the banks know', async () => {
    await becomes({ officer: enterprise }, `/financing-requests/${request}`, 'lapsed');
    const offers = listAt((await enterprise.get(`/financing-requests/${request}/offers`)).body, 'items');
    expect(offers.map(({ state, seq }) => [state, seq])).toEqual([
      ['lapsed', 3],
      ['lapsed', 3],
    ]);
    for (const offer of offers) {
      const id = textAt(offer, 'id');
      const bidder = offer['bank'] === a.msp ? a : b;
      await becomes(bidder, `/offers/${id}`, 'lapsed');
      const accepted = await enterprise.post(`/offers/${id}/acceptance`, {});
      expect(outcomeOf(accepted)).toEqual([409, 'OFFER_LAPSED']);
    }
  }, 400_000);

  it('day 400: certificates have run out; whoever signs in gets a new one, and the sweepers go on', async () => {
    const chain = await onDay(400);
    // The certificate of the first day is worth nothing at the peer any more.
    if (early === undefined) throw new Error('Somebody enrolled on the first day.');
    const { id } = made.loan;
    const before = await chain.height();
    const command = { id, idempotencyKey: randomUUID(), reason: 'With an old certificate.' };
    expect(await early.refusalOf(early.endorse('disputeClaim', command))).toBe('certificate');
    early.close();
    expect(await writesSince(chain, before)).toBe(0);
    // A token of another day is no session, and the answer says what to do.
    const bankA = organisationOf(stack, 'BankAMSP');
    const wrong = await openSession(bankA, 'officer', 'another-secret');
    expect(outcomeOf(wrong)).toEqual([401, 'SIGN_IN_REFUSED']);
    const fact = await recorded();
    const mine = await reserve(a, reference(fact), usd('10.00'), due(30));
    expect((await a.approver.post(`/claims/${mine}/acceptance`, {})).status).toBe(200);
    await becomes(a, `/claims/${id}`, 'overdue');
  }, 400_000);

  it('day 400: of an overdue loan the exporter pays what is owed, and nobody lends on that receivable again', async () => {
    const { id, fact } = made.loan;
    const repaid = await a.officer.post(`/claims/${id}/repayments`, {
      amount: usd('500.00'),
      source: 'recourse',
    });
    expect(repaid.body).toMatchObject({ state: 'settled', outstanding: usd('0.00') });
    expect((await verify(b.officer, fact)).body).toMatchObject({ remaining: usd('400.00'), liveDraws: 0 });
  }, 400_000);

  it('day 400: the bank is merged into the other, which takes along what it has inherited, proved offline', async () => {
    const removal = { id: a.msp, title: 'Bank A', kind: 'bank', state: 'removed', successor: b.msp };
    for (const msp of ['TaxMSP', 'CustomsMSP']) {
      const approver = await signIn(stack, msp, 'approver');
      expect((await approver.post('/registry/members', removal)).status).toBe(201);
    }
    const inherited = Object.values(made).map(({ id }) => id);
    const listed = await poll(async () => {
      const items = listAt((await b.officer.get('/claims?limit=200')).body, 'items');
      return inherited.every((id) => items.some((one) => one['id'] === id)) ? true : undefined;
    }, patienceMs);
    expect(listed).toBe(true);
    const admin = await signIn(stack, b.msp, 'admin');
    const lines = (await (await admin.fetch('GET', '/export')).text()).split('\n').filter(Boolean);
    const report = await verifyExport(async function* () {
      await Promise.resolve();
      yield* lines;
    });
    expect(report).toMatchObject({ organisation: b.msp, exporter: b.msp, proved: report.versions });
    const records = lines.map((line) => JSON.parse(line) as Json).filter(({ kind }) => kind === 'record');
    const statesIn = (id: string) =>
      records
        .filter((one) => one['id'] === id)
        .flatMap((one) => listAt(one, 'versions').map(({ state }) => state));
    expect(statesIn(made.reserved.id)).toEqual(['reserved', 'expired']);
    for (const id of inherited) expect(statesIn(id)).toEqual(await statesOf(b, id));
    // The offers that it had made are there too, and nothing comes twice.
    expect(records.filter((one) => one['of'] === 'offer')).toHaveLength(2);
    expect(new Set(records.map((one) => `${String(one['of'])} ${String(one['id'])}`)).size).toBe(
      records.length,
    );
  }, 400_000);
});

async function metric({ url }: Client, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return text
    .split('\n')
    .filter((line) => line.startsWith(name))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}
