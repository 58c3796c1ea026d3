import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rate as rateKind } from '@pledgeonce/chaincode/registry/records.js';
import { underlying as underlyingKind } from '@pledgeonce/chaincode/underlyings/records.js';
import type { Underlying } from '@pledgeonce/chaincode/underlyings/records.js';
import { encodeRecord } from '@pledgeonce/chaincode/ledger/records.js';
import { sketched, wholeTrade } from '@pledgeonce/chaincode/testing/sketched-trade.js';
import { Projection } from './projection.js';
import type { PrivateValue } from './read-block.js';
import { certificateOf } from './testing/certificate.js';

const registry = 'registry';

describe('the history of a limit, out of the blocks', () => {
  let directory: string;
  let projection: Projection;
  let certificate: string;
  beforeAll(async () => {
    certificate = await certificateOf('officer');
  });
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'limits-'));
    projection = new Projection(join(directory, 'tables.sqlite'), {
      mspId: 'RegulatorMSP',
      kind: 'regulator',
      government: true,
    });
  });
  afterEach(async () => {
    projection.close();
    await rm(directory, { recursive: true });
  });

  /** One block of one transaction. */
  function apply(...values: PrivateValue[]): void {
    const number = projection.nextBlock;
    projection.apply({
      number,
      hash: '00',
      malformed: [],
      transactions: [
        {
          transactionId: `tx-${number}`,
          position: 0,
          time: '2026-11-01T00:00:00.000Z',
          mspId: 'CustomsMSP',
          certificate,
          code: 0,
          event: undefined,
          hashes: [],
          values,
        },
      ],
    });
  }
  const trade = (id: string, more: Partial<Underlying>): PrivateValue => ({
    collection: registry,
    key: `U~${id}`,
    value: encodeRecord(
      underlyingKind,
      { id, rows: [], credits: [], draws: [], overdrawn: [], ...more },
      { salt: `salt ${projection.nextBlock}` },
    ),
  });
  const rate = (currency: string, text: string): PrivateValue => ({
    collection: registry,
    key: `R~${currency}`,
    value: encodeRecord(rateKind, {
      currency,
      base: 'USD',
      rate: text,
      date: '2026-11-01',
      publishedAt: '2026-11-01T00:00:00.000Z',
    }),
  });
  const told = (fact: string, before?: string) =>
    projection.audit
      .limitHistory(fact, before)
      .changes.map(({ transactionId, causes, limit }) => [
        transactionId,
        causes.map(({ cause }) => cause).join(' '),
        limit?.left,
      ]);

  const whole = sketched({
    documents: [
      { id: 'D', family: 'declaration', seller: 'ex', by: 'authority', states: 100, cites: ['I'] },
      { id: 'I', family: 'invoice', seller: 'ex', by: 'authority', states: 60, cites: [] },
    ],
    draws: [{ on: 'D', amount: 10 }],
  });
  const [declared, invoice] = whole.rows;
  if (declared === undefined || invoice === undefined) throw new Error('no trade');

  it('follows a document into the trade that took in its own, and into another when it leaves', () => {
    apply(trade('one', { rows: [declared] }), trade('two', { rows: [invoice] }));
    apply(trade('one', { rows: [declared], draws: whole.draws }));
    apply(trade('one', { forward: 'two' }), trade('two', { rows: [invoice, declared], draws: whole.draws }));
    // Another trade, and one with nothing of it.
    apply(trade('three', { rows: [{ ...invoice, fact: 'other' }] }));
    // The declaration was another seller's: what was drawn on it stays behind.
    apply(
      trade('two', {
        rows: [invoice, { ...declared, cancelled: true }],
        draws: whole.draws,
        overdrawn: ['D'],
      }),
      trade('four', { rows: [{ ...declared, ceiling: 90n }] }),
    );
    expect(told('D')).toEqual([
      ['tx-0', 'recorded', 100n],
      ['tx-1', 'drawn', 90n],
      ['tx-2', 'joined', 50n],
      ['tx-4', 'amended left released', 90n],
    ]);
    expect(told('I')).toEqual([
      ['tx-0', 'recorded', 60n],
      ['tx-2', 'joined drawn', 50n],
      // It belonged to a sale whose declaration is cancelled now.
      ['tx-4', 'cancelled', 0n],
    ]);
    expect(told('nothing')).toEqual([]);
  });

  it('takes each rate as it was at the time', () => {
    const yen = { ...invoice, currency: 'JPY', ceiling: 100n };
    apply(rate('JPY', '0.0066'), rate('EUR', '1.10'));
    apply(trade('one', { rows: [declared, yen] }));
    apply(rate('EUR', '1.20'));
    apply(rate('JPY', '0.0050'));
    expect(told('D')).toEqual([
      ['tx-1', 'recorded', 66n],
      ['tx-3', 'rate', 50n],
    ]);
  });

  it('of a large trade is told page by page, and nothing of it is missing or told twice', () => {
    const { rows, draws } = wholeTrade('cited', 250);
    const steps = 15;
    const drawn = [...draws].sort((one, other) => (one.fact < other.fact ? -1 : 1));
    const last = drawn.filter(({ fact }) => fact === 'D0');
    const rest = drawn.filter(({ fact }) => fact !== 'D0');
    for (let step = 0; step < steps; step += 1) {
      const more = last.map((draw) => ({ ...draw, amount: BigInt(step + 1) }));
      apply(trade('one', { rows, draws: [...rest, ...more] }));
    }
    const newest = projection.audit.limitHistory('D0');
    expect(newest.earlier).toBe(`${steps - newest.changes.length}-0`);
    const older = projection.audit.limitHistory('D0', newest.earlier);
    expect(older.earlier).toBeUndefined();
    const all = [...older.changes, ...newest.changes];
    expect(all.map(({ transactionId }) => transactionId)).toEqual(
      Array.from({ length: steps }, (_, step) => `tx-${step}`),
    );
    expect(all.map(({ causes }) => causes[0]?.cause)).toEqual([
      'recorded',
      ...Array.from({ length: steps - 1 }, () => 'drawn'),
    ]);
  });
});
