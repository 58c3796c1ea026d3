import { once } from 'node:events';
import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { DatabaseAwayError } from '../database-away.js';
import { password, startPostgres, whyNoPostgres, type PostgresServer } from '../testing/postgres-server.js';
import { assertConnectionString } from './connection-string.js';
import { Seat } from './seat.js';

describe('a connection string', () => {
  it('that is none is refused without being repeated', () => {
    expect(() => {
      assertConnectionString('postgresql//user:hush@host/db', 'the file');
    }).toThrow(/^the file holds no connection string/);
    expect(() => {
      assertConnectionString('mysql://user:hush@host/db', 'the file');
    }).toThrow(expect.not.objectContaining({ message: expect.stringContaining('hush') as string }) as Error);
    assertConnectionString('postgresql://user:hush@host/db?sslmode=verify-full', 'the file');
  });
});

const why = whyNoPostgres();
(why === undefined ? describe : describe.skip)('the seat of replicas (needs PostgreSQL)', () => {
  let server: PostgresServer;
  let databases = 0;
  let said: string;
  let seats: Seat[];
  const patience = () => AbortSignal.timeout(60_000);

  beforeAll(async () => {
    server = await startPostgres();
  }, 120_000);
  afterAll(() => server.remove());
  beforeEach(() => {
    server.createDatabase(`seat_${++databases}`);
    said = '';
    seats = [];
  });
  afterEach(async () => {
    for (const one of seats) await one.leave();
  });

  const log = () => {
    const kept = new Writable({
      write: (some: Buffer, _encoding, done: () => void) => {
        said += some.toString();
        done();
      },
    });
    return pino(kept);
  };

  function seat(name: string, organisation = 'BankAMSP', text?: string): Seat {
    const made = new Seat({
      connectionString: () => Promise.resolve(text ?? server.connectionString(`seat_${databases}`)),
      organisation,
      own: () => ({ address: `http://${name}` }),
      log: log(),
    });
    seats.push(made);
    return made;
  }

  const until = async (holds: () => boolean) => {
    const end = Date.now() + 30_000;
    while (!holds()) {
      if (Date.now() > end) throw new Error('It did not come about.');
      await sleep(20);
    }
  };

  it('is one replica’s; the other knows where the first is, and has the seat once it is left', async () => {
    const [one, other] = [seat('one'), seat('other')];
    await one.taken(patience());
    expect(one.standing).toEqual({ state: 'leader' });
    const waiting = other.taken(patience());
    await until(() => other.standing.state === 'standby');
    expect(other.standing).toEqual({ state: 'standby', leader: { address: 'http://one' } });
    await expect(other.store('s').put('a', 1)).rejects.toThrow(DatabaseAwayError);
    await one.store('s').put('a', 1);
    await one.leave();
    await waiting;
    expect(await other.store('s').get('a')).toBe(1);
    await expect(one.store('s').put('a', 2)).rejects.toThrow(DatabaseAwayError);
    await expect(one.store('s').get('a')).rejects.toThrow(DatabaseAwayError);
  });

  it('is each organisation’s own, and so is what is kept', async () => {
    const [bank, tax] = [seat('bank', 'BankAMSP'), seat('tax', 'TaxMSP')];
    await Promise.all([bank.taken(patience()), tax.taken(patience())]);
    await bank.store('s').put('a', 'of the bank');
    expect(await tax.store('s').get('a')).toBeUndefined();
    expect(await bank.store('other').get('a')).toBeUndefined();
  });

  it('is lost with the session that holds it: nothing is written any more, and another has it', async () => {
    const [one, other] = [seat('one'), seat('other')];
    const term = await one.taken(patience());
    await one.store('s').put('a', 1);
    const waiting = other.taken(patience());
    await until(() => other.standing.state === 'standby');
    const isOver = once(term.over, 'abort');
    server.ask(
      `seat_${databases}`,
      `SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database d ON d.oid = database
       WHERE locktype = 'advisory' AND granted AND datname = current_database()`,
    );
    await waiting;
    await isOver;
    const late = await Promise.allSettled([one.store('s').put('a', 2), one.store('s').delete('a')]);
    expect(late.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await other.store('s').get('a')).toBe(1);
  });

  it('is lost with the database and taken again when it is back; nothing of what was said to be kept is gone', async () => {
    const one = seat('one');
    const term = await one.taken(patience());
    const kept: number[] = [];
    const writing = (async () => {
      try {
        for (let turn = 0; ; turn++) {
          await one.store('s').put(`k/${String(turn).padStart(6, '0')}`, turn);
          kept.push(turn);
        }
      } catch (error) {
        return error;
      }
    })();
    await until(() => kept.length > 20);
    const isOver = once(term.over, 'abort');
    await server.kill();
    await isOver;
    expect(await writing).toBeInstanceOf(DatabaseAwayError);
    expect(one.standing.state).toBe('away');
    const again = one.taken(patience());
    await sleep(600);
    await server.start();
    await again;
    const found = [];
    for await (const [, value] of one.store('s').entries('k/')) found.push(value);
    expect(found.slice(0, kept.length)).toEqual(kept);
    // Of the one that was on its way nobody was told anything.
    expect(found.length - kept.length).toBeLessThanOrEqual(1);
  }, 120_000);

  it('says in no log, and in no error, what stands in the connection string', async () => {
    const wrong = `postgresql://pledgeonce:wrong-${password.replace(/\W/g, '')}@127.0.0.1:${server.port}/seat_${databases}`;
    const nobody = seat('nobody', 'BankAMSP', wrong);
    await expect(nobody.taken(AbortSignal.timeout(1_500))).rejects.toThrow();
    expect(nobody.standing).toMatchObject({ state: 'away' });
    expect(said).toContain('the database that replicas share does not answer');
    expect(said).not.toContain('wrong-');
  });

  it('is refused by a database that a later version has changed', async () => {
    const one = seat('one');
    await one.taken(patience());
    await one.leave();
    server.ask(`seat_${databases}`, 'INSERT INTO pledgeonce.schema_version VALUES (999)');
    const late = seat('late');
    await expect(late.taken(AbortSignal.timeout(1_500))).rejects.toThrow();
    expect(said).toContain('Upgrade this replica as well');
  });
});
