import { z } from 'zod';
import type { Address } from './addresses.js';
import type { LedgerPort } from './port.js';
import { Reads } from './reads.js';
import { keyRing, keyRingAt } from './key-ring.js';
import { decodeRecord, encodeRecord, recordKind } from './records.js';
import { sealsOf } from './seals.js';
import { addresseeKey, taggedKey } from './tags.js';
import { UnitOfWork } from './unit-of-work.js';
import { nextVersion, Versions } from './versions.js';

interface Deed {
  readonly id: string;
  readonly seq: number;
  readonly state: string;
  readonly updatedAt: string;
  readonly note?: string | undefined;
}

const deed = recordKind<Deed>(
  'deed',
  'DD',
  z.strictObject({
    id: z.string(),
    seq: z.number(),
    state: z.string(),
    updatedAt: z.string(),
    note: z.string().optional(),
  }),
);
const deeds = new Versions('loan', deed);
const first = { id: 'd1', seq: 1, state: 'open', updatedAt: '2026-11-01T00:00:00.000Z', note: 'ours' };

const secret = Buffer.alloc(32, 7).toString('base64');
const ring = { keys: [{ key: secret, number: 1, since: first.updatedAt }], first: secret };
const storedRing = encodeRecord(keyRing, ring);
/** Where a copy lies. */
const copy = (holder: string, key: string) => `registry/${taggedKey(addresseeKey(ring, holder), key)}`;

/** A ledger with a key ring that has what a work has written. */
async function written(work: UnitOfWork) {
  const stored = new Map([[`registry/${keyRingAt.key}`, storedRing]]);
  const port: LedgerPort = {
    get: (collection, key) => Promise.resolve(stored.get(`${collection ?? 'public'}/${key}`)),
    getAll: () => Promise.resolve([]),
    write: (writes) => {
      for (const { collection, key, value } of writes) stored.set(`${collection ?? 'public'}/${key}`, value);
      return Promise.resolve();
    },
    hash: () => Promise.resolve(undefined),
    history: () => Promise.resolve([]),
  };
  const event = await work.flush(port, await sealsOf(work, 'tx'));
  return { stored, event, after: new UnitOfWork(new Reads(port)) };
}

const nowhere: ConstructorParameters<typeof UnitOfWork>[0] = {
  read: <T>({ key }: Address<T>) =>
    Promise.resolve(key === keyRingAt.key ? (decodeRecord(keyRing, storedRing) as T) : undefined),
};

describe('versions', () => {
  it('lie with each holder under a key of their own, with one public line and one change of the event', async () => {
    const work = new UnitOfWork(nowhere);
    deeds.write(work, first, ['A', 'B'], (holder) =>
      holder === 'A' ? first : { ...first, note: undefined },
    );
    const { stored, event } = await written(work);
    const copies = [copy('A', 'DD~d1~1'), copy('B', 'DD~d1~1')];
    expect([...stored.keys()].sort()).toEqual([...copies, 'public/loan~d1', 'registry/K'].sort());
    expect(stored.get(copies[1] ?? '')).toContain('"addressee":"B"');
    expect(stored.get('public/loan~d1')).toBe('{"schema":1,"seq":1,"state":"open"}');
    expect(stored.get(copies[1] ?? '')).not.toContain('ours');
    expect(event?.changes).toEqual([{ kind: 'loan', id: 'd1', state: 'open', seq: 1 }]);
  });

  it('are found by the latest, as the holder has it; nothing is there for others', async () => {
    const work = new UnitOfWork(nowhere);
    deeds.write(work, first, ['A']);
    const now = Date.parse('2026-11-02T00:00:00.000Z');
    const second = nextVersion({ now }, first, { state: 'closed' });
    deeds.write(work, second, ['A']);
    const { stored, after } = await written(work);
    expect(second).toEqual({ ...first, seq: 2, state: 'closed', updatedAt: '2026-11-02T00:00:00.000Z' });
    expect(await deeds.latest(after, 'A', 'd1')).toEqual(second);
    expect(await deeds.latest(after, 'B', 'd1')).toBeUndefined();
    expect(await deeds.latest(after, 'A', 'd2')).toBeUndefined();
    expect(stored.has(copy('A', 'DD~d1~1'))).toBe(true);
  });
});
