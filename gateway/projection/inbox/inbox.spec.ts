import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LedgerEvent } from '@pledgeonce/chaincode/api.js';
import { claim as claimKind, transferOffer } from '@pledgeonce/chaincode/claims/records.js';
import { toldStepVersions } from '@pledgeonce/chaincode/facts/records.js';
import { decodeRecord, encodeRecord } from '@pledgeonce/chaincode/ledger/records.js';
import { correctionVersions, windowsAt } from '@pledgeonce/chaincode/take-on/records.js';
import { Projection } from '../projection.js';
import { certificateOf } from '../testing/certificate.js';
import {
  applyEvent,
  applyRecords,
  claimRecord,
  idOf,
  loanRecord,
  objectionRecord,
  offerRecord,
  privateValue,
  requestRecord,
} from '../testing/records.js';
import { growingSteps, watchSql } from '../testing/watched-sql.js';

const now = '2026-11-01T12:00:00.000Z';

describe('the inbox', () => {
  let folder: string;
  let certificate: string;
  let projection: Projection;
  const viewpoint = { mspId: 'BankAMSP', kind: 'bank', government: false } as const;
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
    projection.inbox.list({ role, limit: 50, now }).items.map(({ kind, id }) => [kind, id]);

  it('follows a claim from step to step, and holds nothing that waits no longer', () => {
    apply([claimRecord('A-1', { facts: ['INV-1'] })], [claimRecord('A-2')]);
    expect(waiting()).toEqual([
      ['claim-to-accept', idOf('A-1')],
      ['claim-to-accept', idOf('A-2')],
    ]);
    expect(projection.inbox.list({ role: 'approver', limit: 1, now }).items[0]?.item).toMatchObject({
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
      key: `T~${idOf('A-9')}~${isOpen ? 1 : 2}`,
      value: encodeRecord(transferOffer, {
        claim: idOf('A-9'),
        from: 'BankBMSP',
        open: isOpen,
        ...(isOpen && { terms: decodeRecord(claimKind, value) }),
      }),
    });
    apply([offerOf(true)]);
    const offers = (filter = {}) =>
      projection.transferOffers.list({ state: 'open', limit: 9, ...filter }).items.map(({ id }) => id);
    expect([offers(), offers({ bank: 'BankBMSP' }), offers({ bank: 'BankCMSP' })]).toEqual([
      [idOf('A-9')],
      [idOf('A-9')],
      [],
    ]);
    expect(waiting('officer')).toEqual([
      ['request-to-answer', idOf('R-1')],
      ['loan-to-decide', idOf('L-1')],
      ['transfer-to-answer', idOf('A-9')],
    ]);
    apply([offerRecord('O-1', 'R-1')], [offerOf(false)], [loanRecord('L-1', { seq: 2, state: 'declined' })]);
    expect(waiting('officer')).toEqual([]);
    expect(offers()).toEqual([]);
  });

  it('lets go of what has lapsed, whether or not the ledger has noted it, and keeps what only grows late', () => {
    apply([claimRecord('A-1')], [claimRecord('A-2', { state: 'overdue' })]);
    const at = (time: string) => {
      const of = { role: 'approver', now: time } as const;
      const { items } = projection.inbox.list({ ...of, limit: 50 });
      return [items.map(({ kind }) => kind), projection.inbox.counts(of).map(({ kind }) => kind)];
    };
    const both = ['claim-to-accept', 'claim-overdue'];
    expect(at('2026-11-03T23:59:59.999Z')).toEqual([both, both.toSorted()]);
    expect(at('2026-11-04T00:00:00.000Z')).toEqual([['claim-overdue'], ['claim-overdue']]);
    // Extended, it waits again.
    apply([claimRecord('A-1', { seq: 2, expiresAt: Date.parse('2026-11-06T00:00:00Z') })]);
    expect(at('2026-11-05T00:00:00.000Z')).toEqual([both, both.toSorted()]);
  });

  it('holds for an insurer what the second person of its document has to confirm, until it lapses', () => {
    projection.close();
    projection = new Projection(
      join(folder, 'insurer.sqlite'),
      { mspId: 'InsurerMSP', kind: 'insurer', government: false },
      false,
    );
    const told = (seq: number, state: 'waiting' | 'over') =>
      privateValue(toldStepVersions.at('InsurerMSP', idOf('L-1'), seq), {
        id: idOf('L-1'),
        seq,
        state,
        step: 'amendment',
        document: { type: 'buyer-limit', number: 'LIM-1' },
        reason: 'The buyer pays late.',
        by: 'ines',
        until: '2026-11-08T00:00:00.000Z',
      });
    apply([told(1, 'waiting')]);
    const list = (time: string) => projection.inbox.list({ role: 'approver', limit: 50, now: time }).items;
    expect(list(now)).toMatchObject([
      {
        kind: 'document-step-to-confirm',
        record: 'document-step',
        id: idOf('L-1'),
        item: {
          documents: [{ type: 'buyer-limit', number: 'LIM-1' }],
          cause: 'amendment: The buyer pays late.',
          by: 'ines',
        },
      },
    ]);
    expect(list('2026-11-08T00:00:00.000Z')).toEqual([]);
    apply([told(2, 'over')]);
    expect(list(now)).toEqual([]);
  });

  it('holds for the regulator the window that its second person has to open, and loans that come after it', () => {
    projection.close();
    projection = new Projection(
      join(folder, 'regulator.sqlite'),
      { mspId: 'RegulatorMSP', kind: 'regulator', government: true },
      false,
    );
    const window = (state: 'proposed' | 'open') =>
      privateValue(windowsAt, {
        windows: [
          {
            number: 1,
            state,
            cutOff: '2026-10-01',
            until: '2026-11-30',
            banks: ['BankAMSP'],
            proposedBy: 'officer',
            proposedAt: now,
          },
        ],
      });
    const correction = (seq: number, state: 'proposed' | 'refused') =>
      privateValue(correctionVersions.wholeAt(idOf('C-1'), seq), {
        id: idOf('C-1'),
        seq,
        state,
        owner: 'BankAMSP',
        line: {
          reference: 'LN-7',
          enterprise: { scheme: 'USCC', id: '91330200MA2CKXQ85H' },
          product: 'invoice',
          amount: { amount: '600.00', currency: 'USD' },
          outstanding: { amount: '450.00', currency: 'USD' },
          lines: [],
          paidOutOn: '2026-03-15',
          dueDate: '2026-12-15',
        },
        reason: 'It was in another ledger.',
        by: { mspId: 'BankAMSP', id: 'officer' },
        requests: [],
        createdAt: now,
        updatedAt: now,
      });
    apply([window('proposed'), correction(1, 'proposed')]);
    expect(waiting()).toEqual([
      ['window-to-open', '1'],
      ['correction-to-decide', idOf('C-1')],
    ]);
    expect(
      projection.inbox.list({ role: 'approver', limit: 50, now }).items.map(({ item }) => item),
    ).toMatchObject([
      { by: 'officer', due: '2026-11-30T23:59:59.999Z' },
      {
        applicationNumber: 'LN-7',
        amount: { amount: '600.00' },
        cause: 'BankAMSP: It was in another ledger.',
      },
    ]);
    // Officers of the regulator open no window and decide no correction.
    expect(waiting('officer')).toEqual([]);
    expect(projection.inbox.counts({ role: 'approver', now: '2026-12-01T00:00:00.000Z' })).toEqual([
      { kind: 'correction-to-decide', count: 1 },
    ]);
    apply([window('open'), correction(2, 'refused')]);
    expect(waiting()).toEqual([]);
    // An earlier version that comes late brings nothing back.
    apply([correction(1, 'proposed')]);
    expect(waiting()).toEqual([]);
  });

  it.each([
    ['CarrierMSP', 'carrier', false],
    ['CustomsMSP', 'customs', true],
  ] as const)(
    'holds for %s the document that it is told to correct, until it has',
    (mspId, kind, government) => {
      projection.close();
      projection = new Projection(join(folder, `${kind}.sqlite`), { mspId, kind, government }, false);
      const holder = government ? undefined : mspId;
      apply(
        [objectionRecord('O-1', holder, { state: 'correction-ordered', authority: mspId })],
        [objectionRecord('O-2', holder, { state: 'correction-ordered', authority: 'TaxMSP' })],
      );
      expect(waiting('officer')).toEqual([['document-to-correct', idOf('O-1')]]);
      expect(projection.inbox.list({ role: 'officer', limit: 9, now }).items[0]?.item).toMatchObject({
        documents: [{ type: 'tax-invoice', number: 'INV-1' }],
        cause: 'The events say so.',
      });
      const amended = (fact: string) => {
        const change = { kind: 'fact', id: idOf(fact), state: 'amended', seq: 2 } as const;
        applyEvent(projection, certificate, { schema: 1, changes: [change], alerts: [] });
      };
      amended('fact of O-2');
      expect(waiting('officer')).toHaveLength(1);
      amended('fact of O-1');
      expect(waiting('officer')).toEqual([]);
    },
  );

  it('has the alert of a decision for whoever got a copy of the objection, with no claim of theirs', () => {
    const event = {
      schema: 1,
      changes: [],
      alerts: [{ alert: 'objection-decided', claims: [idOf('A-1')], objections: [idOf('O-1')] }],
    } satisfies LedgerEvent;
    applyEvent(projection, certificate, event);
    expect(waiting('viewer')).toEqual([]);
    applyEvent(projection, certificate, event, objectionRecord('O-1', 'BankAMSP', { state: 'dismissed' }));
    expect(waiting('viewer')).toEqual([['alert', '1-0-0']]);
    expect(projection.feed.find('1-0-0')?.content).toMatchObject({ claims: [], objections: [idOf('O-1')] });
  });

  it('gives page after page, each row once, and counts', () => {
    for (let block = 0; block < 5; block++) apply([claimRecord(`A-${block}`)]);
    const first = projection.inbox.list({ role: 'approver', limit: 3, now });
    const { items } = projection.inbox.list({ role: 'approver', limit: 3, now, cursor: first.next });
    expect([...first.items, ...items].map(({ id }) => id)).toEqual(
      [0, 1, 2, 3, 4].map((n) => idOf(`A-${n}`)),
    );
    expect(projection.inbox.counts({ role: 'approver', now })).toEqual([
      { kind: 'claim-to-accept', count: 5 },
    ]);
  });

  it('leaves out what a person does not want to be told of, and says how much that is', () => {
    apply([claimRecord('A-1')], [claimRecord('A-2', { state: 'overdue' })]);
    const of = (muted: readonly string[]) => ({ role: 'officer', now, muted }) as const;
    const kinds = (muted: readonly string[]) =>
      projection.inbox.list({ ...of(muted), limit: 50 }).items.map(({ kind }) => kind);
    expect(kinds([])).toEqual(['claim-to-accept', 'claim-overdue']);
    expect(projection.inbox.countMuted(of([]))).toBe(0);
    const muted = ['claim-overdue', 'alert/overdue', 'rate-to-confirm'];
    expect(kinds(muted)).toEqual(['claim-to-accept']);
    expect(projection.inbox.counts(of(muted))).toEqual([{ kind: 'claim-to-accept', count: 1 }]);
    expect(projection.inbox.countMuted(of(muted))).toBe(1);
    // What others have chosen is theirs.
    expect(kinds([])).toHaveLength(2);
  });

  it('finds what waits by an index, however much there is', () => {
    apply([claimRecord('A-1')]);
    const work = watchSql(() => {
      for (const role of ['officer', 'approver', 'viewer'] as const) {
        projection.inbox.list({ role, limit: 10, now, cursor: '3' });
        projection.inbox.list({ role, limit: 10, now, kind: 'alert' });
        projection.inbox.list({ role, limit: 10, now, alert: 'overdue' });
        projection.inbox.list({ role, limit: 10, now, enterprise: 'x' });
        projection.inbox.list({ role, limit: 10, now, enterprise: 'x', kind: 'alert' });
        projection.inbox.counts({ role, now, enterprise: 'x' });
        projection.inbox.list({ role, limit: 10, now, muted: ['alert/overdue'] });
        projection.inbox.countMuted({ role, now, enterprise: 'x', muted: ['alert/overdue'] });
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
    const later = '2026-11-02T00:00:00.000Z';
    const ofSort = (alert: string) =>
      projection.inbox.list({ role: 'viewer', limit: 9, now: later, alert }).items.length;
    expect([ofSort('overdrawn'), ofSort('overdue')]).toEqual([1, 0]);
    expect(projection.inbox.alerts({ role: 'viewer', now: later })).toEqual([
      { alert: 'overdrawn', count: 1 },
    ]);
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
