import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DurableStore } from '../storage/durable-store.js';
import { LevelStore } from '../storage/level-store.js';
import { certificateWarning } from './certificate-warning.js';
import { PeopleLog } from './people-log.js';
import { PeopleRegister } from './people-register.js';
import type { PersonRecord } from './person-record.js';
import { warnOfEnds } from './warn-of-ends.js';

const day = 24 * 60 * 60_000;
const endsAt = '2027-03-01T00:00:00.000Z';
const end = Date.parse(endsAt);

const saying = (pattern: RegExp) => expect.stringMatching(pattern) as unknown;

describe('what is said of a certificate', () => {
  it.each([
    ['nothing 61 days before its end', 61 * day, undefined],
    ['so many days from 60 on', 60 * day, saying(/ends in 60 days\. It is renewed at the next sign-in/)],
    ['one day', day + 1, saying(/ends in 1 day\./)],
    [
      'that it has ended, and what helps',
      0,
      saying(/has ended\. Signing in makes a new one;.*an admin invites anew/),
    ],
    ['the same long afterwards', -400 * day, saying(/has ended/)],
  ])('is %s', (_, before, said) => {
    const warning = certificateWarning(endsAt, end - before);
    expect(warning).toEqual(said);
  });

  it('is nothing of whoever has none', () => {
    expect(certificateWarning(undefined, end)).toBeUndefined();
  });
});

describe('the alert about a certificate that ends', () => {
  let folder: string;
  let store: DurableStore;
  let register: PeopleRegister;
  let people: PeopleLog;

  const person = (id: string, more: Partial<PersonRecord> = {}): PersonRecord => ({
    id,
    role: 'officer',
    state: 'active',
    since: '2026-01-01T00:00:00.000Z',
    secretAt: 'gateway',
    version: 1,
    errands: [],
    wrongAtAuthority: 0,
    requests: [],
    certificateEndsAt: endsAt,
    ...more,
  });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'warn-of-ends-'));
    store = await LevelStore.open(join(folder, 'people'));
    register = await PeopleRegister.open(store);
    people = await PeopleLog.open(store);
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  const alerts = async () => (await people.page(undefined, 50, () => true)).items;

  it('comes at 60, 30 and 7 days and at the end of each certificate, however often somebody looks', async () => {
    await register.put(person('anna'));
    await warnOfEnds({ register, people }, end - 61 * day);
    expect(await alerts()).toEqual([]);
    for (const days of [60, 59, 31]) await warnOfEnds({ register, people }, end - days * day);
    expect(await alerts()).toMatchObject([{ kind: 'certificate-ending', person: 'anna', alert: true }]);
    for (const days of [30, 8, 7, 6, 1, -1, -2]) await warnOfEnds({ register, people }, end - days * day);
    expect(await alerts()).toHaveLength(4);
    const renewed = '2028-03-01T00:00:00.000Z';
    await register.put({ ...person('anna'), certificateEndsAt: renewed, warnedOf: endsAt });
    await warnOfEnds({ register, people }, Date.parse(renewed) - 30 * day);
    expect(await alerts()).toHaveLength(5);
  });

  it('is for those who may act, and names the enterprise at the portal', async () => {
    await register.put(person('removed', { state: 'removed' }));
    await register.put(person('suspended', { state: 'suspended' }));
    const { certificateEndsAt: _none, ...without } = person('invited', { state: 'invited' });
    await register.put(without);
    await register.put(person('li.wei', { uscc: '91330200MA2CKXQ85H' }));
    await warnOfEnds({ register, people }, end - 10 * day);
    expect(await alerts()).toMatchObject([{ person: 'li.wei', uscc: '91330200MA2CKXQ85H' }]);
    expect(await alerts()).toHaveLength(1);
  });
});
