import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { OrganisationConfig } from '../config.js';
import { FolderShelf } from '../people/shelf.js';
import type { Shelf } from '../people/shelf.js';
import type { DurableStore } from '../storage/durable-store.js';
import { LevelStore } from '../storage/level-store.js';
import { atPlaces } from './at-places.js';

const stores = ['requests', 'people'] as const;
const shelves = ['wallet', 'machines'] as const;
/** Entries that are on their way at once. */
const atOnce = 200;

/** How much of each was copied. */
type Moved = Readonly<Record<(typeof stores)[number] | (typeof shelves)[number], number>>;

/**
 * Copies what a single gateway has kept on its disk into the database that its replicas share. The folder is left as it is;
 * the search tables stay with each replica, and are made of blocks.
 *
 * @throws Error while a gateway runs, without replicas in the configuration, and where the database holds something already.
 */
export async function moveState(
  config: Pick<OrganisationConfig, 'msp' | 'stateDir' | 'replicas'>,
  log: Logger,
): Promise<Moved> {
  if (config.replicas === undefined)
    throw new Error('The configuration names no replicas, so there is no database.');
  return atPlaces(config, log, async (places) => {
    const targets = await Promise.all(stores.map((name) => places.store(name)));
    const shelved = shelves.map((name) => places.shelf(name));
    for (const target of targets) await assertEmpty(target);
    const counts = new Map<string, number>();
    for (const [index, name] of stores.entries()) {
      const target = targets[index];
      if (target !== undefined) counts.set(name, await copyStore(join(config.stateDir, name), target));
    }
    for (const [index, name] of shelves.entries()) {
      const target = shelved[index];
      if (target !== undefined && typeof target !== 'string') {
        counts.set(name, await copyShelf(new FolderShelf(join(config.stateDir, name)), target));
      }
    }
    const count = (name: keyof Moved) => counts.get(name) ?? 0;
    return {
      requests: count('requests'),
      people: count('people'),
      wallet: count('wallet'),
      machines: count('machines'),
    };
  });
}

async function assertEmpty(target: DurableStore): Promise<void> {
  for await (const [key] of target.entries('', { limit: 1 })) {
    throw new Error(
      `The database holds something of this organisation already, such as ${key}. Nothing was copied.`,
    );
  }
}

async function copyStore(folder: string, target: DurableStore): Promise<number> {
  if (!(await isThere(folder))) return 0;
  const source = await LevelStore.open(folder);
  let count = 0;
  try {
    let under: Promise<void>[] = [];
    for await (const [key, value] of source.entries('')) {
      under.push(target.put(key, value));
      count += 1;
      if (under.length < atOnce) continue;
      await Promise.all(under);
      under = [];
    }
    await Promise.all(under);
  } finally {
    await source.close();
  }
  return count;
}

async function copyShelf(source: Shelf, target: Shelf): Promise<number> {
  const labels = await source.labels();
  for (const label of labels) {
    const content = await source.read(label);
    if (content !== undefined) await target.write(label, content);
  }
  return labels.length;
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
