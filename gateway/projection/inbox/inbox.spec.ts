import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claim as claimKind, transferOffer } from '@pledgeonce/chaincode/claims/records.js';
import { decodeRecord, encodeRecord } from '@pledgeonce/chaincode/ledger/records.js';
import { Projection } from '../projection.js';
import { certificateOf } from '../testing/certificate.js';
import {
  applyRecords,
  claimRecord,
  idOf,
  loanRecord,
  offerRecord,
  requestRecord,
} from '../testing/records.js';
import { growingSteps, watchSql } from '../testing/watched-sql.js';

describe('the inbox', () => {
  let folder: string;
  let certificate: string;
  let projection: Projection;
  const viewpoint = { mspId: 'BankAMSP', government: false };
  const open = (rebuild = false) => new Projection(join(folder, 'projection.sqlite'), viewpoint, rebuild);

  beforeAll(async () => {
    certificate = await certificateOf('anna');
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pledgeonce-inbox-'));
    projection = open();
  });
  afterEach(async () => {
    projection.close();
    await rm(folder, { recursive: true });
  });

  const apply = (...values: Parameters<typeof applyRecords>[2][]) => {
    applyRecords(projection, certificate, ...values);
  };
  const waiting = (role: 'officer' | 'approver' | 'viewer' = 'approver') =>
    projection.inbox.list({ role, limit: 50 }).items.map(({ kind, id }) => [kind, id]);

  it('follows a claim from step to step, and holds nothing that waits no longer', () => {
    apply([claimRecord('A-1', { facts: ['INV-1'] })], [claimRecord('A-2')]);
    expect(waiting()).toEqual([
      ['claim-to-accept', idOf('A-1')],
      ['claim-to-accept', idOf('A-2')],
    ]);
    expect(projection.inbox.list({ role: 'approver', limit: 1 }).items[0]?.item).toMatchObject({
      documents: [{ type: 'tax-invoice', number: 'INV-1' }],
      amount: { amount: '60.00', currency: 'USD' },
      applicationNumber: 'A-1',
      due: '2026-11-04T00:00:00.000Z',
      by: 'anna',
    });
    apply([claimRecord('A-1', { seq: 2, state: 'accepted' })]);
    expect(waiting()).toEqual([
      ['claim-to-accept', idOf('A-2')],
      ['claim-to-pay-out', idOf('A-1')],
    ]);
    apply([claimRecord('A-1', { seq: 3, state: 'disbursed', expiresAt: undefined })]);
    apply([claimRecord('A-2', { seq: 2, state: 'withdrawn' })]);
    expect(waiting()).toEqual([]);
    // An earlier version that comes late brings nothing back.
    apply([claimRecord('A-1', { seq: 2, state: 'accepted' })]);
    expect(waiting()).toEqual([]);
    apply([claimRecord('A-1', { seq: 4, state: 'overdue', expiresAt: undefined })]);
    expect(waiting('officer')).toEqual([['claim-overdue', idOf('A-1')]]);
    expect(waiting('viewer')).toEqual([]);
  });

  it('holds requests until the bank has answered, transfers until they are answered, loans for a person', () => {
    apply([requestRecord('R-1')], [requestRecord('R-2', { banks: ['BankBMSP'] })]);
    apply([loanRecord('L-1', { state: 'referred' })], [loanRecord('L-2')]);
    const { value } = claimRecord('A-9', { owner: 'BankBMSP' });
    const offerOf = (isOpen: boolean) => ({
      collection: 'registry',
      key: `T~${idOf('A-9')}~1`,
      value: encodeRecord(transferOffer, {
        claim: idOf('A-9'),
        from: 'BankBMSP',
        open: isOpen,
        ...(isOpen && { terms: decodeRecord(claimKind, value) }),
      }),
    });
    apply([offerOf(true)]);
    expect(waiting('officer')).toEqual([
      ['request-to-answer', idOf('R-1')],
      ['loan-to-decide', idOf('L-1')],
      ['transfer-to-answer', idOf('A-9')],
    ]);
    apply([offerRecord('O-1', 'R-1')], [offerOf(false)], [loanRecord('L-1', { seq: 2, state: 'declined' })]);
    expect(waiting('officer')).toEqual([]);
  });

  it('gives page after page, each row once, and counts', () => {
    for (let block = 0; block < 5; block++) apply([claimRecord(`A-${block}`)]);
    const first = projection.inbox.list({ role: 'approver', limit: 3 });
    const { items } = projection.inbox.list({ role: 'approver', limit: 3, cursor: first.next });
    expect([...first.items, ...items].map(({ id }) => id)).toEqual(
      [0, 1, 2, 3, 4].map((n) => idOf(`A-${n}`)),
    );
    expect(projection.inbox.counts('approver')).toEqual([{ kind: 'claim-to-accept', count: 5 }]);
  });

  it('finds what waits by an index, however much there is', () => {
    apply([claimRecord('A-1')]);
    const work = watchSql(() => {
      for (const role of ['officer', 'approver', 'viewer'] as const) {
        projection.inbox.list({ role, limit: 10, cursor: '3' });
        projection.inbox.list({ role, limit: 10, kind: 'alert' });
        projection.inbox.list({ role, limit: 10, enterprise: 'x' });
        projection.inbox.list({ role, limit: 10, enterprise: 'x', kind: 'alert' });
        projection.inbox.counts(role, 'x');
      }
      apply([claimRecord('A-1', { seq: 2, state: 'accepted' })]);
    });
    expect(growingSteps(work)).toEqual([]);
  });

  it('keeps marks when the tables are built again, and an alert that was checked waits for nobody', () => {
    const overdrawn = (rebuilt = projection) => {
      rebuilt.apply({
        number: rebuilt.nextBlock,
        hash: '',
        malformed: [],
        transactions: [
          {
            transactionId: idOf('tx'),
            position: 0,
            time: '2026-11-01T00:00:00.000Z',
            mspId: 'TaxMSP',
            certificate,
            code: 0,
            event: { schema: 1, changes: [], alerts: [{ alert: 'overdrawn', claims: [idOf('A-1')] }] },
            hashes: [],
            values: [claimRecord('A-1')],
          },
        ],
      });
    };
    overdrawn();
    const entry = projection.feed.find('0-0-0');
    if (entry === undefined) throw new Error('There is no alert.');
    expect(waiting('viewer')).toEqual([['alert', '0-0-0']]);
    const now = new Date('2026-11-02T00:00:00Z');
    projection.marks.read(entry, 'vera', now);
    expect(waiting('viewer')).toHaveLength(1);
    expect(projection.marks.check(entry, 'anna', now, 'Spoken with the exporter')).toMatchObject({
      by: 'anna',
    });
    expect(projection.marks.check(entry, 'bert', now, 'Nothing')).toMatchObject({ by: 'anna' });
    expect(waiting('viewer')).toEqual([]);

    projection.close();
    projection = open(true);
    overdrawn();
    expect(waiting('viewer')).toEqual([]);
    expect(projection.marks.of(entry, 'vera')).toEqual({
      read: true,
      checked: { by: 'anna', at: '2026-11-02T00:00:00.000Z', remark: 'Spoken with the exporter' },
    });
    expect(projection.marks.of(entry, 'bert').read).toBe(false);
  });
});
