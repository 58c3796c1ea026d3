import { join } from 'node:path';
import { StoreShelf } from '../people/shelf.js';
import type { Shelf } from '../people/shelf.js';
import type { DurableStore } from '../storage/durable-store.js';
import { LevelStore } from '../storage/level-store.js';
import type { Seat } from '../storage/postgres/seat.js';

/** Where a gateway keeps what stands in no block. */
export interface Places {
  /** @throws Error when another process has it open. */
  store(name: 'requests' | 'people'): Promise<DurableStore>;
  /** Where sealed identities lie. */
  shelf(name: 'wallet' | 'machines'): string | Shelf;
  /** Where sessions lie that outlive the replica at which they began; absent where they end with the process. */
  sessions?(): DurableStore;
}

/** On the gateway's own disk. */
export function ownPlaces(stateDir: string): Places {
  return {
    store: (name) => LevelStore.open(join(stateDir, name)),
    shelf: (name) => join(stateDir, name),
  };
}

/** In the database that replicas share: it answers while this replica serves. */
export function sharedPlaces(seat: Pick<Seat, 'store'>): Places {
  return {
    store: (name) => Promise.resolve(seat.store(name)),
    shelf: (name) => new StoreShelf(seat.store(name)),
    sessions: () => seat.store('sessions'),
  };
}
