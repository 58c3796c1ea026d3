import { pino } from 'pino';
import { limits } from '@pledgeonce/chaincode/api.js';
import type { Ledger } from '../../ledger/ledger.js';
import type { Signatory } from '../../ledger/signatory.js';
import { deskPage, LoanDesk } from '../../loans/desk.js';
import { Clerk, clerkPage } from '../../matchmaking/clerk.js';
import { Projection } from '../../projection/projection.js';
import {
  applyRecords,
  claimRecord,
  idOf,
  loanRecord,
  offerRecord,
  requestRecord,
} from '../../projection/testing/records.js';
import { Sweeper } from '../sweeper.js';

/** One thing that a gateway does again and again, over however many records there are. */
export interface PeriodicTask {
  readonly name: string;
  /** How many records it reads at once. */
  readonly page: number;
  /** Makes the records that are due, and some that are not; what is due is named by {@link dueName}. */
  readonly records: (projection: Projection, certificate: string, count: number) => void;
  readonly mspId: string;
  readonly round: (projection: Projection, ledger: Pick<Ledger, 'submit'>) => Promise<void>;
}

/** The name of a record that is due, and, hashed, its id. */
export const dueName = (index: number) => `due ${index}`;

const now = Date.parse('2026-11-05T12:00:00Z');
const log = pino({ level: 'silent' });
const signatory = () => Promise.resolve(undefined as unknown as Signatory);
const names = (count: number) => Array.from({ length: count }, (_, index) => dueName(index));
/** More than a page of records that are younger and not due: they may not stand before those that are. */
const others = (page: number) => Array.from({ length: page + 1 }, (_, index) => `other ${index}`);
const clerk = (mspId: string, projection: Projection, ledger: Pick<Ledger, 'submit'>) =>
  new Clerk(
    {
      mspId,
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
const later = { deadline: '2026-12-01T00:00:00.000Z' };
const closed = { state: 'closed', seq: 2 } as const;

/** Everything that a gateway does by itself; a new task adds a row. */
export const periodicTasks: readonly PeriodicTask[] = [
  {
    name: 'requests are closed at their deadline',
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
];

/**
 * Plays one round of a task over so many records, of which one makes the ledger's answer fail.
 *
 * @returns the records that were taken to the ledger and did not fail, by their place.
 */
export async function playRound(
  { mspId, records, round }: PeriodicTask,
  certificate: string,
  count: number,
  failing: number,
): Promise<{ readonly done: number[]; readonly notDue: number }> {
  const projection = new Projection(':memory:', { mspId, government: false });
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

/** The records that a call is about: one, or the claims of a sweep. */
function idsIn(input: unknown): string[] {
  const { id, claims } = input as { id?: string; claims?: { id: string }[] };
  return [...(id === undefined ? [] : [id]), ...(claims ?? []).map((claim) => claim.id)];
}
