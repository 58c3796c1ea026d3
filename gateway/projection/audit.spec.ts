import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { FactInput } from '@pledgeonce/chaincode/api.js';
import { type Claim, claim as claimKind } from '@pledgeonce/chaincode/claims/records.js';
import { factVersion as factVersionKind } from '@pledgeonce/chaincode/facts/records.js';
import { type Payment, payment as paymentKind } from '@pledgeonce/chaincode/payments/records.js';
import { rate as rateKind } from '@pledgeonce/chaincode/registry/records.js';
import { encodeRecord } from '@pledgeonce/chaincode/ledger/records.js';
import { dateOf } from '@pledgeonce/chaincode/rules/dates.js';
import { Scan } from '../audit/scan.js';
import type { ScanOrder } from '../audit/scan.js';
import { Scans } from '../audit/scans.js';
import { usualOptions } from '../audit/resemblance.js';
import { Projection } from './projection.js';
import type { PrivateValue } from './read-block.js';
import { certificateOf } from './testing/certificate.js';
import { viewpointOf } from './testing/viewpoint-of.js';

const id = (name: string) => Buffer.from(name).toString('hex').padEnd(64, '0');
const seller = { scheme: 'USCC', id: '91330200MA2CKXQ85H' } as const;
const person = { mspId: 'BankAMSP', id: 'anna' };
const now = '2026-11-01T00:00:00.000Z';
const usual = { ...usualOptions, financed: 'either' } as const;

interface Paper {
  readonly number?: string;
  readonly amount?: string;
  readonly currency?: string;
  readonly day?: number;
  readonly version?: number;
  readonly containers?: string[];
  readonly type?: FactInput['type'];
  /** Numbers of invoices. */
  readonly cites?: string[];
  /** Recorded by the seller itself. */
  readonly own?: boolean;
}

function paper(name: string, more: Paper = {}): PrivateValue {
  const { number = `N${name}`, amount = '100.00', currency = 'USD', day = 20_000, version = 1 } = more;
  const content: FactInput & { cites: NonNullable<FactInput['cites']> } = {
    type: more.type ?? (more.own ? 'commercial-invoice' : 'tax-invoice'),
    number,
    date: dateOf(day * 86_400_000),
    seller,
    total: { amount, currency },
    cites: (more.cites ?? []).map((cited) => ({ type: 'tax-invoice', number: cited })),
    ...(more.containers && { details: { containers: more.containers } }),
  };
  const record = encodeRecord(factVersionKind, {
    id: id(name),
    version,
    status: version === 1 ? 'active' : 'amended',
    authority: more.own ? 'EnterpriseMSP' : 'TaxMSP',
    issuer: seller,
    content,
    by: { mspId: 'TaxMSP', id: 'officer' },
    recordedAt: now,
    updatedAt: now,
  });
  return { collection: 'registry', key: `F~${id(name)}~${version}`, value: record };
}

function euroRate(rate: string, date: string): PrivateValue {
  const record = { currency: 'EUR', base: 'USD', rate, date, publishedAt: now };
  return { collection: 'registry', key: 'R~EUR', value: encodeRecord(rateKind, record) };
}

function claim(
  name: string,
  fact: string,
  seq: number,
  state: Claim['state'],
  more: Partial<Claim> = {},
): PrivateValue {
  const amount = more.amount ?? 6_000n;
  const record: Claim = {
    id: id(name),
    seq,
    state,
    owner: 'BankAMSP',
    applicationNumber: 'A-1',
    enterprise: seller,
    product: 'discount',
    currency: 'USD',
    amount,
    outstanding: state === 'settled' ? 0n : amount,
    lines: [
      {
        role: 'receivable',
        document: { type: 'tax-invoice', number: `N${fact}` },
        fact: id(fact),
        underlying: id('t'),
        amount,
        outstanding: amount,
        currency: 'USD',
        drawn: amount,
        held: amount,
        revolving: false,
      },
    ],
    dueDate: '2027-03-01',
    firstDueDate: '2027-03-01',
    extensions: 0,
    repayments: [],
    reservedBy: person,
    by: person,
    requests: [],
    createdAt: now,
    updatedAt: now,
    ...more,
  };
  return {
    collection: 'registry',
    key: `C~${record.id}~${seq}`,
    value: encodeRecord(claimKind, record, { addressee: record.owner }),
  };
}

function payment(
  name: string,
  seq: number,
  state: Payment['state'],
  more: Partial<Payment> = {},
): PrivateValue {
  const record: Payment = {
    id: id(name),
    seq,
    state,
    owner: 'BankAMSP',
    reference: 'P-1',
    payer: seller,
    payee: 'Payee',
    purpose: 'service-trade',
    currency: 'USD',
    amount: 6_000n,
    paidOn: '2026-11-01',
    lines: [],
    filingRequired: false,
    by: person,
    requests: [],
    createdAt: now,
    updatedAt: now,
    ...more,
  };
  return {
    collection: 'registry',
    key: `P~${record.id}~${seq}`,
    value: encodeRecord(paymentKind, record, { addressee: record.owner }),
  };
}

function paymentLine(fact: string): Payment['lines'][number] {
  return {
    role: 'payment',
    document: { type: 'freight-invoice', number: `N${fact}` },
    fact: id(fact),
    underlying: id('t'),
    amount: 6_000n,
    outstanding: 6_000n,
    currency: 'USD',
    drawn: 6_000n,
    held: 6_000n,
    revolving: false,
  };
}

describe("what the regulator's projection says of documents", () => {
  let folder: string;
  let certificate: string;
  let opened: Projection[] = [];
  let files = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pledgeonce-audit-'));
    certificate = await certificateOf('anna');
  });
  afterEach(() => {
    for (const projection of opened) projection.close();
    opened = [];
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  function open(mspId = 'RegulatorMSP'): Projection {
    const projection = new Projection(join(folder, `${files++}.sqlite`), viewpointOf(mspId));
    opened.push(projection);
    return projection;
  }

  /** One block of one transaction. */
  function add(projection: Projection, ...values: PrivateValue[]): void {
    const number = projection.nextBlock;
    const changes = values.flatMap(({ key }) => {
      const [kind, fact, version] = key.split('~');
      return kind === 'F' && fact !== undefined
        ? [{ kind: 'fact' as const, id: fact, state: 'active', seq: Number(version) }]
        : [];
    });
    const transaction = {
      transactionId: `tx-${number}`,
      position: 0,
      time: now,
      mspId: 'TaxMSP',
      certificate,
      code: 0,
      event: { schema: 1 as const, changes, alerts: [] },
      hashes: [],
      values,
    };
    projection.apply({ number, hash: '', transactions: [transaction], malformed: [] });
  }

  async function scanned(projection: Projection, more: Partial<ScanOrder> = {}): Promise<Scan> {
    const scan = new Scan(projection.audit, { ...usual, height: projection.nextBlock, ...more });
    await scan.run(new AbortController().signal);
    return scan;
  }

  const late = (projection: Projection, reason?: string) =>
    projection.audit.lateDuplicates({ reason, limit: 10 }, projection.nextBlock).items;

  /** A document financed and repaid, whose twin comes afterwards. */
  function repaidFraud(): Projection {
    const projection = open();
    add(projection, paper('a', { number: 'INV-0012' }));
    add(projection, claim('c', 'a', 1, 'reserved'));
    add(projection, claim('c', 'a', 2, 'accepted'));
    add(projection, claim('c', 'a', 3, 'disbursed'));
    add(projection, claim('c', 'a', 4, 'settled'));
    add(projection, paper('b', { number: '12', amount: '7.00' }));
    return projection;
  }

  it('names a document that came after its twin was financed and repaid, with both papers and the claim', () => {
    const [found, ...others] = late(repaidFraud());
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      later: { fact: id('b'), number: '12', claims: [] },
      earlier: {
        fact: id('a'),
        number: 'INV-0012',
        transactionId: 'tx-0',
        claims: [{ id: id('c'), bank: 'BankAMSP', state: 'settled', block: 4 }],
      },
      reasons: ['number'],
      block: 5,
    });
  });

  it('names no document that came before the money was paid out, and none at another organisation', () => {
    const projection = open();
    add(projection, paper('a'), paper('b', { number: 'X77' }));
    add(projection, claim('c', 'a', 1, 'reserved'));
    add(projection, claim('c', 'a', 2, 'disbursed'));
    expect(late(projection)).toEqual([]);
    const customs = open('CustomsMSP');
    add(customs, paper('a'));
    add(customs, claim('c', 'a', 1, 'disbursed'));
    add(customs, paper('b', { number: 'X77' }));
    expect(late(customs)).toEqual([]);
  });

  it('names one that joins the trade late, and one that an amendment makes alike', () => {
    const projection = open();
    add(projection, paper('a'), paper('z', { number: 'Z9', amount: '1.00' }));
    add(projection, claim('c', 'a', 1, 'disbursed'));
    add(
      projection,
      paper('b', { number: 'X77', amount: '9.00', type: 'customs-declaration', cites: ['Na'] }),
    );
    expect(late(projection, 'trade')).toMatchObject([{ later: { fact: id('b') }, reasons: ['trade'] }]);
    add(projection, paper('z', { number: 'Z9', amount: '100.00', version: 2 }));
    expect(late(projection, 'amount')).toMatchObject([
      { later: { fact: id('z'), status: 'amended' }, earlier: { fact: id('a') } },
    ]);
    expect(late(projection)).toHaveLength(2);
    const first = projection.audit.lateDuplicates({ limit: 1 }, projection.nextBlock);
    const second = projection.audit.lateDuplicates({ limit: 1, cursor: first.next }, projection.nextBlock);
    expect([first, second].map(({ items }) => items[0]?.later.fact)).toEqual([id('z'), id('b')]);
    expect(second.next).toBeUndefined();
  });

  it('keeps two look-alikes of one seller in sight when an own paper cites both, before or after', async () => {
    for (const order of ['before', 'after'] as const) {
      const projection = open();
      const own = () => {
        add(projection, paper('own', { number: 'OWN', amount: '9.00', own: true, cites: ['Na', 'Nb'] }));
      };
      if (order === 'before') own();
      add(projection, paper('a'));
      add(projection, claim('c', 'a', 1, 'disbursed'));
      add(projection, paper('b', { day: 20_003 }));
      if (order === 'after') own();
      add(projection, claim('d', 'b', 1, 'disbursed', { owner: 'BankBMSP' }));
      expect(late(projection, 'amount')).toMatchObject([
        { later: { fact: id('b') }, earlier: { fact: id('a') } },
      ]);
      expect((await scanned(projection, { financed: 'both' })).findings).toContainEqual({
        fact: id('b'),
        resembles: [{ fact: id('a'), reason: 'amount' }],
      });
    }
  });

  it('finds an authority’s look-alike behind whatever number of own papers', async () => {
    const projection = open();
    add(projection, paper('a'));
    for (let index = 0; index < 45; index++) {
      add(projection, paper(`own${index}`, { number: `0${index}7`, own: true }));
    }
    add(projection, paper('b', { day: 20_003 }));
    const { findings } = await scanned(projection, { financed: 'any' });
    expect(findings.find(({ fact }) => fact === id('b'))?.resembles).toContainEqual({
      fact: id('a'),
      reason: 'amount',
    });
  });

  it('notes a few of many that resemble one, and says that there are more', () => {
    const projection = open();
    for (let index = 0; index < 12; index++) {
      add(projection, paper(`a${index}`, { number: `A${index}` }));
      add(projection, claim(`c${index}`, `a${index}`, 1, 'disbursed'));
    }
    const before = projection.audit.lateDuplicates({ limit: 200 }, projection.nextBlock).items.length;
    add(projection, paper('b'));
    const { items } = projection.audit.lateDuplicates({ limit: 200 }, projection.nextBlock);
    expect(items).toHaveLength(before + 10);
    const ofB = items.filter(({ later }) => later.fact === id('b'));
    expect(ofB.map(({ more }) => more)).toEqual(Array.from({ length: 10 }, () => true));
  });

  it('scans settled claims for every disguise, across sellers where containers are shared', async () => {
    const projection = repaidFraud();
    add(projection, euroRate('1.10', '2024-10-01'));
    add(projection, paper('e', { number: 'E55', amount: '90.91', currency: 'EUR' }));
    add(projection, paper('box', { number: 'K1', amount: '3.00', containers: ['CSQU3054383'] }));
    add(projection, claim('d', 'box', 1, 'disbursed'));
    add(projection, paper('box2', { number: 'L2', amount: '5.00', containers: ['CSQU3054383'] }));
    add(projection, paper('far', { number: 'M300', amount: '100.00', day: 25_000 }));
    const scan = await scanned(projection);
    expect(scan).toMatchObject({ state: 'done', documents: 6, examined: 6, cut: false });
    expect(scan.findings).toEqual([
      { fact: id('b'), resembles: [{ fact: id('a'), reason: 'number' }] },
      { fact: id('e'), resembles: [{ fact: id('a'), reason: 'currency' }] },
      { fact: id('box2'), resembles: [{ fact: id('box'), reason: 'containers' }] },
    ]);
    // Both financed: the damage is done.
    expect((await scanned(projection, { financed: 'both' })).findings).toEqual([]);
    add(projection, claim('f', 'b', 1, 'disbursed', { owner: 'BankBMSP' }));
    expect((await scanned(projection, { financed: 'both' })).findings).toMatchObject([{ fact: id('b') }]);
  });

  it('gives the same result for the same blocks, whatever came since, and after a rebuild', async () => {
    const projection = repaidFraud();
    const height = projection.nextBlock;
    const before = await scanned(projection);
    add(projection, paper('a', { number: 'OTHER', amount: '55.00', version: 2 }));
    add(projection, claim('g', 'b', 1, 'disbursed'));
    add(projection, paper('n', { number: '0012' }));
    expect((await scanned(projection, { height })).findings).toEqual(before.findings);
    expect((await scanned(projection)).findings).not.toEqual(before.findings);
    expect(projection.audit.documentAt(id('b'), height)?.claims).toEqual([]);
    expect(projection.audit.documentAt(id('a'), height)?.number).toBe('INV-0012');
    const again = repaidFraud();
    expect((await scanned(again)).findings).toEqual(before.findings);
  });

  it('finds the same as comparing every document with every earlier one', async () => {
    const anyPaper = fc.record({
      number: fc.constantFrom('INV-1', '0001', 'A7', 'B7', 'C8', 'D12', 'D21'),
      amount: fc.constantFrom('10.00', '20.00', '30.00', '60.00', '10.01'),
      currency: fc.constantFrom('USD', 'EUR'),
      day: fc.integer({ min: 20_000, max: 20_020 }),
      containers: fc.subarray(['CSQU3054383', 'MSKU1234565']),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(anyPaper, { maxLength: 9 }), async (papers) => {
        const projection = open();
        add(projection, euroRate('1.00', '2024-10-01'));
        papers.forEach((one, index) => {
          add(projection, paper(`p${index}`, one));
        });
        const { findings } = await scanned(projection, { financed: 'any' });
        const archive = projection.audit.archiveAt(projection.nextBlock);
        const all = archive.after(0, 100);
        const rates = projection.audit.ratesAt(projection.nextBlock);
        const { resemblances } = await import('../audit/resemblance.js');
        const expected = all.flatMap((document, index) => {
          const found = resemblances(document, all.slice(0, index), {
            ...usual,
            valueOf: (currency, day) => rates.valueOf(currency, day),
          }).filter(({ reason }) => reason !== 'split' && reason !== 'merged');
          return found.map(({ fact, reason }) => `${document.fact} ${fact} ${reason}`);
        });
        const actual = findings.flatMap(({ fact, resembles }) =>
          resembles
            .filter(({ reason }) => reason !== 'split' && reason !== 'merged')
            .map((other) => `${fact} ${other.fact} ${other.reason}`),
        );
        expect(actual.toSorted()).toEqual(expected.toSorted());
      }),
      { numRuns: 25 },
    );
  });

  it('runs one scan at a time, knows an order again, and lets others work meanwhile', async () => {
    const projection = repaidFraud();
    const scans = new Scans(projection.audit);
    const order = { ...usual, height: projection.nextBlock };
    const [first, second] = await Promise.all([scans.order(order, 5_000), scans.order(order, 5_000)]);
    expect(first?.scan).toBe(second?.scan);
    expect(first?.scan.state).toBe('done');
    expect(scans.find(first?.id ?? '')).toBe(first?.scan);
    const waiting = [1, 2, 3, 4, 5].map((days) => scans.order({ ...order, days }, 5_000));
    expect((await Promise.all(waiting)).map((one) => one?.scan.state)).toEqual([
      'done',
      'done',
      'done',
      'done',
      undefined,
    ]);
    await scans.stop();
  });

  it("adds a bank's live claims up by state, due date and enterprise", () => {
    const projection = open();
    add(projection, paper('a'));
    const other = { scheme: 'USCC', id: '91350100M000100Y43' } as const;
    add(projection, claim('c1', 'a', 1, 'disbursed', { amount: 3_000n, dueDate: '2026-11-10' }));
    add(
      projection,
      claim('c2', 'a', 1, 'overdue', { amount: 1_000n, dueDate: '2026-10-10', enterprise: other }),
    );
    add(projection, claim('c3', 'a', 1, 'settled', { amount: 9_000n }));
    add(projection, claim('c4', 'a', 1, 'reserved', { owner: 'BankBMSP' }));
    const usd = (amount: string) => ({ amount, currency: 'USD' });
    expect(projection.portfolio('BankAMSP', '2026-11-01')).toMatchObject({
      height: 5,
      totals: [{ currency: 'USD', claims: 2, amount: usd('40.00'), outstanding: usd('40.00') }],
      byState: [{ state: 'disbursed' }, { state: 'overdue' }],
      byDueDate: [
        { due: 'overdue', outstanding: usd('10.00') },
        { due: 'within-30-days', outstanding: usd('30.00') },
      ],
      concentration: [
        { enterprise: seller.id, share: '75.00' },
        { enterprise: other.id, share: '25.00' },
      ],
    });
    expect(projection.portfolio('BankCMSP', '2026-11-01').totals).toEqual([]);
  });

  it('counts a document that was paid on as used, until the payment is reversed', async () => {
    const paidOn = (name: string, fact: string, seq = 1, state: Payment['state'] = 'marked') =>
      payment(name, seq, state, { purpose: 'freight', lines: [paymentLine(fact)] });
    const projection = open();
    add(projection, paper('a', { number: 'F-0012' }));
    add(projection, paidOn('p', 'a'));
    add(projection, paper('b', { number: '12', amount: '7.00' }));
    const paid = { id: id('p'), bank: 'BankAMSP', purpose: 'freight', state: 'marked', block: 1 };
    expect(late(projection)).toMatchObject([
      { later: { fact: id('b'), payments: [] }, earlier: { fact: id('a'), claims: [], payments: [paid] } },
    ]);
    expect((await scanned(projection, { financed: 'both' })).findings).toEqual([]);
    add(projection, paidOn('q', 'b'));
    const height = projection.nextBlock;
    const both = [{ fact: id('b'), resembles: [{ fact: id('a'), reason: 'number' }] }];
    expect((await scanned(projection, { financed: 'both' })).findings).toEqual(both);

    add(projection, paidOn('p', 'a', 2, 'reversed'));
    add(projection, paper('c', { number: '0012', amount: '9.00' }));
    expect(late(projection).map(({ later, earlier }) => [later.fact, earlier.fact])).toEqual([
      [id('c'), id('b')],
      [id('b'), id('a')],
    ]);
    expect((await scanned(projection, { financed: 'both' })).findings).toEqual([]);
    expect((await scanned(projection, { financed: 'both', height })).findings).toEqual(both);
  });

  it("adds a bank's payments up by purpose and state, in pages too", () => {
    const projection = open();
    const euro = { currency: 'EUR', paidOn: '2026-10-31' };
    add(projection, payment('p1', 1, 'marked'), payment('p2', 1, 'marked'));
    add(projection, payment('p3', 1, 'marked', { ...euro, purpose: 'freight' }));
    add(projection, payment('p4', 1, 'marked', { owner: 'BankBMSP' }));
    add(projection, payment('p2', 2, 'reversed'));
    const usd = (amount: string) => ({ amount, currency: 'USD' });
    const own = [
      { purpose: 'freight', state: 'marked', payments: 1, amount: { amount: '60.00', currency: 'EUR' } },
      { purpose: 'service-trade', state: 'marked', payments: 1, amount: usd('60.00') },
      { purpose: 'service-trade', state: 'reversed', payments: 1, amount: usd('60.00') },
    ];
    expect(projection.portfolio('BankAMSP', '2026-11-01').payments).toEqual(own);
    const months = own.map((row) => ({
      ...row,
      owner: 'BankAMSP',
      month: row.purpose === 'freight' ? '2026-10' : '2026-11',
    }));
    const filter = { bank: 'BankAMSP', limit: 2 };
    const first = projection.paymentStatistics(filter);
    const second = projection.paymentStatistics({ ...filter, cursor: first.next });
    expect([...first.items, ...second.items]).toEqual(months);
    expect(second.next).toBeUndefined();
    const november = projection.paymentStatistics({ from: '2026-11', purpose: 'service-trade', limit: 9 });
    expect(november.items.map(({ owner, state }) => [owner, state])).toEqual([
      ['BankAMSP', 'marked'],
      ['BankAMSP', 'reversed'],
      ['BankBMSP', 'marked'],
    ]);
  });
});
