import { z } from 'zod';
import type { LedgerPort } from './port.js';
import { Reads } from './reads.js';
import { recordKind } from './records.js';
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

/** A ledger that has what a work has written. */
async function written(work: UnitOfWork) {
  const stored = new Map<string, string>();
  const port: LedgerPort = {
    get: (collection, key) => Promise.resolve(stored.get(`${collection ?? 'public'}/${key}`)),
    getAll: () => Promise.resolve([]),
    write: (writes) => {
      for (const { collection, key, value } of writes) stored.set(`${collection ?? 'public'}/${key}`, value);
      return Promise.resolve();
    },
    hash: () => Promise.resolve(undefined),
    defines: () => Promise.resolve(true),
    history: () => Promise.resolve([]),
  };
  const event = await work.flush(port, () => undefined);
  return { stored, event, after: new UnitOfWork(new Reads(port)) };
}

const nowhere: ConstructorParameters<typeof UnitOfWork>[0] = { read: () => Promise.resolve(undefined) };

describe('versions', () => {
  it('lie with each holder under a key of their own, with one public line and one change of the event', async () => {
    const work = new UnitOfWork(nowhere);
    deeds.write(work, first, ['A', 'B'], (holder) =>
      holder === 'A' ? first : { ...first, note: undefined },
    );
    const { stored, event } = await written(work);
    expect([...stored.keys()].sort()).toEqual(['party-A/DD~d1~1', 'party-B/DD~d1~1', 'public/loan~d1']);
    expect(stored.get('public/loan~d1')).toBe('{"schema":1,"seq":1,"state":"open"}');
    expect(stored.get('party-B/DD~d1~1')).not.toContain('ours');
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
    expect(stored.has('party-A/DD~d1~1')).toBe(true);
  });
});
