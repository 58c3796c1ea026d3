import { limits } from '@pledgeonce/chaincode/api.js';
import type { ClaimState } from '@pledgeonce/chaincode/api.js';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import { timeUp } from '@pledgeonce/chaincode/rules/claim-times.js';
import { instantText } from '@pledgeonce/chaincode/rules/dates.js';
import { pino } from 'pino';
import type { Ledger } from '../ledger/ledger.js';
import type { Signatory } from '../ledger/signatory.js';
import { ClaimTable } from '../projection/claim-table.js';
import { openDatabase } from '../projection/open-database.js';
import { mostTransactions, Sweeper } from './sweeper.js';

const noon = Date.parse('2026-06-01T12:00:00Z');

interface Row {
  readonly id: string;
  readonly state: ClaimState;
  readonly dueDate?: string;
  readonly expiresAt?: string;
  readonly dispute?: { readonly before: ClaimState; readonly endsAt: string };
}

/** A sweeper over a real table, and a ledger that carries out or refuses. */
function sweeperOver(
  rows: readonly Row[],
  {
    government = false,
    graceMs = 0,
    refuses = false,
    fails = () => false,
  }: {
    government?: boolean;
    graceMs?: number;
    refuses?: boolean;
    /** Whether the network fails on the transaction that holds these claims. */
    fails?: (claims: readonly { id: string }[]) => boolean;
  } = {},
) {
  const database = openDatabase(':memory:');
  for (const { id, state, dueDate = '2026-12-31', expiresAt, dispute } of rows) {
    const up = timeUp({
      state,
      dueDate,
      outstanding: 1n,
      expiresAt: expiresAt === undefined ? undefined : Date.parse(expiresAt),
      dispute: dispute && { before: dispute.before, until: Date.parse(dispute.endsAt) },
    });
    database.run(
      `INSERT INTO claims (id, owner, state, seq, enterprise, product, currency, amount, outstanding, due_date,
         time_up, month, rate_band, outlet, rate, all_in, view)
       VALUES (?, 'BankAMSP', ?, 1, 'E', 'discount', 'USD', 1, 1, ?, ?, '2026-05', '', '', 0, 0, '{}')`,
      [id, state, dueDate, up === undefined ? null : instantText(up.at)],
    );
  }
  const submitted: unknown[][] = [];
  const outcomes: [string, number][] = [];
  const submit = (_by: unknown, _name: unknown, { claims }: { claims: { id: string }[] }) => {
    submitted.push(claims);
    if (fails(claims)) return Promise.reject(new Error('no answer'));
    if (refuses) return Promise.reject(new LedgerError('NOT_EXPIRED'));
    for (const { id } of claims) {
      database.run(`UPDATE claims SET state = 'expired', time_up = NULL WHERE id = ?`, [id]);
    }
    return Promise.resolve({ output: { items: claims.map(() => ({ status: 'swept' })) } });
  };
  const sweeper = new Sweeper(
    {
      claims: new ClaimTable(database),
      ledger: { submit } as unknown as Pick<Ledger, 'submit'>,
      signatory: () => Promise.resolve(undefined as unknown as Signatory),
      government,
      graceMs,
      swept: (outcome, claims) => outcomes.push([outcome, claims]),
      log: pino({ level: 'silent' }),
    },
    () => noon,
  );
  return { sweeper, submitted, outcomes };
}

describe('sweeper', () => {
  it('sweeps what is past its time and the tolerance of clocks, and nothing else', async () => {
    const { sweeper, submitted, outcomes } = sweeperOver([
      { id: 'expired', state: 'reserved', expiresAt: '2026-06-01T11:54:59.000Z' },
      { id: 'perhaps', state: 'reserved', expiresAt: '2026-06-01T11:55:01.000Z' },
      { id: 'overdue', state: 'disbursed', dueDate: '2026-05-31' },
      { id: 'never-disbursed', state: 'accepted', expiresAt: '2026-05-31T23:59:59.999Z' },
      { id: 'promised', state: 'accepted', expiresAt: '2026-06-20T12:00:00.000Z' },
      { id: 'today', state: 'disbursed', dueDate: '2026-06-01' },
      { id: 'done', state: 'settled', dueDate: '2026-05-31' },
    ]);
    await sweeper.sweep();
    expect(submitted).toEqual([[{ id: 'never-disbursed' }, { id: 'overdue' }, { id: 'expired' }]]);
    expect(outcomes).toEqual([
      ['swept', 3],
      ['refused', 0],
    ]);
    await sweeper.sweep();
    expect(submitted).toHaveLength(1);
  });

  it('sweeps a claim in dispute as it would without, and a dispute past its time', async () => {
    const endsAt = '2026-06-20T12:00:00.000Z';
    const { sweeper, submitted } = sweeperOver([
      {
        id: 'unpaid',
        state: 'disputed',
        expiresAt: '2026-05-31T12:00:00.000Z',
        dispute: { before: 'accepted', endsAt },
      },
      { id: 'late', state: 'disputed', dueDate: '2026-05-31', dispute: { before: 'partly-repaid', endsAt } },
      { id: 'overdue', state: 'disputed', dueDate: '2026-05-31', dispute: { before: 'overdue', endsAt } },
      { id: 'running', state: 'disputed', dispute: { before: 'disbursed', endsAt } },
      {
        id: 'undecided',
        state: 'disputed',
        dispute: { before: 'overdue', endsAt: '2026-06-01T11:54:59.000Z' },
      },
    ]);
    await sweeper.sweep();
    expect(submitted).toEqual([[{ id: 'unpaid' }, { id: 'late' }, { id: 'undecided' }]]);
  });

  it('says whose claim it is and comes after the owner where it sweeps for all', async () => {
    const rows: Row[] = [
      { id: 'old', state: 'reserved', expiresAt: '2026-06-01T11:00:00.000Z' },
      { id: 'fresh', state: 'reserved', expiresAt: '2026-06-01T11:50:00.000Z' },
    ];
    const { sweeper, submitted } = sweeperOver(rows, { government: true, graceMs: 30 * 60_000 });
    await sweeper.sweep();
    expect(submitted).toEqual([[{ id: 'old', owner: 'BankAMSP' }]]);
  });

  it('does not stop at claims that the ledger refuses, nor repeat them within a round', async () => {
    const rows = Array.from({ length: 1_001 }, (_, index) => ({
      id: `claim-${index}`,
      state: 'reserved' as const,
      expiresAt: '2026-06-01T11:00:00.000Z',
    }));
    const { sweeper, submitted, outcomes } = sweeperOver(rows, { refuses: true });
    await sweeper.sweep();
    const ids = submitted.flat().map((claim) => (claim as { id: string }).id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(submitted.length).toBeLessThanOrEqual(10);
    expect(outcomes.every(([outcome]) => outcome === 'refused')).toBe(true);
  });

  it('comes to the last of those past their time, whatever fails before it', async () => {
    const most = limits.sweptPerTransaction;
    const rows = Array.from({ length: 2 * most + 1 }, (_, index) => ({
      id: `claim-${index}`,
      state: 'reserved' as const,
      expiresAt: instantText(Date.parse('2026-06-01T10:00:00Z') + index),
    }));
    const { sweeper, submitted } = sweeperOver(rows, {
      fails: (claims) => claims.some(({ id }) => id === `claim-${most + 1}`),
    });
    await sweeper.sweep();
    expect(submitted.map((claims) => claims.length)).toEqual([most, most, 1]);
  });

  it('leaves what is more than a round sweeps to the next, which begins there', async () => {
    const rows = Array.from({ length: mostTransactions * limits.sweptPerTransaction + 1 }, (_, index) => ({
      id: `claim-${index}`,
      state: 'reserved' as const,
      expiresAt: instantText(Date.parse('2026-06-01T10:00:00Z') + index),
    }));
    const { sweeper, submitted } = sweeperOver(rows, { refuses: true });
    await sweeper.sweep();
    expect(submitted.flat()).not.toContainEqual({ id: rows.at(-1)?.id });
    await sweeper.sweep();
    expect(submitted[mostTransactions]).toEqual([{ id: rows.at(-1)?.id }]);
  });
});
