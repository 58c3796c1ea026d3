import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { IdentityStore } from '../people/wallet.js';
import { LevelStore } from '../storage/level-store.js';
import { Seat } from '../storage/postgres/seat.js';
import { startPostgres, whyNoPostgres, type PostgresServer } from '../storage/testing/postgres-server.js';
import { atPlaces } from './at-places.js';
import { moveState } from './move-state.js';

const log = pino({ level: 'silent' });
const masterKey = Buffer.alloc(32, 3);
const msp = 'BankAMSP';

const why = whyNoPostgres();
(why === undefined ? describe : describe.skip)('what one gateway has kept (needs PostgreSQL)', () => {
  let server: PostgresServer;
  let folder: string;
  const config = () => ({
    msp,
    stateDir: join(folder, 'state'),
    replicas: { databaseFile: join(folder, 'database') },
  });

  beforeAll(async () => {
    server = await startPostgres();
    server.createDatabase('moved');
    folder = mkdtempSync(join(tmpdir(), 'pledgeonce-move-'));
    writeFileSync(join(folder, 'database'), `${server.connectionString('moved')}\n`);
    for (const [name, count] of [
      ['requests', 450],
      ['people', 3],
    ] as const) {
      const store = await LevelStore.open(join(folder, 'state', name));
      for (let turn = 0; turn < count; turn++) await store.put(`k/${turn}`, { turn });
      await store.close();
    }
    const wallet = new IdentityStore(join(folder, 'state', 'wallet'), masterKey);
    await wallet.save('李伟', 'a secret', { mspId: msp, certificate: 'a certificate', privateKey: 'a key' });
  }, 120_000);
  afterAll(async () => {
    await server.remove();
    rmSync(folder, { recursive: true });
  });

  it('is copied for its replicas, once', async () => {
    expect(await moveState(config(), log)).toEqual({ requests: 450, people: 3, wallet: 1, machines: 0 });
    await atPlaces(config(), log, async (places) => {
      expect(await (await places.store('requests')).get('k/449')).toEqual({ turn: 449 });
      expect(await (await places.store('people')).get('k/2')).toEqual({ turn: 2 });
      const identity = await new IdentityStore(places.shelf('wallet'), masterKey).open('李伟', 'a secret');
      expect(identity).toMatchObject({ privateKey: 'a key' });
    });
    await expect(moveState(config(), log)).rejects.toThrow('Nothing was copied');
  });

  it('is copied by nobody while a replica serves, nor without a database', async () => {
    const seat = new Seat({
      connectionString: () => Promise.resolve(server.connectionString('moved')),
      organisation: msp,
      own: () => ({ address: 'http://127.0.0.1:1' }),
      log,
    });
    await seat.taken(AbortSignal.timeout(30_000));
    const none = () => Promise.resolve();
    await expect(atPlaces(config(), log, none, 1_500)).rejects.toThrow('stop all of them first');
    await seat.leave();
    const { msp: own, stateDir } = config();
    await expect(moveState({ msp: own, stateDir }, log)).rejects.toThrow('names no replicas');
  });
});
