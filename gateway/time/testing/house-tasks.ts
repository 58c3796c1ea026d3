import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { Idempotency } from '../../api/http/idempotency.js';
import { ImportVerdicts } from '../../api/import-verdicts.js';
import { Outbox } from '../../ledger/outbox.js';
import { EndsWatch } from '../../ends/ends-watch.js';
import { Errands } from '../../people/errands.js';
import { PeopleLog } from '../../people/people-log.js';
import { PeopleRegister } from '../../people/people-register.js';
import type { PersonRecord } from '../../people/person-record.js';
import { warnOfEnds } from '../../people/warn-of-ends.js';
import type { DurableStore } from '../../storage/durable-store.js';
import { LevelStore } from '../../storage/level-store.js';
import type { RoundName } from '../rounds.js';
import type { PeriodicTask, Played } from './periodic-task.js';

/** What is kept on disk is read in one stream: so many are more than comes at once. */
const page = 100;
const dayMs = 86_400_000;
const log = pino({ level: 'silent' });
const nameOf = (index: number) => `due-${String(index).padStart(6, '0')}`;
const every = (count: number) => Array.from({ length: count }, (_, index) => index);

/** A round over what the gateway keeps on disk. */
export function onDisk(
  name: string,
  rounds: RoundName,
  play: (store: DurableStore, count: number, failing: number) => Promise<Played>,
  most = page,
): PeriodicTask {
  return {
    name,
    rounds,
    page: most,
    together: 1,
    play: async (_certificate, count, failing) => {
      const folder = mkdtempSync(join(tmpdir(), 'pledgeonce-rounds-'));
      const store = await LevelStore.open(folder);
      try {
        return await play(store, count, failing);
      } finally {
        await store.close();
        rmSync(folder, { recursive: true });
      }
    },
  };
}

/** Forgetting: what is old is deleted, what is young stays, and one that cannot be read keeps none behind it. */
function forgetting(
  name: string,
  prefix: string,
  record: (at: number) => object,
  expire: (store: DurableStore) => Promise<void>,
): PeriodicTask {
  return onDisk(name, 'old requests not removed', async (store, count, failing) => {
    const old = Date.now() - 30 * dayMs;
    const puts = every(count).map((index) =>
      store.put(prefix + nameOf(index), index === failing ? { of: 'another version' } : record(old)),
    );
    await Promise.all([...puts, store.put(`${prefix}younger`, record(Date.now()))]);
    await expire(store).catch(() => undefined);
    const left = new Set<string>();
    for await (const [key] of store.entries(prefix)) left.add(key.slice(prefix.length));
    const done = every(count).filter((index) => !left.has(nameOf(index)));
    return { done, notDue: left.has('younger') ? 0 : 1 };
  });
}

const lifeMs = dayMs;
const outboxOver = (store: DurableStore, settled: (id: string) => void, failing?: string) =>
  new Outbox({
    store,
    lifeMs,
    find: (id) => {
      if (id === failing) return Promise.reject(new Error('the network does not answer'));
      settled(id);
      return Promise.resolve({ code: 0 });
    },
    sendAgain: () => Promise.reject(new Error('it is known already')),
  });

function person(id: string, more: Partial<PersonRecord>): PersonRecord {
  return {
    id,
    role: 'officer',
    state: 'active',
    since: '2026-01-01T00:00:00.000Z',
    secretAt: 'gateway',
    version: 1,
    errands: [],
    wrongAtAuthority: 0,
    requests: [],
    ...more,
  };
}

async function registerOf(store: DurableStore, count: number, due: Partial<PersonRecord>) {
  const register = await PeopleRegister.open(store);
  for (const index of every(count)) await register.put(person(nameOf(index), due));
  await register.put(person('not-due', {}));
  return { register, people: await PeopleLog.open(store) };
}

/** What is gone through on the gateway's own disk. */
export const houseTasks: readonly PeriodicTask[] = [
  onDisk(
    'transactions that a crash left open are settled',
    'open transactions not settled',
    async (store, count, failing) => {
      const done: number[] = [];
      const outbox = outboxOver(store, (id) => done.push(Number(id.slice(-6))), nameOf(failing));
      for (const index of every(count)) {
        await outbox.keep({ transactionId: nameOf(index), prepared: Buffer.from('envelope'), steps: [] });
      }
      await outbox.settleAll(Date.now()).catch(() => undefined);
      return { done, notDue: 0 };
    },
  ),
  forgetting(
    'answers to repeated requests are forgotten',
    'request/',
    (at) => ({ digest: 'd', at, answer: { status: 200, body: {} }, isOpen: false }),
    (store) => new Idempotency(store, lifeMs).expire(),
  ),
  forgetting(
    'verdicts of imports are forgotten',
    'import/',
    (at) => ({ digest: 'd', at, verdict: { index: 0, status: 'recorded' } }),
    (store) => new ImportVerdicts(store, lifeMs).expire(),
  ),
  forgetting(
    'steps of requests are forgotten',
    'step/',
    (at) => ({ transactionId: 't', output: {}, at }),
    (store) => outboxOver(store, () => undefined).expire(),
  ),
  onDisk(
    'the certificate authority is told of people',
    'certificate authority not asked',
    async (store, count, failing) => {
      const { register, people } = await registerOf(store, count, { errands: ['attributes'] });
      const done: number[] = [];
      let notDue = 0;
      const refuse = () => Promise.reject(new Error('not asked for'));
      const errands = new Errands({
        register,
        people,
        log,
        services: {
          registrar: () => Promise.resolve({ mspId: 'BankAMSP', certificate: '', privateKey: '' }),
        },
        authority: {
          register: refuse,
          read: refuse,
          revoke: refuse,
          setSecret: refuse,
          setAttributes: ({ enrolmentId }) => {
            if (enrolmentId === nameOf(failing)) return Promise.reject(new Error('the authority is away'));
            if (enrolmentId === 'not-due') notDue += 1;
            else done.push(Number(enrolmentId.slice(-6)));
            return Promise.resolve();
          },
        },
      });
      await errands.runAll();
      return { done, notDue };
    },
  ),
  onDisk(
    'ends of certificates are told of',
    'ends of certificates not looked at',
    async (store, count, failing) => {
      const done: number[] = [];
      let notDue = 0;
      const soon = Date.now() + dayMs;
      const ends = [
        ...every(count).map((index) => ({ name: nameOf(index), endsAt: soon })),
        { name: 'not-due', endsAt: Date.now() + 100 * dayMs },
      ];
      const people: Pick<PeopleLog, 'write'> = {
        write: ({ person: name }) => {
          if (name === nameOf(failing)) return Promise.reject(new Error('the disk is full'));
          if (name === 'not-due') notDue += 1;
          else done.push(Number(name.slice(-6)));
          return Promise.resolve();
        },
      };
      const watch = new EndsWatch({ ends: () => Promise.resolve(ends), store, people });
      await watch.look().catch(() => undefined);
      return { done, notDue };
    },
  ),
  onDisk(
    'people are warned of the end of their certificates',
    'certificate authority not asked',
    async (store, count, failing) => {
      const certificateEndsAt = new Date(Date.now() + dayMs).toISOString();
      const { register } = await registerOf(store, count, { certificateEndsAt });
      const done: number[] = [];
      let notDue = 0;
      const people: Pick<PeopleLog, 'write'> = {
        write: ({ person: id }) => {
          if (id === nameOf(failing)) return Promise.reject(new Error('the disk is full'));
          if (id === 'not-due') notDue += 1;
          else done.push(Number(id.slice(-6)));
          return Promise.resolve();
        },
      };
      await warnOfEnds({ register, people }).catch(() => undefined);
      return { done, notDue };
    },
  ),
];
