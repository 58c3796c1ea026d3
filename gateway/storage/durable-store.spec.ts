import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { DurableStore, EntriesOptions } from './durable-store.js';
import { forgetOlder } from './forget-older.js';
import { LevelStore } from './level-store.js';
import { Seat } from './postgres/seat.js';
import { startPostgres, whyNoPostgres, type PostgresServer } from './testing/postgres-server.js';

/** A place for one store, which may be closed and opened again. */
interface Place {
  open(): Promise<DurableStore>;
  remove(): Promise<void>;
}

async function onLevel(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'pledgeonce-store-'));
  return { open: () => LevelStore.open(folder), remove: () => rm(folder, { recursive: true }) };
}

const why = whyNoPostgres();
let server: PostgresServer | undefined;
let databases = 0;

async function onPostgres(): Promise<Place> {
  server ??= await startPostgres();
  const here = server;
  const name = `store_${++databases}`;
  here.createDatabase(name);
  const seats: Seat[] = [];
  return {
    open: async () => {
      await seats.pop()?.leave();
      const seat = new Seat({
        connectionString: () => Promise.resolve(here.connectionString(name)),
        organisation: 'BankAMSP',
        own: () => ({ address: 'http://127.0.0.1:1' }),
        log: pino({ level: 'silent' }),
      });
      seats.push(seat);
      await seat.taken(AbortSignal.timeout(30_000));
      return seat.store('spec');
    },
    remove: async () => seats.pop()?.leave(),
  };
}

afterAll(() => server?.remove());

const kinds = [
  ['LevelDB', onLevel, undefined],
  ['PostgreSQL', onPostgres, why],
] as const;

for (const [kind, placeOf, reason] of kinds) {
  (reason === undefined ? describe : describe.skip)(`the durable store on ${kind}`, () => {
    let place: Place;
    let store: DurableStore;
    beforeEach(async () => {
      place = await placeOf();
      store = await place.open();
    }, 120_000);
    afterEach(async () => {
      await store.close();
      await place.remove();
    });

    const keysOf = async (prefix: string, options?: EntriesOptions) => {
      const keys = [];
      for await (const [key] of store.entries(prefix, options)) keys.push(key);
      return keys;
    };

    it('takes one write directly after the other, though nobody else writes', async () => {
      for (let turn = 0; turn < 50; turn++) await store.put(`turn/${turn}`, turn);
      expect(await keysOf('turn/')).toHaveLength(50);
    });

    it('takes what arrives together, in its order, and has it after a restart', async () => {
      await Promise.all([
        ...Array.from({ length: 700 }, (_, turn) => store.put(`turn/${turn}`, turn)),
        store.put('turn/9', 'first'),
        store.delete('turn/9'),
        store.put('turn/9', 'last'),
        store.delete('turn/7'),
      ]);
      await store.close();
      store = await place.open();
      expect(await keysOf('turn/')).toHaveLength(699);
      expect(await store.get('turn/8')).toBe(8);
      expect(await store.get('turn/9')).toBe('last');
      expect(await store.get('turn/7')).toBeUndefined();
    });

    it('gives back the very text that was put: order of members, any character', async () => {
      const value = { z: 1, a: ['\u0000', '\ud800', '"\\', '李伟', null, 1e21], 2: false };
      await store.put('value', value);
      expect(JSON.stringify(await store.get('value'))).toBe(JSON.stringify(value));
      for (const one of ['', 0, false, [], {}]) {
        await store.put('value', one);
        expect(await store.get('value')).toEqual(one);
      }
    });

    it('keeps no nothing: what was there stays', async () => {
      await store.put('value', 1);
      await expect(store.put('value', null)).rejects.toThrow();
      await expect(store.put('value', undefined)).rejects.toThrow();
      expect(await store.get('value')).toBe(1);
    });

    it('lists what begins alike, from either end, and from any place', async () => {
      for (const key of ['a/1', 'a/2', 'a/3', 'b/1']) await store.put(key, key);
      expect(await keysOf('a/')).toEqual(['a/1', 'a/2', 'a/3']);
      expect(await keysOf('a/', { reverse: true, before: 'a/3' })).toEqual(['a/2', 'a/1']);
      expect(await keysOf('a/', { reverse: true, limit: 1 })).toEqual(['a/3']);
      expect(await keysOf('')).toEqual(['a/1', 'a/2', 'a/3', 'b/1']);
      expect(await keysOf('c/')).toEqual([]);
    });

    it('orders keys by their bytes, as no language does', async () => {
      const keys = ['a/B', 'a/a', 'a/A', 'a/ä', 'a/z', 'a/-', 'a/10', 'a/9', 'a/_', 'a/李', 'a/a b', 'a/ab'];
      await Promise.all(keys.map((key) => store.put(key, 0)));
      const byBytes = keys.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
      expect(await keysOf('a/')).toEqual(byBytes);
      expect(await keysOf('a/', { reverse: true })).toEqual(byBytes.toReversed());
    });

    it('lists more than comes at once, whichever way, and up to a limit', async () => {
      const keys = Array.from({ length: 350 }, (_, turn) => `n/${String(turn).padStart(4, '0')}`);
      await Promise.all(keys.map((key) => store.put(key, key)));
      expect(await keysOf('n/')).toEqual(keys);
      expect(await keysOf('n/', { reverse: true })).toEqual(keys.toReversed());
      expect(await keysOf('n/', { limit: 200 })).toEqual(keys.slice(0, 200));
      expect(await keysOf('n/', { reverse: true, limit: 101 })).toEqual(keys.toReversed().slice(0, 101));
    });

    it('forgets what is older, all of it, while it is gone through', async () => {
      const keys = Array.from({ length: 250 }, (_, turn) => `o/${String(turn).padStart(4, '0')}`);
      await Promise.all(keys.map((key, at) => store.put(key, at)));
      await forgetOlder(store, 'o/', 240, Number);
      expect(await keysOf('o/')).toEqual(keys.slice(240));
    });
  });
}
