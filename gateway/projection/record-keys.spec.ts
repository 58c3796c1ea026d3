import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Projection } from './projection.js';
import { certificateOf } from './testing/certificate.js';
import { applyRecords, claimRecord, paymentRecord } from './testing/records.js';
import { growingSteps, watchSql } from './testing/watched-sql.js';

describe('looking a claim or payment up', () => {
  let folder: string;
  let projection: Projection;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pledgeonce-keys-'));
    projection = new Projection(join(folder, 'projection.sqlite'), {
      mspId: 'BankAMSP',
      kind: 'bank',
      government: false,
    });
    const certificate = await certificateOf('anna');
    applyRecords(projection, certificate, [claimRecord('A-2041', { facts: ['INV-001'] })]);
    applyRecords(projection, certificate, [
      claimRecord('A-2042', { facts: ['INV-002', '221820260123456789'] }),
    ]);
    const other = { scheme: 'USCC', id: '91350100M000100Y43' } as const;
    applyRecords(
      projection,
      certificate,
      [paymentRecord('FX-1', { documents: ['SV-2026-0071'], paidOn: '2026-11-05' })],
      [
        paymentRecord('FX-2', {
          documents: ['SV-2026-0071', 'SV-2026-0072'],
          paidOn: '2026-10-31',
          payer: other,
        }),
      ],
      [paymentRecord('FX-3', { paidOn: '2026-11-01', purpose: 'freight' })],
      [paymentRecord('FX-4', { paidOn: '2026-11-05' })],
    );
    applyRecords(projection, certificate, [
      paymentRecord('FX-3', { seq: 2, state: 'reversed', purpose: 'freight' }),
    ]);
    const paid = { seq: 2, state: 'disbursed', reference: 'TT 77', facts: ['INV-001'] } as const;
    applyRecords(projection, certificate, [claimRecord('A-2041', paid)]);
  });
  afterAll(async () => {
    projection.close();
    await rm(folder, { recursive: true });
  });

  const found = (filter: object) =>
    projection.claims.list({ ...filter, limit: 50 }).items.map(({ applicationNumber }) => applicationNumber);

  it.each([
    [{ applicationNumber: 'a-2041' }, ['A-2041']],
    [{ applicationNumber: 'A-204' }, []],
    [{ reference: 'tt77' }, ['A-2041']],
    [{ document: 'inv 001' }, ['A-2041']],
    [{ document: 'ＩＮＶ－００１' }, ['A-2041']],
    [{ document: 'INV001' }, ['A-2041']],
    [{ document: 'INV-01' }, []],
    [{ document: '221820260123456789001' }, ['A-2042']],
    [{ document: 'INV-001', state: 'reserved' }, []],
    [{ document: 'INV-001', applicationNumber: 'A-2042' }, []],
    [{ document: 'INV-001', dueFrom: '2027-03-01', dueBefore: '2027-03-02' }, ['A-2041']],
    [{ document: 'INV-001', dueFrom: '2027-03-02' }, []],
    [{ dueFrom: '2027-03-01' }, ['A-2041', 'A-2042']],
  ])('by %j finds %j', (filter, expected) => {
    expect(found(filter)).toEqual(expected);
  });

  const payments = (filter: object, limit = 50) =>
    projection.payments.list({ ...filter, limit }).items.map(({ reference }) => reference);

  it.each([
    [{ reference: 'fx1' }, []],
    [{ reference: 'fx-1' }, ['FX-1']],
    [{ document: 'sv 2026 0071' }, ['FX-2', 'FX-1']],
    [{ document: 'SV20260072' }, ['FX-2']],
    [{ document: 'SV-2026-0071', enterprise: '91350100M000100Y43' }, ['FX-2']],
    [{ enterprise: '91330200MA2CKXQ85H' }, ['FX-4', 'FX-3', 'FX-1']],
    [{ state: 'reversed' }, ['FX-3']],
    [{ state: 'marked', category: 'freight' }, []],
    // By the day on which they were paid, the latest day first; the first day is in, the last one is not.
    [{ dayFrom: '2026-11-01' }, ['FX-4', 'FX-1', 'FX-3']],
    [{ dayBefore: '2026-11-05' }, ['FX-3', 'FX-2']],
    [{ dayFrom: '2026-11-01', dayBefore: '2026-11-05' }, ['FX-3']],
    [{ dayFrom: '2026-11-02', state: 'reversed' }, []],
    [{ dayFrom: '2026-10-01', enterprise: '91350100M000100Y43' }, ['FX-2']],
    [{ dayFrom: '2026-10-01', document: 'SV-2026-0071' }, ['FX-1', 'FX-2']],
    [{ dayFrom: '2026-10-01', bank: 'BankBMSP' }, []],
  ])('of a payment by %j finds %j', (filter, expected) => {
    expect(payments(filter)).toEqual(expected);
  });

  it('gives payments of some days page after page, each once', () => {
    const of = { dayFrom: '2026-10-01' };
    const pages: string[][] = [];
    for (let cursor: string | undefined, page = 0; page < 9; page++) {
      const { items, next } = projection.payments.list({
        ...of,
        limit: 1,
        ...(cursor !== undefined && { cursor }),
      });
      pages.push(items.map(({ reference }) => reference));
      cursor = next;
      if (cursor === undefined) break;
    }
    expect(pages).toEqual([['FX-4'], ['FX-1'], ['FX-3'], ['FX-2']]);
  });

  it('refuses what is no document number', () => {
    expect(() => found({ document: '—' })).toThrow(
      expect.objectContaining({ code: 'NUMBER_INVALID' }) as Error,
    );
  });

  it('reads no whole table for it', () => {
    const work = watchSql(() => {
      found({ applicationNumber: 'A-2041' });
      found({ reference: 'TT-77', document: 'INV-001' });
      projection.payments.list({ document: 'INV-001', limit: 5 });
      const days = { dayFrom: '2026-11-01', dayBefore: '2026-11-05' };
      for (const more of [
        {},
        { state: 'marked' },
        { enterprise: 'x' },
        { bank: 'y' },
        { category: 'freight' },
      ]) {
        payments({ ...days, ...more }, 5);
      }
    });
    expect(growingSteps(work)).toEqual([]);
  });
});
