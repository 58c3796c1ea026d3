import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PeopleLog } from '../people/people-log.js';
import { certificateOf } from '../projection/testing/certificate.js';
import type { DurableStore } from '../storage/durable-store.js';
import { LevelStore } from '../storage/level-store.js';
import { certificatesInUse } from './certificates-in-use.js';
import type { EndsParts } from './certificates-in-use.js';
import { dayMs, earliestEnd, stageOf } from './ends.js';
import { EndsWatch } from './ends-watch.js';

const end = Date.parse('2027-03-01T00:00:00.000Z');
const certificateUntil = (notAfter: number) =>
  certificateOf('one', undefined, { notBefore: new Date(0), notAfter: new Date(notAfter) });

describe('the end of a certificate', () => {
  it.each([
    [61, undefined],
    [60, 60],
    [31, 60],
    [30, 30],
    [8, 30],
    [7, 7],
    [0.5, 7],
    [0, 0],
    [-400, 0],
  ])('%s days before it is at stage %s', (days, stage) => {
    expect(stageOf(end, end - days * dayMs)).toBe(stage);
  });

  it('is that of the first among several in one text', async () => {
    const text = (await certificateUntil(end)) + (await certificateUntil(end - dayMs));
    expect(earliestEnd(text)).toBe(end - dayMs);
    expect(earliestEnd('nothing')).toBeUndefined();
  });

  it('is known of all that the gateway depends on', async () => {
    const pem = await certificateUntil(end);
    const node = { endpoint: 'localhost:1', tlsRootCerts: pem };
    const organisation = { rootCerts: pem, ca: { tlsRootCerts: pem } };
    const at = (days: number) => new Date(end + days * dayMs).toISOString();
    const parts = {
      organisation,
      profile: {
        organisations: [{ name: 'customs', peer: node }, { name: 'without' }],
        orderers: [{ ...node, mspId: 'TaxMSP' }],
      },
      services: { described: () => Promise.resolve([{ label: 'clerk', endsAt: end }, { label: 'gateway' }]) },
      desk: {
        list: () => [
          { state: 'active', secretAt: 'gateway', certificateEndsAt: at(2) },
          { state: 'active', secretAt: 'gateway', certificateEndsAt: at(1) },
          { state: 'removed', secretAt: 'gateway', certificateEndsAt: at(-9) },
          { state: 'active', secretAt: 'provider', certificateEndsAt: at(-9) },
        ],
      },
      machineDesk: { list: () => [{ id: 'machine-erp', state: 'active', certificateEndsAt: at(0) }] },
      tls: { endsAt: new Date(end) },
    } as unknown as EndsParts;
    const ends = await certificatesInUse(parts);
    expect(Object.fromEntries(ends.map(({ name, endsAt }) => [name, (endsAt - end) / dayMs]))).toEqual({
      door: 0,
      authority: 0,
      'authority-tls': 0,
      people: 1,
      'service:clerk': 0,
      'machine:machine-erp': 0,
      'peer:customs': 0,
      'orderer:TaxMSP': 0,
    });
  });
});

describe('the watch over ends', () => {
  let folder: string;
  let store: DurableStore;
  let people: PeopleLog;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pledgeonce-ends-'));
    store = await LevelStore.open(folder);
    people = await PeopleLog.open(store);
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  const told = async () =>
    (await people.page(undefined, 50, () => true)).items.map(
      ({ person, detail }) => `${person} ${detail ?? ''}`,
    );

  it('tells at 60, 30 and 7 days and at the end, each once, and again of the next certificate', async () => {
    let now = 0;
    let endsAt = end;
    const look = async (days: number) => {
      now = endsAt - days * dayMs;
      // A new process each time knows what was told.
      const ends = () => Promise.resolve([{ name: 'door', endsAt }]);
      await new EndsWatch({ ends, store, people, clock: () => now }).look();
    };
    for (const days of [90, 61, 60, 59, 45, 30, 29, 8, 7, 3, 1, 0, -1]) await look(days);
    expect((await told()).reverse()).toEqual([
      'door ends in 60 days',
      'door ends in 30 days',
      'door ends in 7 days',
      'door has ended',
    ]);
    endsAt += 365 * dayMs;
    await look(90);
    await look(20);
    expect((await told())[0]).toBe('door ends in 20 days');
  });

  it('speaks of what renews itself only when it has not', async () => {
    let now = 0;
    const ends = () => Promise.resolve([{ name: 'service:clerk', endsAt: end, renewsItself: true as const }]);
    const watch = new EndsWatch({ ends, store, people, clock: () => now });
    for (const days of [60, 30, 8, 6]) {
      now = end - days * dayMs;
      await watch.look();
    }
    expect(await told()).toEqual(['service:clerk ends in 6 days']);
  });
});
