import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Verification } from '@pledgeonce/chaincode/api.js';
import type { CreditContent } from '@pledgeonce/chaincode/credit/api.js';
import { decide } from './decide.js';
import type { Application, LoanFacts } from './judged.js';
import { parseLoanRules, type LoanRules } from './rules.js';

const sample = new URL('../../../scripts/samples/loan-rules.yaml', import.meta.url);
const rules = parseLoanRules(readFileSync(sample, 'utf8'), 'the sample');

const usd = (amount: string) => ({ amount, currency: 'USD' });
const money = (cents: number) => usd(`${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`);

const match = (cents: number): Verification => ({
  result: 'match',
  mismatches: [],
  remaining: money(cents),
  liveDraws: 0,
  warnings: [],
});
const basic = {
  category: 'basic',
  name: 'Fuzhou Tea Export',
  directoryStatus: 'listed',
  class: 'A',
  listedSince: '2020-01-15',
} as const satisfies CreditContent;
const trade = {
  category: 'trade-credit',
  years: [
    {
      year: 2025,
      receipts: usd('900000.00'),
      payments: usd('0.00'),
      exports: usd('950000.00'),
      imports: usd('0.00'),
      matchRatio: '0.95',
    },
  ],
} as const satisfies CreditContent;

function application(cents = 60_000, more: Partial<Application> = {}): Application {
  const document = { type: 'customs-declaration', number: '221820260123456789' } as const;
  const amount = money(cents);
  return { amount, tenorDays: 90, lines: [{ document, total: usd('1000.00'), amount }], ...more };
}

function facts(more: Partial<LoanFacts> = {}): LoanFacts {
  return {
    today: '2026-06-15',
    documents: [match(100_000)],
    records: [basic, trade, { category: 'regulatory', penalties: [] }],
    open: [],
    settledClaims: 0,
    ...more,
  };
}

const rulesIn = (decision: ReturnType<typeof decide>) => decision.reasons.map(({ rule }) => rule);
const onDocument = (total: string, more: Partial<Application['lines'][number]> = {}) => {
  const asked = application();
  return {
    ...asked,
    lines: asked.lines.map((line) => ({ ...line, total: usd(total), ...more })),
  };
};

describe('a decision by the rules', () => {
  it('approves what is within all of them, at the price of the class', () => {
    expect(decide(rules, application(), facts())).toMatchObject({
      decision: 'approved',
      terms: { amount: usd('600.00'), rate: '2.00' },
    });
    const classB = facts({ records: [{ ...basic, class: 'B' }, trade] });
    expect(decide(rules, application(), classB)).toMatchObject({ terms: { rate: '2.60' } });
  });

  it.each<[string, 'declined' | 'referred', Application, Partial<LoanFacts>]>([
    ['currency', 'declined', application(1, { amount: { amount: '1.00', currency: 'EUR' } }), {}],
    ['largest-amount', 'declined', application(5_000_001), {}],
    [
      'refer-amount',
      'referred',
      { ...onDocument('90000.00', { amount: usd('20000.00') }), amount: usd('20000.00') },
      { documents: [match(9_000_000)] },
    ],
    ['enterprise-limit', 'declined', application(), { open: [usd('99400.01')] }],
    ['other-currency', 'referred', application(), { open: [{ amount: '5.00', currency: 'CNY' }] }],
    ['largest-tenor', 'declined', application(60_000, { tenorDays: 181 }), {}],
    ['refer-tenor', 'referred', application(60_000, { tenorDays: 151 }), {}],
    ['no-record', 'referred', application(), { records: [trade] }],
    ['directory', 'declined', application(), { records: [{ ...basic, directoryStatus: 'removed' }, trade] }],
    ['excluded-class', 'declined', application(), { records: [{ ...basic, class: 'C' }, trade] }],
    [
      'listed-months',
      'declined',
      application(),
      { records: [{ ...basic, listedSince: '2025-12-16' }, trade] },
    ],
    ['export-years', 'referred', application(), { records: [basic] }],
    [
      'document-type',
      'declined',
      onDocument('1000.00', { document: { type: 'rail-waybill', number: 'W' } }),
      {},
    ],
    [
      'document',
      'declined',
      application(),
      { documents: [{ result: 'cancelled', mismatches: [], warnings: [] }] },
    ],
    [
      'overdrawn',
      'declined',
      application(),
      { documents: [{ ...match(0), warnings: [{ warning: 'overdrawn' }] }] },
    ],
    ['balance', 'declined', application(), { documents: [match(59_999)] }],
    ['advance-rate', 'declined', onDocument('749.99'), {}],
    [
      'near-duplicate',
      'referred',
      application(),
      {
        documents: [
          {
            ...match(100_000),
            warnings: [{ warning: 'near-duplicate', reasons: ['amount'], checked: false }],
          },
        ],
      },
    ],
    [
      'penalties',
      'referred',
      application(),
      {
        records: [
          basic,
          trade,
          {
            category: 'regulatory',
            penalties: [{ date: '2025-01-01', authority: 'SAFE', reason: 'Late report' }],
          },
        ],
      },
    ],
    [
      'match-ratio',
      'referred',
      application(),
      { records: [basic, { ...trade, years: [{ ...trade.years[0], matchRatio: '0.79' }] }] },
    ],
  ])('says %s: %s', (rule, outcome, asked, more) => {
    const decision = decide(rules, asked, facts(more));
    expect(decision.decision).toBe(outcome);
    expect(rulesIn(decision)).toContain(rule);
  });

  it('takes the limits themselves as allowed', () => {
    const limits: [Application, Partial<LoanFacts>][] = [
      [application(60_000, { tenorDays: 150 }), {}],
      [onDocument('750.00'), {}],
      [application(), { open: [usd('99400.00')] }],
      [application(), { documents: [match(60_000)] }],
      [application(), { records: [{ ...basic, listedSince: '2025-12-15' }, trade] }],
    ];
    for (const [asked, more] of limits) {
      expect(decide(rules, asked, facts(more)).decision).toBe('approved');
    }
  });

  it('gives a reason for every rule that does not hold, and declining outweighs referring', () => {
    const decision = decide(
      rules,
      application(5_000_001, { tenorDays: 160 }),
      facts({ records: [{ ...basic, class: 'C' }, trade], documents: [match(1)] }),
    );
    expect(decision.decision).toBe('declined');
    expect(rulesIn(decision)).toEqual([
      'largest-amount',
      'refer-amount',
      'refer-tenor',
      'excluded-class',
      'balance',
      'advance-rate',
    ]);
  });
});

const cents = fc.integer({ min: 1, max: 12_000_000 });
const generated = fc.record({
  amount: cents,
  total: cents,
  left: fc.integer({ min: 0, max: 12_000_000 }),
  open: fc.integer({ min: 0, max: 12_000_000 }),
  tenorDays: fc.integer({ min: 1, max: 400 }),
  grade: fc.constantFrom('A' as const, 'B' as const, 'C' as const),
  status: fc.constantFrom('listed' as const, 'suspended' as const),
  months: fc.integer({ min: 0, max: 24 }),
  advance: fc.integer({ min: 1, max: 100 }),
  largest: cents,
  perEnterprise: cents,
  referFrom: fc.option(cents, { nil: undefined }),
  longest: fc.integer({ min: 1, max: 400 }),
});
type Generated = typeof generated extends fc.Arbitrary<infer T> ? T : never;

const listedFor = (months: number) => {
  const since = new Date(Date.UTC(2026, 5 - months, 15));
  return since.toISOString().slice(0, 10);
};

function caseOf(one: Generated): [LoanRules, Application, LoanFacts] {
  const limits = {
    largest: money(one.largest).amount,
    perEnterprise: money(one.perEnterprise).amount,
    ...(one.referFrom !== undefined && { referFrom: money(one.referFrom).amount }),
  };
  const own: LoanRules = {
    ...rules,
    currencies: { USD: limits },
    tenorDays: { largest: one.longest },
    advanceRate: String(one.advance),
  };
  const asked = application(one.amount, { tenorDays: one.tenorDays });
  const [line] = asked.lines;
  if (line === undefined) throw new Error('no line');
  return [
    own,
    { ...asked, lines: [{ ...line, total: money(one.total) }] },
    facts({
      documents: [match(one.left)],
      open: [money(one.open)],
      records: [
        { ...basic, class: one.grade, directoryStatus: one.status, listedSince: listedFor(one.months) },
        trade,
      ],
    }),
  ];
}

/** The rules once more, as plain arithmetic on cents. */
function expected(one: Generated): 'approved' | 'declined' | 'referred' {
  const isDeclined =
    one.amount > one.largest ||
    one.amount + one.open > one.perEnterprise ||
    one.tenorDays > one.longest ||
    one.amount > one.left ||
    one.amount * 100 > one.total * one.advance ||
    one.grade === 'C' ||
    one.status !== 'listed' ||
    one.months < 6;
  if (isDeclined) return 'declined';
  return one.referFrom !== undefined && one.amount >= one.referFrom ? 'referred' : 'approved';
}

describe('whatever is applied for', () => {
  it('is decided as a reference model decides, so never approved above any limit', () => {
    fc.assert(
      fc.property(generated, (one) => {
        expect(decide(...caseOf(one)).decision).toBe(expected(one));
      }),
      { numRuns: 500 },
    );
  });

  it('is within every limit once approved', () => {
    const likely = generated.map((one) => ({
      ...one,
      grade: 'A' as const,
      status: 'listed' as const,
      months: 12,
      largest: 12_000_000,
      total: 12_000_000,
    }));
    let approvals = 0;
    fc.assert(
      fc.property(likely, (one) => {
        const decision = decide(...caseOf(one));
        if (decision.decision !== 'approved') return;
        approvals += 1;
        expect(decision.terms.amount).toEqual(money(one.amount));
        expect(one.amount).toBeLessThanOrEqual(Math.min(one.left, one.perEnterprise - one.open));
        expect(one.tenorDays).toBeLessThanOrEqual(one.longest);
      }),
      { numRuns: 1_000 },
    );
    expect(approvals).toBeGreaterThan(10);
  });

  it('gets the same answer again, with a reason that the ledger takes', () => {
    fc.assert(
      fc.property(generated, (one) => {
        const decision = decide(...caseOf(one));
        expect(decide(...caseOf(one))).toEqual(decision);
        expect(decision.reasons.length).toBeGreaterThan(0);
        expect(new Set(rulesIn(decision)).size).toBe(decision.reasons.length);
        for (const { rule, detail } of decision.reasons) {
          expect(rule).toMatch(/^[a-z]+(-[a-z]+)*$/);
          expect(detail.length).toBeLessThanOrEqual(500);
        }
      }),
      { numRuns: 300 },
    );
  });
});
