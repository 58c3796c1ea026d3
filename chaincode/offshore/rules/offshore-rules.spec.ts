import fc from 'fast-check';
import type { Transport } from '../../transport/api.js';
import type { OffshoreBill } from '../api.js';
import { cargoMatch, invoicedGoods, invoiceMatch, receiptMatch } from './cargo-match.js';
import { recordedMoves, toldContainers } from './container-match.js';
import { type Finding, verdictOf } from './findings.js';
import { recordedTrack, toldVoyage } from './vessel-track.js';

const paper = 'Bill of lading X';
const vessel = { name: 'Beibu Star', imo: '9300001', voyage: '061W' };
const event = (name: string, at: string, place: string, more: object = {}) => ({
  event: name,
  at: `${at}T08:00:00Z`,
  place,
  vessel,
  ...more,
});
const recorded: Transport = {
  vessel,
  from: 'CNQZH',
  to: 'NLRTM',
  loadedOn: '2026-03-03',
  arrivedOn: '2026-04-05',
  containers: ['CSQU3054383', 'MSCU9988773'],
  cargo: [
    { hsCode: '820411', packages: 380, weight: 17_500 },
    { hsCode: '820420', packages: 20 },
  ],
  events: [
    event('Loaded', '2026-03-03', 'Cn Qzh'),
    event('departed', '2026-03-04', 'CNQZH'),
    event('arrived', '2026-04-05', 'NLRTM'),
    event('discharged', '2026-04-06', 'NLRTM'),
  ],
};
const { events: _events, ...whatTheBillSays } = recorded;
const told: Omit<OffshoreBill, 'document'> = whatTheBillSays;

const all = (said: Omit<OffshoreBill, 'document'>, record: Transport): readonly Finding[] => [
  ...toldVoyage(paper, said, record),
  ...recordedTrack(paper, record),
  ...toldContainers(paper, said, record),
  ...recordedMoves(paper, said, record),
  ...cargoMatch(paper, said, record),
];
const verdict = (findings: readonly Finding[]) => verdictOf(findings.map((one) => one.verdict));

describe('the comparison of a bill with the record', () => {
  it('finds a true bill consistent in every dimension, in any spelling', () => {
    expect(verdict(all(told, recorded))).toBe('consistent');
    const spelled = { ...told, from: 'cn-qzh', vessel: { ...vessel, name: 'BEIBU  STAR' } };
    expect(verdict(all({ ...spelled, containers: ['csqu 305438-3', 'MSCU9988773'] }, recorded))).toBe(
      'consistent',
    );
    expect(
      verdict(
        all({ ...told, cargo: [{ hsCode: '8204110090', weight: 17_600 }, { hsCode: '820420' }] }, recorded),
      ),
    ).toBe('consistent');
  });

  it.each<[string, Partial<OffshoreBill>]>([
    ['another ship', { vessel: { ...vessel, imo: '9743019' } }],
    ['a ship that does not exist', { vessel: { ...vessel, imo: '9300002' } }],
    ['another voyage', { vessel: { ...vessel, voyage: '062W' } }],
    ['another port', { to: 'DEHAM' }],
    ['another day', { loadedOn: '2026-03-02' }],
    ['another container', { containers: ['CSQU3054383', 'TLLU1234566'] }],
    ['a container less', { containers: ['CSQU3054383'] }],
    ['a container that does not exist', { containers: ['CSQU3054384'] }],
    ['other goods', { cargo: [{ hsCode: '870323' }] }],
    ['more packages', { cargo: [{ hsCode: '820411', packages: 401 }, { hsCode: '820420' }] }],
    ['more weight', { cargo: [{ hsCode: '820411', weight: 19_000 }, { hsCode: '820420' }] }],
  ])('finds %s, and does not say what is recorded', (_name, changes) => {
    const findings = all({ ...told, ...changes }, recorded);
    expect(verdict(findings)).toBe('inconsistent');
    const reasons = findings.map(({ reason }) => reason).join(' ');
    for (const secret of [
      '9300001',
      '061W',
      'NLRTM',
      '2026-03-03',
      'MSCU9988773',
      '820411',
      '400',
      '17500',
    ]) {
      expect(reasons).not.toContain(secret);
    }
  });

  it.each<[string, Transport]>([
    ['no events', { ...recorded, events: [] }],
    ['no arrival yet', { ...recorded, events: (recorded.events ?? []).slice(0, 2) }],
    ['nothing but its number', {}],
  ])('leaves open what the record does not cover: %s', (_name, record) => {
    expect(verdict(all(told, record))).toBe('not-covered');
  });

  it.each<[string, Transport['events']]>([
    ['loading elsewhere', [event('loaded', '2026-03-03', 'SGSIN')]],
    ['loading on another day', [event('loaded', '2026-03-09', 'CNQZH')]],
    ['arrival elsewhere', [event('loaded', '2026-03-03', 'CNQZH'), event('arrived', '2026-04-05', 'BEANR')]],
    [
      'loading of another ship',
      [event('loaded', '2026-03-03', 'CNQZH', { vessel: { name: 'O', imo: '9743019' } })],
    ],
    [
      'arrival before departure',
      [event('departed', '2026-04-06', 'CNQZH'), event('arrived', '2026-04-05', 'NLRTM')],
    ],
  ])('finds a track that does not fit: %s', (_name, events) => {
    expect(verdict(recordedTrack(paper, { ...recorded, events }))).toBe('inconsistent');
  });

  it('takes a transhipment for two journeys', () => {
    const feeder = { name: 'Feeder', imo: '9743019' };
    const events = [
      event('loaded', '2026-03-03', 'CNQZH'),
      event('arrived', '2026-03-20', 'SGSIN'),
      event('discharged', '2026-03-21', 'SGSIN'),
      event('loaded', '2026-03-23', 'SGSIN', { vessel: feeder }),
      event('arrived', '2026-04-05', 'NLRTM', { vessel: feeder }),
    ];
    expect(verdict(recordedTrack(paper, { ...recorded, events }))).toBe('consistent');
  });

  it('does not depend on the order in which events and containers are written', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(recorded.events ?? [], { minLength: 4 }),
        fc.shuffledSubarray(recorded.containers ?? [], { minLength: 2 }),
        (events, containers) => {
          expect(verdict(all({ ...told, containers }, { ...recorded, events }))).toBe('consistent');
        },
      ),
    );
  });

  it('never finds more wrong by being told less', () => {
    const members = ['vessel', 'from', 'to', 'loadedOn', 'arrivedOn', 'containers', 'cargo'] as const;
    fc.assert(
      fc.property(fc.subarray([...members]), fc.constantFrom('9300001', '9743019'), (left, imo) => {
        const whole = { ...told, vessel: { ...vessel, imo } };
        const less = Object.fromEntries(
          Object.entries(whole).filter(([name]) => left.some((member) => member === name)),
        );
        const count = (said: Omit<OffshoreBill, 'document'>) =>
          all(said, recorded).filter((one) => one.verdict === 'inconsistent').length;
        expect(count(less)).toBeLessThanOrEqual(count(whole));
      }),
    );
  });
});

describe('containers', () => {
  it('may be loaded one by one; one that is missing is not covered yet', () => {
    const events = [event('loaded', '2026-03-03', 'CNQZH', { container: 'CSQU3054383' })];
    const [loaded, discharged] = recordedMoves(paper, told, { ...recorded, events });
    expect(loaded).toMatchObject({
      verdict: 'not-covered',
      reason: expect.stringContaining('1 of 2') as string,
    });
    expect(discharged).toMatchObject({ verdict: 'not-covered' });
  });
});

describe('receipts and invoices', () => {
  const quantity = (amount: string, unit = 'TNE') => ({ amount, unit });
  const usd = (amount: string) => ({ amount, currency: 'USD' });

  it('are as large as recorded, to the last decimal', () => {
    const lot = { quantity: quantity('100.000') };
    expect(verdict(receiptMatch('R', { quantity: quantity('100') }, lot))).toBe('consistent');
    expect(verdict(receiptMatch('R', { quantity: quantity('100.001') }, lot))).toBe('inconsistent');
    expect(verdict(receiptMatch('R', { quantity: quantity('100', 'KGM') }, lot))).toBe('inconsistent');
    expect(verdict(invoiceMatch('I', { total: usd('5') }, { total: usd('5.00') }))).toBe('consistent');
    expect(verdict(invoiceMatch('I', { total: usd('5.01') }, { total: usd('5.00') }))).toBe('inconsistent');
  });

  it('are for goods that the bills carry', () => {
    const invoice = (hsCode: string) =>
      verdict(invoicedGoods('I', { details: { goods: [{ hsCode }] } }, [recorded]));
    expect(invoice('8204110000')).toBe('consistent');
    expect(invoice('8703230000')).toBe('inconsistent');
  });
});
