import { pino } from 'pino';
import { limits } from '@pledgeonce/chaincode/api.js';
import type { Claim } from '@pledgeonce/chaincode/claims/records.js';
import { firmId, firmIdAt } from '@pledgeonce/chaincode/firms/records.js';
import { keyRing, keyRingAt } from '@pledgeonce/chaincode/ledger/key-ring.js';
import { encodeRecord } from '@pledgeonce/chaincode/ledger/records.js';
import { nearBucket, nearBucketAt } from '@pledgeonce/chaincode/near-duplicates/records.js';
import type { Ledger } from '../../ledger/ledger.js';
import type { Signatory } from '../../ledger/signatory.js';
import { deskPage, LoanDesk } from '../../loans/desk.js';
import { Clerk, clerkPage } from '../../matchmaking/clerk.js';
import { Projection } from '../../projection/projection.js';
import {
  applyRecords,
  claimRecord,
  factRecord,
  idOf,
  loanRecord,
  offerRecord,
  requestRecord,
} from '../../projection/testing/records.js';
import { FirmLinks } from '../firm-links.js';
import { Rekeyer } from '../rekeyer.js';
import { RateWatch } from '../rate-watch.js';
import { Sweeper } from '../sweeper.js';
import { houseTasks } from './house-tasks.js';
import { webhookTask } from './webhook-task.js';
import type { PeriodicTask, Played } from './periodic-task.js';
import { viewpointOf } from '../../projection/testing/viewpoint-of.js';

/** A task that finds what is due in the tables and takes it to the ledger. */
interface LedgerTask extends Omit<PeriodicTask, 'play'> {
  readonly mspId: string;
  /** Makes the records that are due, and some that are not; what is due is named by {@link dueName}. */
  readonly records: (projection: Projection, certificate: string, count: number) => void;
  readonly round: (projection: Projection, ledger: Pick<Ledger, 'submit'>) => Promise<void>;
}

/** The name of a record that is due, and, hashed, its id. */
const dueName = (index: number) => `due ${index}`;

const now = Date.parse('2026-11-05T12:00:00Z');
const log = pino({ level: 'silent' });
const signatory = () => Promise.resolve(undefined as unknown as Signatory);
const names = (count: number) => Array.from({ length: count }, (_, index) => dueName(index));
/** More than a page of records that are younger and not due: they may not stand before those that are. */
const others = (page: number) => Array.from({ length: page + 1 }, (_, index) => `other ${index}`);
const clerk = (mspId: string, projection: Projection, ledger: Pick<Ledger, 'submit'>) =>
  new Clerk(
    {
      ...viewpointOf(mspId),
      projection,
      ledger,
      signatory,
      log,
      kept: {
        requests: () => Promise.resolve(new Set()),
        find: () => Promise.resolve({ salt: 'salt', terms: {} as never }),
        forget: () => Promise.resolve(),
      },
    },
    () => now,
  );
const published = {
  currency: 'USD',
  base: 'CNY',
  rate: '7.1',
  date: '2026-11-01',
  publishedAt: '2026-11-01T08:00:00.000Z',
} as const;
const amount = 6_000n;
/** A line that was drawn in another currency than the claim's. */
const atARate: Partial<Claim> = {
  lines: [
    {
      role: 'receivable',
      document: { type: 'tax-invoice', number: 'A' },
      fact: idOf('A'),
      underlying: idOf('A'),
      amount,
      outstanding: amount,
      currency: 'EUR',
      drawn: amount,
      held: amount,
      revolving: false,
      rate: { numerator: '1', denominator: '2', date: '2026-10-01' },
    },
  ],
};
const inRegistry = (key: string, value: string) => ({ collection: 'registry', key, value });
const since = '2026-11-01T08:00:00.000Z';
/** After one rotation. */
const ringRecord = inRegistry(
  keyRingAt.key,
  encodeRecord(keyRing, {
    keys: [2, 1].map((number) => ({ key: 'secret', number, since })),
    first: 'secret',
  }),
);
/** A bucket of look-alikes that is found by a text. */
const entryRecord = (name: string, number: number) =>
  inRegistry(
    nearBucketAt(idOf(name)).key,
    encodeRecord(nearBucket, { entries: [] }, { origin: { kind: 'near', text: name, number } }),
  );
/** The word that the seller of every document is one firm with another id. */
const firmRecord = inRegistry(
  firmIdAt(idOf('firm')).key,
  encodeRecord(firmId, {
    firm: { scheme: 'VAT', id: 'FR40303265045' },
    ids: [
      { scheme: 'VAT', id: 'FR40303265045' },
      { scheme: 'USCC', id: '91330200MA2CKXQ85H' },
    ],
  }),
);
const later = { deadline: '2026-12-01T00:00:00.000Z' };
const closed = { state: 'closed', seq: 2 } as const;

const ledgerTasks: readonly LedgerTask[] = [
  {
    name: 'requests are closed at their deadline',
    rounds: 'deadlines not attended to',
    together: 1,
    page: clerkPage,
    mspId: 'EnterpriseMSP',
    records: (projection, certificate, count) => {
      applyRecords(
        projection,
        certificate,
        names(count).map((name) => requestRecord(name)),
        others(clerkPage).map((name) => requestRecord(name, later)),
      );
    },
    round: (projection, ledger) => clerk('EnterpriseMSP', projection, ledger).attend(),
  },
  {
    name: 'closed requests are asked whether they have lapsed',
    rounds: 'deadlines not attended to',
    together: 1,
    page: clerkPage,
    mspId: 'EnterpriseMSP',
    records: (projection, certificate, count) => {
      applyRecords(
        projection,
        certificate,
        names(count).map((name) => requestRecord(name, closed)),
        others(clerkPage).map((name) => requestRecord(name, { ...closed, ...later })),
      );
    },
    round: (projection, ledger) => clerk('EnterpriseMSP', projection, ledger).attend(),
  },
  {
    name: 'sealed offers are opened once their request is closed',
    rounds: 'deadlines not attended to',
    together: 1,
    page: clerkPage,
    mspId: 'BankAMSP',
    records: (projection, certificate, count) => {
      const all = [...names(count), ...others(clerkPage)];
      applyRecords(
        projection,
        certificate,
        all.map((name) => requestRecord(`request ${name}`, later)),
        all.map((name) => offerRecord(name, `request ${name}`)),
        names(count).map((name) => requestRecord(`request ${name}`, { ...closed, ...later })),
      );
    },
    round: (projection, ledger) => clerk('BankAMSP', projection, ledger).attend(),
  },
  {
    name: 'loan applications are decided',
    rounds: 'loans not attended to',
    together: 1,
    page: deskPage,
    mspId: 'BankAMSP',
    records: (projection, certificate, count) => {
      applyRecords(
        projection,
        certificate,
        names(count).map((name) => loanRecord(name)),
        others(deskPage).map((name) => loanRecord(name, { state: 'withdrawn' })),
      );
    },
    round: (projection, ledger) =>
      new LoanDesk(
        {
          projection,
          ledger: { ...ledger, evaluate: () => Promise.reject(new Error('nothing to ask')) },
          follower: { settled: () => Promise.resolve(), lag: 0 },
          verifications: { add: () => Promise.resolve() },
          loaded: undefined,
          signatory,
          log,
        },
        () => now,
      ).decideAll(),
  },
  {
    name: 'claims past their time are swept',
    rounds: 'claims past their time or rate not swept',
    together: limits.sweptPerTransaction,
    page: limits.sweptPerTransaction,
    mspId: 'BankAMSP',
    records: (projection, certificate, count) => {
      applyRecords(
        projection,
        certificate,
        names(count).map((name) => claimRecord(name)),
        others(limits.sweptPerTransaction).map((name) => claimRecord(name, { state: 'settled' })),
      );
    },
    round: (projection, ledger) =>
      new Sweeper(
        {
          claims: projection.claims,
          ledger,
          signatory,
          government: false,
          graceMs: 0,
          swept: () => undefined,
          log,
        },
        () => now,
      ).sweep(),
  },
  {
    name: 'claims drawn at a rate are looked at after a publication',
    rounds: 'claims past their time or rate not swept',
    together: limits.sweptPerTransaction,
    page: limits.sweptPerTransaction,
    mspId: 'RegulatorMSP',
    records: (projection, certificate, count) => {
      applyRecords(
        projection,
        certificate,
        names(count).map((name) => claimRecord(name, { state: 'disbursed', ...atARate })),
        others(limits.sweptPerTransaction).map((name) => claimRecord(name, { state: 'disbursed' })),
      );
    },
    round: ({ claims }, ledger) =>
      new RateWatch({
        claims,
        ratePublications: { list: () => ({ items: [published] }) },
        ledger,
        signatory,
        log,
      }).look(),
  },
  {
    name: 'entries get their ids under the new fingerprint key',
    rounds: 'entries not put under the new fingerprint key',
    together: limits.rekeyedPerTransaction,
    page: limits.rekeyedPerTransaction,
    mspId: 'RegulatorMSP',
    records: (projection, certificate, count) => {
      applyRecords(
        projection,
        certificate,
        [ringRecord],
        names(count).map((name) => entryRecord(name, 1)),
        others(limits.rekeyedPerTransaction).map((name) => entryRecord(name, 2)),
      );
    },
    round: ({ keyedEntries: entries }, ledger) =>
      new Rekeyer({
        entries,
        ledger,
        signatory,
        rekeys: true,
        log,
      }).look(),
  },
  {
    name: 'documents of a firm are linked once it is stated',
    rounds: 'documents of a stated firm not linked',
    together: limits.relinkedPerTransaction,
    page: limits.relinkedPerTransaction,
    mspId: 'RegulatorMSP',
    records: (projection, certificate, count) => {
      applyRecords(
        projection,
        certificate,
        names(count).map((name) => factRecord(name)),
        [firmRecord],
      );
      applyRecords(
        projection,
        certificate,
        others(limits.relinkedPerTransaction).map((name) => factRecord(name)),
      );
    },
    round: ({ statedFirms: firms }, ledger) => new FirmLinks({ firms, ledger, signatory, log }).look(),
  },
];

/** Everything that a gateway does by itself; a new task adds a row. */
export const periodicTasks: readonly PeriodicTask[] = [
  ...ledgerTasks.map(({ mspId, records, round, ...task }) => ({
    ...task,
    play: (certificate: string, count: number, failing: number) =>
      playOnLedger({ mspId, records, round }, certificate, count, failing),
  })),
  ...houseTasks,
  webhookTask,
];

async function playOnLedger(
  { mspId, records, round }: Pick<LedgerTask, 'mspId' | 'records' | 'round'>,
  certificate: string,
  count: number,
  failing: number,
): Promise<Played> {
  const projection = new Projection(':memory:', viewpointOf(mspId));
  try {
    records(projection, certificate, count);
    const places = new Map(names(count).map((name, index) => [idOf(name), index]));
    const done: number[] = [];
    let notDue = 0;
    const submit = (_by: unknown, _name: unknown, input: unknown) => {
      const asked = idsIn(input).map((id) => places.get(id));
      notDue += asked.filter((place) => place === undefined).length;
      if (asked.includes(failing)) return Promise.reject(new Error('the network does not answer'));
      done.push(...asked.filter((place) => place !== undefined));
      return Promise.resolve({ output: { state: 'done', reasons: [], items: [] } });
    };
    await round(projection, { submit } as unknown as Pick<Ledger, 'submit'>);
    return { done, notDue };
  } finally {
    projection.close();
  }
}

/** The records that a call is about: one, the claims of a sweep, documents, or entries. */
function idsIn(input: unknown): string[] {
  const { id, claims, facts, keys } = input as {
    id?: string;
    claims?: { id: string }[];
    facts?: string[];
    keys?: string[];
  };
  return [
    ...(id === undefined ? [] : [id]),
    ...(claims ?? []).map((claim) => claim.id),
    ...(facts ?? []),
    ...(keys ?? []).map((key) => key.slice(key.indexOf('~') + 1)),
  ];
}
