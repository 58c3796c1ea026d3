import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Projection } from './projection.js';
import { certificateOf } from './testing/certificate.js';
import { applyRecords, claimRecord } from './testing/records.js';
import { growingSteps, watchSql } from './testing/watched-sql.js';

describe('looking a claim up', () => {
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
    });
    expect(growingSteps(work)).toEqual([]);
  });
});
