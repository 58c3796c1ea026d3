import { jest } from '@jest/globals';
import fc from 'fast-check';
import { claimStates } from '@pledgeonce/chaincode/api.js';
import type { Claim } from '@pledgeonce/chaincode/claims/records.js';
import { isOver } from '@pledgeonce/chaincode/rules/claim-states.js';
import { Scan } from '../audit/scan.js';
import { usualOptions } from '../audit/resemblance.js';
import { AuditTables } from './audit-queries.js';
import { ClaimTable } from './claim-table.js';
import { DocumentArchive } from './document-archive.js';
import { FactTable } from './fact-table.js';
import { FeedTable } from './feed-table.js';
import { Projection } from './projection.js';
import { certificateOf } from './testing/certificate.js';
import {
  applyRecords,
  authorisationRecord,
  claimRecord,
  creditRecord,
  factRecord,
  idOf,
  loanRecord,
  offerRecord,
  queryRecord,
  requestRecord,
} from './testing/records.js';
import { growingSteps, watchSql } from './testing/watched-sql.js';
import { TransactionTable } from './transaction-table.js';
import { ViewTable } from './view-table.js';

const now = new Date('2026-11-05T12:00:00Z');
const page = { limit: 50 } as const;
const uscc = '91330200MA2CKXQ85H';
const each = <T>(values: readonly T[], work: (value: T) => void) => {
  values.forEach(work);
};

/** What people and rounds ask of the tables, by name. */
const operations: Readonly<Record<string, (projection: Projection) => void>> = {
  'claims, by every filter': ({ claims }) => {
    const filters = [
      {},
      { state: 'reserved' },
      { product: 'discount' },
      { enterprise: uscc },
      { owner: 'BankAMSP' },
    ];
    each(
      [...filters, { owner: 'BankAMSP', state: 'settled' }, { enterprise: uscc, state: 'settled' }],
      (filter) => {
        claims.list({ ...filter, ...page });
        claims.list({ ...filter, ...page, cursor: '3' });
        claims.list({ ...filter, ...page, dueBefore: '2027-06-01' });
      },
    );
  },
  'loans that wait for a document': ({ waitingLoans, claims }) => {
    waitingLoans.list(page);
    waitingLoans.list({ ...page, owner: 'BankAMSP', until: '2026-11-01' });
    waitingLoans.list({ ...page, cursor: '206000000000003' });
    claims.list({ ...page, unmatched: true });
  },
  'claims past their time, and a sweep with nothing due': ({ claims }) => {
    claims.pastTheirTime(now, 50);
    claims.pastTheirTime(now, 50, { dueAt: '2026-11-04T00:00:00.000Z', ordinal: 3 });
    claims.pastTheirTime(new Date(0), 50);
    claims.drawnAtARate(50);
    claims.drawnAtARate(50, 3);
    claims.settledOf(uscc, 'BankCMSP');
  },
  'alerts, the feed and what falls due': ({ feed, claims }) => {
    feed.alerts(50);
    feed.alerts(50, uscc);
    feed.alerts(50, uscc, '3-0-0');
    feed.alerts(50, undefined, '3-0-0', 'overdrawn');
    feed.after('0-0-0', 50);
    feed.after('0-0-0', 50, uscc);
    claims.dueWithin(new Date('2026-01-01'), 7, 50);
  },
  'portfolio and statistics': (projection) => {
    projection.portfolio('BankAMSP', '2026-11-05');
    projection.statistics({ limit: 100 });
    projection.statistics({ limit: 100, bank: 'BankAMSP', from: '2026-01', to: '2026-12', currency: 'USD' });
    projection.paymentStatistics({ limit: 100, from: '2026-01' });
  },
  'records of every kind, by every filter': ({ loans, requests, offers, payments }) => {
    each([loans, requests, offers, payments], (table) => {
      const filters = [
        {},
        { state: 'open' },
        { enterprise: uscc },
        { enterprise: uscc, state: 'open' },
        { bank: 'B' },
      ];
      each(
        [
          ...filters,
          { bank: 'B', state: 'x' },
          { parent: 'p' },
          { parent: 'p', bank: 'B' },
          { category: 'c' },
        ],
        (filter) => {
          table.list({ ...filter, ...page });
        },
      );
      table.get(idOf('none'));
      table.statesOf('BankCMSP');
    });
  },
  'the log of an enterprise, and its records': ({ creditQueries, creditRecords, authorisations }) => {
    creditQueries.list({ concerning: uscc, ...page });
    creditQueries.list({ concerning: uscc, ...page, cursor: '120' });
    creditQueries.list({ concerning: uscc, state: 'asked', ...page });
    creditQueries.list({ concerning: 'NOBODY', ...page });
    creditRecords.list({ enterprise: uscc, state: 'basic', ...page });
    authorisations.list({ enterprise: uscc, ...page });
    authorisations.list({ bank: 'BankAMSP', ...page });
  },
  'one record by its name': ({ claims, facts, feed, transactions, audit, nextBlock, lastHash }) => {
    claims.get(idOf('claim 3'));
    claims.ownerOf(idOf('claim 3'));
    facts.named(idOf('paper 3'));
    feed.find('3-0-0');
    feed.has('3-0-0');
    feed.latest();
    transactions.find('none');
    transactions.hashOf('none', 'registry', 'none');
    audit.claimsOn(idOf('paper 3'), nextBlock);
    audit.paymentsOn(idOf('paper 3'), nextBlock);
    audit.ratesAt(nextBlock).valueOf('USD', 20_000);
    expect(lastHash).toBeUndefined();
  },
  'what is asked of the ledger, since the blocks do not say it': ({ facts }) => {
    facts.unread(50);
    facts.unread(50, uscc);
  },
  'what a round looks for': ({ loans, requests, offers, mandates }) => {
    loans.inState('submitted', 50);
    mandates.inState('granted', 50);
    requests.due('open', new Date(0), 50);
    requests.due('closed', new Date(0), 50);
    offers.due('sealed', new Date(0), 50);
  },
  'documents, by every filter': ({ facts }) => {
    each(
      [{}, { status: 'active' }, { type: 'tax-invoice' }, { number: 'N1' }, { enterprise: uscc }],
      (filter) => {
        facts.list({ ...filter, ...page });
      },
    );
  },
  'what an auditor asks of a document': ({ audit, nextBlock }) => {
    audit.lateDuplicates({ limit: 20 }, nextBlock);
    audit.lateDuplicates({ limit: 20, reason: 'amount' }, nextBlock);
    audit.documentAt(idOf('paper 0'), nextBlock);
    audit.limitHistory(idOf('paper 3'));
    audit.archiveAt(nextBlock).after(0, 10);
  },
};

describe('what the tables are asked', () => {
  let certificate: string;
  /** Above the number of look-alikes that one document is compared with, and above any page. */
  const sizes = [130, 190, 280];
  let filledOnes: readonly Projection[] = [];

  beforeAll(async () => {
    certificate = await certificateOf('anna');
    filledOnes = sizes.map(filled);
  }, 120_000);

  afterAll(() => {
    for (const projection of filledOnes) projection.close();
  });

  /** The regulator's tables with so many documents of one seller, of one price and one day, each financed. */
  function filled(size: number): Projection {
    const projection = new Projection(':memory:', {
      mspId: 'RegulatorMSP',
      kind: 'regulator',
      government: true,
    });
    const names = (what: string) => Array.from({ length: size }, (_, index) => `${what} ${index}`);
    applyRecords(projection, certificate, ...names('paper').map((name) => [factRecord(name)]));
    const states = ['disbursed', 'settled'] as const;
    applyRecords(
      projection,
      certificate,
      names('claim').map((name, index) =>
        claimRecord(name, { state: states[index % 2] ?? 'settled', facts: [`paper ${index}`] }),
      ),
      names('request').map((name) => requestRecord(name)),
      names('request').map((name) => offerRecord(`offer ${name}`, name)),
      names('loan').map((name) => loanRecord(name, { state: 'withdrawn' })),
      names('consent').map((name) => authorisationRecord(name)),
      // Of another firm, whose query quotes the first one's consent, every other one.
      names('query').map((name, index) =>
        queryRecord(name, `consent ${index}`, index % 2 === 0 ? uscc : 'ANOTHER'),
      ),
      names('record').map((name) => creditRecord(name)),
    );
    return projection;
  }

  it.each(Object.entries(operations))(
    '%s: by an index, unsorted, and no more work for more',
    (_name, operation) => {
      const works = filledOnes.map((projection) => {
        const work = watchSql(() => {
          operation(projection);
        });
        expect(work.plans.size).toBeGreaterThan(0);
        expect(growingSteps(work)).toEqual([]);
        return { statements: work.statements, rows: work.rows };
      });
      expect(works[1]).toEqual(works[0]);
      expect(works[2]).toEqual(works[0]);
    },
  );

  it('is in the list above, every question of every table', () => {
    const asked = new Set<string>();
    const tables = {
      ClaimTable,
      FactTable,
      FeedTable,
      ViewTable,
      TransactionTable,
      AuditTables,
      DocumentArchive,
    };
    const spies = Object.entries(tables).flatMap(([table, { prototype }]) =>
      Object.entries(Object.getOwnPropertyDescriptors(prototype)).flatMap(([name, { value }]) => {
        if (name === 'constructor' || typeof value !== 'function') return [];
        const spy = jest.spyOn(prototype as unknown as Record<string, () => unknown>, name);
        return [{ name: `${table}.${name}`, spy }];
      }),
    );
    const [projection] = filledOnes;
    if (projection === undefined) throw new Error('Nothing was filled.');
    for (const operation of Object.values(operations)) operation(projection);
    projection.facts.learn(idOf('none'), 'tax-invoice', 'N1');
    applyRecords(projection, certificate, [factRecord('one more')]);
    for (const { name, spy } of spies) {
      if (spy.mock.calls.length > 0) asked.add(name);
      spy.mockRestore();
    }
    expect(spies.map(({ name }) => name).filter((name) => !asked.has(name))).toEqual([]);
  });

  it('what is written of one more document does not grow with those of its seller, price and day', () => {
    const works = filledOnes.map((projection) => {
      const work = watchSql(() => {
        applyRecords(projection, certificate, [factRecord('one more')]);
        applyRecords(projection, certificate, [
          claimRecord('one more', { facts: ['one more'], state: 'disbursed' }),
        ]);
      });
      expect(growingSteps(work)).toEqual([]);
      return { statements: work.statements, rows: work.rows };
    });
    expect(works[1]).toEqual(works[0]);
    expect(works[2]).toEqual(works[0]);
  });

  it('what is noted of one more declaration grows with what it cites, not with the trade', () => {
    const works = [12, 25, 50].map((size) => {
      const projection = new Projection(':memory:', {
        mspId: 'RegulatorMSP',
        kind: 'regulator',
        government: true,
      });
      const invoices = Array.from({ length: size }, (_, index) => `I${index}`);
      const cites = (numbers: readonly string[]) =>
        numbers.map((number) => ({ type: 'tax-invoice', number }) as const);
      for (const [index, number] of invoices.entries()) {
        applyRecords(projection, certificate, [
          factRecord(number, { number, amount: `${index * 17 + 100}.00` }),
        ]);
        applyRecords(projection, certificate, [claimRecord(number, { facts: [number], state: 'disbursed' })]);
      }
      // One declaration has made one trade of them all; the other one cites two of them.
      applyRecords(projection, certificate, [
        factRecord('D0', {
          type: 'customs-declaration',
          number: 'D0',
          amount: '9.00',
          cites: cites(invoices),
        }),
      ]);
      const { statements } = watchSql(() => {
        applyRecords(projection, certificate, [
          factRecord('D1', {
            type: 'customs-declaration',
            number: 'D1',
            amount: '8.00',
            date: '2020-01-01',
            cites: cites(invoices.slice(0, 2)),
          }),
        ]);
      });
      projection.close();
      return statements;
    });
    expect(new Set(works).size).toBe(1);
  });

  it('sums that are kept are those of the claims, whatever happens to them in whatever order', () => {
    const change = fc.record({
      claim: fc.nat(5),
      state: fc.constantFrom(...claimStates),
      outstanding: fc.bigInt({ min: 0n, max: 9_000n }),
      dueDate: fc.constantFrom('2026-11-01', '2026-12-24', '2027-03-01'),
      seq: fc.integer({ min: 1, max: 4 }),
    });
    const fixed = (claim: number): Partial<Claim> => ({
      owner: claim % 2 === 0 ? 'BankAMSP' : 'BankBMSP',
      currency: claim % 3 === 0 ? 'EUR' : 'USD',
      product: claim % 4 === 0 ? 'factoring' : 'discount',
      amount: BigInt(9_000 + claim),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 25 }), (changes) => {
        const projection = new Projection(':memory:', {
          mspId: 'RegulatorMSP',
          kind: 'regulator',
          government: true,
        });
        for (const { claim, ...more } of changes) {
          applyRecords(projection, certificate, [claimRecord(`c${claim}`, { ...fixed(claim), ...more })]);
        }
        const claims = projection.claims.list({ limit: 200 }).items;
        for (const owner of ['BankAMSP', 'BankBMSP']) {
          const { byState, totals } = projection.portfolio(owner, '2026-11-05');
          const own = claims.filter((one) => one.owner === owner);
          const counted = (rows: readonly { readonly claims: number }[]) =>
            rows.reduce((sum, row) => sum + row.claims, 0);
          const live = own.filter(({ state }) => !isOver(state));
          expect(counted(totals)).toBe(live.length);
          expect(counted(byState)).toBe(live.length);
          const { items } = projection.statistics({ limit: 1000, bank: owner });
          for (const { state, currency, product, claims: count, outstanding } of items.map((row) => ({
            ...row,
            currency: row.amount.currency,
          }))) {
            const same = own.filter(
              (one) => one.state === state && one.product === product && one.amount.currency === currency,
            );
            expect(count).toBe(same.length);
            const cents = ({ amount }: { readonly amount: string }) => BigInt(amount.replace('.', ''));
            expect(cents(outstanding)).toBe(same.reduce((sum, one) => sum + cents(one.outstanding), 0n));
          }
          expect(counted(items)).toBe(own.length);
        }
        projection.close();
      }),
      { numRuns: 40 },
    );
  }, 30_000);

  it('a scan compares each document with a bounded number of others, and says where there were more', async () => {
    const projection = filled(130);
    const order = { ...usualOptions, financed: 'any' as const, height: projection.nextBlock };
    const scan = new Scan(projection.audit, order);
    await scan.run(new AbortController().signal);
    projection.close();
    expect(scan).toMatchObject({ state: 'done', examined: 130 });
    expect(scan.crowded).toBeGreaterThan(0);
  }, 30_000);
});
