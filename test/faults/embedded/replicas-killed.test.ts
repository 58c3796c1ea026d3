import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { password, whyNoPostgres } from '@pledgeonce/gateway/storage/testing/postgres-server.js';
import { Client } from '@pledgeonce/scripts/rest/client.js';
import { at, textAt } from '@pledgeonce/scripts/rest/json.js';
import { claim, reference, verify } from '../../acceptance/support/documents.js';
import { eventually } from '../../acceptance/support/eventually.js';
import { CarefulClient } from '../careful-client.js';
import { claimAmount, claimsPerDocument, recordDocuments } from '../documents.js';
import { chainHeight, claimsOnChain } from '../nothing-lost.js';
import { Replicas } from './replicas.js';

const names = ['one', 'two'] as const;
/** Claims that go on while replicas are killed. */
const workers = 3;
/** Between two claims of one of them. */
const pauseMs = 150;

const why = whyNoPostgres();
(why === undefined ? describe : describe.skip)('two gateways of one bank (needs PostgreSQL)', () => {
  let replicas: Replicas;
  let officer: Client;
  let facts: Awaited<ReturnType<typeof recordDocuments>>;
  let used = 0;
  const nextFact = () => {
    const fact = facts[Math.floor(used++ / claimsPerDocument)];
    if (fact === undefined) throw new Error('There are no documents left.');
    return fact;
  };
  const other = (name: string) => (name === 'one' ? 'two' : 'one');
  /** The officer, with one session, at one replica. */
  const officerAt = (name: string) => new Client(replicas.urlOf(name), officer.token);

  const comesBack = async (name: string) => {
    await replicas.run(name);
    await eventually(async () => (await replicas.readiness(name)).status === 'ready');
  };

  beforeAll(async () => {
    [replicas, facts] = await Promise.all([
      Replicas.start('BankAMSP', names, { streamsPerPerson: 1, verificationsPerMinute: 3 }),
      recordDocuments(300),
    ]);
    officer = await replicas.person('officer');
  }, 180_000);
  afterAll(() => replicas.stop(), 60_000);

  it('are one: one leads, either answers, and no limit is there twice', async () => {
    const leader = await replicas.leader();
    expect(await replicas.readiness(other(leader))).toMatchObject({ status: 'ready', role: 'standby' });
    expect((await fetch(`${replicas.urlOf(leader)}/leaderz`)).status).toBe(200);
    expect((await fetch(`${replicas.urlOf(other(leader))}/leaderz`)).status).toBe(503);
    const key = randomUUID();
    const body = claim(reference(nextFact()), claimAmount);
    const both = await Promise.all(names.map((name) => officerAt(name).post('/claims', body, key)));
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    expect(new Set(both.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    // Three verifications a minute, whichever replica they come to.
    const asked = nextFact();
    const statuses = [];
    for (const name of ['one', 'two', 'one', 'two']) {
      statuses.push((await verify(officerAt(name), asked)).status);
    }
    expect(statuses).toEqual([200, 200, 200, 429]);
    const stream = new AbortController();
    const first = await officerAt('one').fetch('GET', '/events', { signal: stream.signal });
    const second = await officerAt('two').request('GET', '/events');
    stream.abort();
    await first.body?.cancel().catch(() => undefined);
    expect([first.status, second.status, at(second.body, 'code')]).toEqual([200, 429, 'TOO_MANY_STREAMS']);
  }, 60_000);

  it('lose and double nothing while either is killed, and whoever is signed in stays so', async () => {
    const since = await chainHeight();
    const acknowledged: string[] = [];
    const client = new CarefulClient(() => Promise.resolve(officer));
    let isOver = false;
    const working = Array.from({ length: workers }, async () => {
      while (!isOver) {
        const body = claim(reference(nextFact()), claimAmount);
        const { answer } = await client.post('BankAMSP', { path: '/claims', body, key: randomUUID() });
        if (answer?.status === 201) acknowledged.push(textAt(answer.body, 'id'));
        else if (answer !== undefined) client.unexpected.push(JSON.stringify(answer.body));
        await sleep(pauseMs);
      }
    });
    const progress = async (count: number) => {
      const target = acknowledged.length + count;
      await eventually(() => Promise.resolve(acknowledged.length >= target));
    };
    try {
      await progress(8);
      const first = await replicas.leader();
      await replicas.kill(first);
      await progress(8);
      expect(await replicas.leader()).toBe(other(first));
      await comesBack(first);
      // An upgrade: the one that leads is asked to end.
      await replicas.end(other(first));
      await progress(8);
      expect(await replicas.leader()).toBe(first);
      await comesBack(other(first));
      await replicas.kill(other(first));
      await progress(8);
    } finally {
      isOver = true;
      await Promise.all(working);
    }
    expect(client.unexpected).toEqual([]);
    expect(client.answers.get(401)).toBeUndefined();
    expect(await claimsOnChain(since)).toEqual(acknowledged.toSorted());
    expect((await officer.get('/sessions/current')).status).toBe(200);
  }, 180_000);

  it('say so while their database is away, and serve again when it is back', async () => {
    const leader = await replicas.leader();
    await replicas.postgres.kill();
    await eventually(async () => (await replicas.readiness(leader)).role === 'standby');
    expect(await replicas.readiness(leader)).toMatchObject({
      status: 'not ready',
      reasons: ['The database that the replicas share does not answer.'],
    });
    const body = claim(reference(nextFact()), claimAmount);
    const key = randomUUID();
    const refused = await officer.post('/claims', body, key);
    expect([refused.status, at(refused.body, 'code')]).toEqual([503, 'DATABASE_AWAY']);
    expect((await fetch(`${replicas.urlOf(leader)}/livez`)).status).toBe(200);
    await replicas.postgres.start();
    await eventually(async () => (await replicas.readiness(leader)).role === 'leader');
    expect((await officer.post('/claims', body, key)).status).toBe(201);
    expect(replicas.logs(names)).not.toContain(password);
    expect(replicas.logs(names)).not.toContain(encodeURIComponent(password));
  }, 120_000);
});
