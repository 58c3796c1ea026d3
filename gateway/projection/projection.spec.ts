import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Claim, claim as claimKind } from '@pledgeonce/chaincode/claims/records.js';
import {
  type Payment,
  payment as paymentKind,
  structuringReport,
} from '@pledgeonce/chaincode/payments/records.js';
import { probingReport } from '@pledgeonce/chaincode/probing/records.js';
import { type Loan, loan as loanKind } from '@pledgeonce/chaincode/loans/records.js';
import { encodeRecord } from '@pledgeonce/chaincode/ledger/records.js';
import { digest } from '@pledgeonce/chaincode/rules/fingerprints.js';
import { certificateOf } from './testing/certificate.js';
import { CursorError } from './conditions.js';
import { Projection } from './projection.js';
import type { BlockTransaction, ReadBlock } from './read-block.js';
import { viewpointOf } from './testing/viewpoint-of.js';

const id = (digit: string) => digit.repeat(64);
const person = { mspId: 'BankAMSP', id: 'anna' };

function claim(digit: string, seq: number, state: Claim['state'], amount = 6_000n): Claim {
  return {
    id: id(digit),
    seq,
    state,
    owner: 'BankAMSP',
    applicationNumber: `A-${digit}`,
    enterprise: { scheme: 'USCC', id: '91330200MA2CKXQ85H' },
    product: 'discount',
    currency: 'USD',
    amount,
    outstanding: amount,
    lines: [],
    dueDate: '2027-03-01',
    firstDueDate: '2027-03-01',
    expiresAt: Date.parse('2026-11-04T00:00:00Z'),
    extensions: 0,
    repayments: [],
    reservedBy: person,
    by: person,
    requests: [],
    createdAt: '2026-11-01T00:00:00.000Z',
    updatedAt: '2026-11-01T00:00:00.000Z',
  };
}

function payment(digit: string): Payment {
  return {
    id: id(digit),
    seq: 1,
    state: 'marked',
    owner: 'BankAMSP',
    reference: 'TT-1',
    payer: { scheme: 'USCC', id: '91330200MA2CKXQ85H' },
    payee: 'Hamburg Consult',
    purpose: 'service-trade',
    currency: 'USD',
    amount: 49_900n,
    paidOn: '2026-11-01',
    lines: [],
    filingRequired: false,
    by: person,
    requests: [],
    createdAt: '2026-11-01T00:00:00.000Z',
    updatedAt: '2026-11-01T00:00:00.000Z',
  };
}

function loan(digit: string, enterprise: string): Loan {
  const amount = { amount: '60.00', currency: 'USD' };
  return {
    id: id(digit),
    state: 'submitted',
    seq: 1,
    owner: 'EnterpriseMSP',
    enterprise: { scheme: 'USCC', id: enterprise },
    bank: 'BankAMSP',
    amount,
    tenorDays: 90,
    purpose: 'Raw material',
    lines: [{ document: { type: 'tax-invoice', number: 'A' }, total: amount, amount }],
    authorisation: id('0'),
    reasons: [],
    createdAt: '2026-11-01T00:00:00.000Z',
    updatedAt: '2026-11-01T00:00:00.000Z',
    request: 'digest',
  };
}

describe('the projection', () => {
  let folder: string;
  let file: string;
  let certificate: string;
  let projection: Projection;

  const viewpoint = { mspId: 'BankAMSP', kind: 'bank', government: false } as const;

  beforeAll(async () => {
    certificate = await certificateOf('anna');
  });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pledgeonce-projection-'));
    file = join(folder, 'projection.sqlite');
    projection = new Projection(file, viewpoint);
  });

  afterEach(async () => {
    projection.close();
    await rm(folder, { recursive: true });
  });

  function block(number: number, ...transactions: Partial<BlockTransaction>[]): ReadBlock {
    return {
      number,
      transactions: transactions.map((transaction, position) => ({
        transactionId: `tx-${number}-${position}`,
        position,
        time: '2026-11-01T00:00:00.000Z',
        mspId: 'BankAMSP',
        certificate,
        code: 0,
        event: undefined,
        hashes: [],
        values: [],
        ...transaction,
      })),
      hash: number.toString(16).padStart(64, '0'),
      malformed: [],
    };
  }

  const written = (...claims: Claim[]) => ({
    values: claims.map((one) => ({
      collection: 'registry',
      key: `C~${one.id}~${one.seq}`,
      value: encodeRecord(claimKind, one),
    })),
  });

  it('shows each claim in its latest version, the latest claim first', () => {
    projection.apply(block(0, written(claim('a', 1, 'reserved'), claim('b', 1, 'reserved'))));
    projection.apply(block(1, written(claim('a', 2, 'accepted'))));
    const { items } = projection.claims.list({ limit: 10 });
    expect(items.map((one) => [one.id, one.state])).toEqual([
      [id('b'), 'reserved'],
      [id('a'), 'accepted'],
    ]);
    expect(projection.claims.list({ limit: 10, state: 'accepted' }).items).toHaveLength(1);
    expect(projection.claims.ownerOf(id('a'))).toBe('BankAMSP');
  });

  it('pages without showing anything twice while new claims arrive', () => {
    projection.apply(block(0, written(claim('a', 1, 'reserved'), claim('b', 1, 'reserved'))));
    const first = projection.claims.list({ limit: 1 });
    projection.apply(block(1, written(claim('c', 1, 'reserved'))));
    const second = projection.claims.list({ limit: 1, cursor: first.next });
    expect([first, second].map(({ items }) => items[0]?.id)).toEqual([id('b'), id('a')]);
    expect(second.next).toBeUndefined();
    expect(() => projection.claims.list({ limit: 1, cursor: 'x' })).toThrow(CursorError);
  });

  it('goes on after the last whole block, and refuses a gap', () => {
    projection.apply(block(0, written(claim('a', 1, 'reserved'))));
    projection.close();
    projection = new Projection(file, viewpoint);
    expect(projection.nextBlock).toBe(1);
    expect(projection.claims.list({ limit: 10 }).items).toHaveLength(1);
    expect(() => projection.apply(block(2))).toThrow('Block 2 arrived where block 1 belongs.');
    expect(() => projection.apply(block(0))).toThrow('Block 0 arrived');
  });

  it('leaves no trace of a block that it could not read to the end', () => {
    const broken = { collection: 'registry', key: 'C~x~1', value: 'not a record' };
    expect(() =>
      projection.apply(block(0, written(claim('a', 1, 'reserved')), { values: [broken] })),
    ).toThrow();
    expect(projection.nextBlock).toBe(0);
    expect(projection.claims.list({ limit: 10 }).items).toEqual([]);
  });

  it('opens again, and starts again at block 0 when told', () => {
    projection.apply(block(0, written(claim('a', 1, 'reserved'))));
    projection.close();
    projection = new Projection(file, viewpoint);
    expect(projection.nextBlock).toBe(1);
    projection.close();
    projection = new Projection(file, viewpoint, true);
    expect(projection.nextBlock).toBe(0);
  });

  it('adds up by month, product, state and currency in whole minor units', () => {
    const many = ['a', 'b', 'c'].map((digit) => claim(digit, 1, 'reserved', 10_000_000_000_000_01n));
    projection.apply(block(0, written(...many)));
    expect(projection.statistics({ limit: 10 }).items).toMatchObject([
      {
        month: '2026-11',
        claims: 3,
        state: 'reserved',
        amount: { amount: '30000000000000.03', currency: 'USD' },
      },
    ]);
    expect(projection.statistics({ from: '2026-12', limit: 10 })).toEqual({ items: [] });
  });

  it('tells its people of their own claims only, and resumes the feed where a reader was', () => {
    const event = {
      schema: 1 as const,
      changes: [
        { kind: 'claim' as const, id: id('a'), state: 'reserved', seq: 1 },
        { kind: 'claim' as const, id: id('f'), state: 'reserved', seq: 1 },
      ],
      alerts: [
        { alert: 'overdrawn' as const, claims: [id('a'), id('f')] },
        { alert: 'overdrawn' as const, claims: [id('f')] },
      ],
    };
    const entries = projection.apply(block(0, { ...written(claim('a', 1, 'reserved')), event }));
    expect(entries).toMatchObject([
      { id: '0-0-0', kind: 'change', content: { id: id('a'), transactionId: 'tx-0-0' } },
      { id: '0-0-1', kind: 'alert', content: { alert: 'overdrawn', claims: [id('a')] } },
    ]);
    expect(projection.feed.after('0-0-0', 10)).toEqual(entries.slice(1));
    expect(projection.feed.alerts(10)).toEqual({ items: entries.slice(1) });
    expect(projection.feed.alerts(10, undefined, undefined, 'overdrawn').items).toEqual(entries.slice(1));
    expect(projection.feed.alerts(10, undefined, undefined, 'overdue').items).toEqual([]);
    expect(() => projection.feed.after('later', 10)).toThrow(CursorError);
  });

  it('tells a bank which of its payments an alert is about, and lists them', () => {
    const event = {
      schema: 1 as const,
      changes: [{ kind: 'payment' as const, id: id('a'), state: 'marked', seq: 1 }],
      alerts: [
        { alert: 'red-letter' as const, payments: [id('a'), id('f')], facts: [id('e')] },
        { alert: 'red-letter' as const, payments: [id('f')] },
      ],
    };
    const values = [
      {
        collection: 'registry',
        key: `P~${id('a')}~1`,
        value: encodeRecord(paymentKind, payment('a')),
      },
    ];
    expect(projection.apply(block(0, { values, event }))).toMatchObject([
      { kind: 'change', content: { id: id('a') } },
      { kind: 'alert', content: { alert: 'red-letter', payments: [id('a')], facts: [] } },
    ]);
    const listed = (filter: object) => projection.payments.list({ limit: 10, ...filter }).items;
    expect(listed({ category: 'service-trade', bank: 'BankAMSP' })).toMatchObject([
      { id: id('a'), amount: { amount: '499.00', currency: 'USD' } },
    ]);
    expect(listed({ category: 'freight' })).toEqual([]);
  });

  it('tells the people of an enterprise at the portal of their own records only', async () => {
    const [one, other] = ['91330200MA2CKXQ85H', '91350100M000100Y43'];
    const portal = new Projection(':memory:', {
      mspId: 'EnterpriseMSP',
      kind: 'enterprise',
      government: false,
    });
    const collection = 'registry';
    const changed = (kind: 'fact' | 'loan', digit: string) => ({ kind, id: id(digit), state: 'new', seq: 1 });
    for (const [number, uscc, digit] of [
      [0, one, 'a'],
      [1, other, 'b'],
    ] as const) {
      const event = { schema: 1 as const, changes: [changed('fact', digit)], alerts: [] };
      const signer = { mspId: 'EnterpriseMSP', certificate: await certificateOf('maria', uscc) };
      portal.apply(block(number, { ...signer, event }));
    }
    const values = [
      { collection, key: `LA~${id('c')}~1`, value: encodeRecord(loanKind, loan('c', one)) },
      { collection, key: `LA~${id('d')}~1`, value: encodeRecord(loanKind, loan('d', other)) },
    ];
    const event = {
      schema: 1 as const,
      changes: [changed('loan', 'c'), changed('loan', 'd')],
      alerts: [{ alert: 'near-duplicate' as const, facts: [id('a'), id('b')] }],
    };
    expect(portal.apply(block(2, { values, event }))).toMatchObject([
      { kind: 'change', content: { id: id('c') }, enterprise: one },
      { kind: 'change', content: { id: id('d') }, enterprise: other },
      { kind: 'alert', content: { facts: [id('a')] }, enterprise: one },
      { kind: 'alert', content: { facts: [id('b')] }, enterprise: other },
    ]);
    const heard = (enterprise: string) =>
      portal.feed.after('0-0-0', 10, enterprise).map(({ content }) => content);
    expect(heard(one)).toMatchObject([{ id: id('c') }, { facts: [id('a')] }]);
    expect(heard(other)).toMatchObject([{ id: id('b') }, { id: id('d') }, { facts: [id('b')] }]);
    expect(portal.feed.alerts(10, one).items).toMatchObject([{ content: { facts: [id('a')] } }]);
    portal.close();
  });

  it('lists the documents of the own authority, at the regulator everybody’s', () => {
    const signed = (state: string, seq: number) => ({
      mspId: 'TaxMSP',
      event: {
        schema: 1 as const,
        changes: [{ kind: 'fact' as const, id: id('a'), state, seq }],
        alerts: [],
      },
    });
    for (const [mspId, ids] of [
      ['TaxMSP', [id('a')]],
      ['RegulatorMSP', [id('a')]],
      ['CustomsMSP', []],
    ] as const) {
      const other = new Projection(':memory:', viewpointOf(mspId));
      other.apply(block(0, signed('active', 1)));
      expect(other.facts.list({ limit: 10 })).toEqual({ ids });
      other.apply(block(1, signed('cancelled', 2)));
      expect(other.facts.list({ status: 'active', limit: 10 })).toEqual({ ids: [] });
      expect(other.facts.list({ status: 'cancelled', limit: 10 })).toEqual({ ids });
      other.close();
    }
  });

  it('turns a report of split payments into an alert, for the regulator only', () => {
    const report = {
      payment: id('a'),
      payer: { scheme: 'USCC' as const, id: '91330200MA2CKXQ85H' },
      since: '2026-11-01',
      count: 2,
      value: 9_980_000n,
      payments: [id('a'), id('b')],
    };
    const values = [
      { collection: 'registry', key: `X~${id('a')}`, value: encodeRecord(structuringReport, report) },
    ];
    for (const [mspId, alerts] of [
      ['RegulatorMSP', 1],
      ['CustomsMSP', 0],
    ] as const) {
      const other = new Projection(join(folder, `${mspId}.sqlite`), viewpointOf(mspId));
      expect(other.apply(block(0, { values }))).toHaveLength(alerts);
      expect(other.feed.alerts(10).items).toMatchObject(
        Array.from({ length: alerts }, () => ({
          content: { alert: 'structuring', count: 2, total: { amount: '99800.00', currency: 'USD' } },
        })),
      );
      other.close();
    }
  });

  it('tells the regulator, and nobody else, who guesses at documents', () => {
    const report = {
      mspId: 'BankAMSP',
      person: 'anna',
      since: '2026-03-10T08:00:00.000Z',
      unknown: 59,
      wrong: 1,
    };
    const values = [
      { collection: 'registry', key: `PR~${id('a')}`, value: encodeRecord(probingReport, report) },
    ];
    for (const mspId of ['RegulatorMSP', 'CustomsMSP']) {
      const other = new Projection(join(folder, `probing-${mspId}.sqlite`), viewpointOf(mspId));
      other.apply(block(0, { values }));
      const told = mspId === 'RegulatorMSP' ? [{ content: { alert: 'probing', ...report } }] : [];
      expect(other.feed.alerts(10).items).toMatchObject(told);
      expect(other.feed.alerts(10).items).toHaveLength(told.length);
      other.close();
    }
  });

  it('remembers where a transaction lies, who signed it, and the hashes it wrote', () => {
    const [k, l] = [digest('k'), digest('l')];
    const hashOf = (collection: string, keyHash: string) => ({
      collection,
      keyHash,
      valueHash: digest(`${collection} of ${keyHash}`),
    });
    const hashes = [hashOf('registry', k), hashOf('other', k), hashOf('other', l)];
    projection.apply(block(0, { hashes }));
    projection.apply(block(1, { transactionId: 'tx-0-0', code: 9 }));
    expect(projection.transactions.find('tx-0-0')).toMatchObject({ block: 0, code: 0, signer: 'anna' });
    expect(projection.transactions.find('unknown')).toBeUndefined();
    for (const { collection, keyHash, valueHash } of hashes) {
      expect(projection.transactions.hashOf('tx-0-0', collection, keyHash)).toBe(valueHash);
    }
    expect(projection.transactions.hashOf('tx-0-0', 'registry', l)).toBeUndefined();
    expect(projection.transactions.hashOf('unknown', 'registry', k)).toBeUndefined();
  });

  it('finds what has passed its time, and what falls due', () => {
    projection.apply(block(0, written(claim('a', 1, 'reserved'), claim('b', 1, 'disbursed'))));
    const at = (day: string) => new Date(`${day}T00:00:00Z`);
    expect(projection.claims.pastTheirTime(at('2026-11-03'), 10)).toEqual([]);
    expect(projection.claims.pastTheirTime(at('2026-11-05'), 10)).toMatchObject([{ id: id('a') }]);
    expect(projection.claims.pastTheirTime(at('2027-03-02'), 10)).toHaveLength(2);
    expect(projection.claims.dueWithin(at('2027-02-25'), 7, 10)).toEqual({
      items: [{ id: id('b'), dueDate: '2027-03-01' }],
      count: 1,
    });
    expect(projection.claims.dueWithin(at('2027-02-25'), 7, 0)).toEqual({ items: [], count: 1 });
  });
});
