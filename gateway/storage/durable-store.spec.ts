import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DurableStore } from './durable-store.js';

describe('the durable store', () => {
  let folder: string;
  let store: DurableStore;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pledgeonce-store-'));
    store = await DurableStore.open(folder);
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  const keysOf = async (...options: Parameters<DurableStore['entries']>) => {
    const keys = [];
    for await (const [key] of store.entries(...options)) keys.push(key);
    return keys;
  };

  it('takes one write directly after the other, though nobody else writes', async () => {
    for (let turn = 0; turn < 50; turn++) await store.put(`turn/${turn}`, turn);
    expect(await keysOf('turn/')).toHaveLength(50);
  });

  it('takes what arrives together, and has it after a restart', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, turn) => store.put(`turn/${turn}`, turn)));
    await store.delete('turn/7');
    await store.close();
    store = await DurableStore.open(folder);
    expect(await keysOf('turn/')).toHaveLength(49);
    expect(await store.get('turn/8')).toBe(8);
  });

  it('lists what begins alike, from either end, and from any place', async () => {
    for (const key of ['a/1', 'a/2', 'a/3', 'b/1']) await store.put(key, key);
    expect(await keysOf('a/')).toEqual(['a/1', 'a/2', 'a/3']);
    expect(await keysOf('a/', { reverse: true, before: 'a/3' })).toEqual(['a/2', 'a/1']);
    expect(await keysOf('a/', { reverse: true, limit: 1 })).toEqual(['a/3']);
  });
});
