import type { DebtorNotice } from '@pledgeonce/chaincode/claims/records.js';
import type { Database } from './database.js';
import { applyDebtorNotices, debtorNoticeViewSchema } from './debtor-notices.js';
import { openDatabase } from './open-database.js';
import { ViewTable } from './view-table.js';

const claim = 'ab'.repeat(32);
const [one, other] = ['91350100M000100Y43', '91330200MA2CKXQ85H'];
const debtor = (account: string, number: string, place?: number) => ({
  account,
  document: { type: 'tax-invoice' as const, number },
  seller: { scheme: 'USCC' as const, id: other, name: 'Seller' },
  ...(place !== undefined && { place }),
});
const told = (seq: number, more: Partial<DebtorNotice> = {}): DebtorNotice => ({
  ...{ claim, seq, state: 'pay-the-bank' },
  notice: { bank: 'BankAMSP', date: '2026-11-20', how: 'Letter', recordedAt: '2026-11-20T08:00:00.000Z' },
  debtors: [debtor(one, 'INV-1', 1)],
  ...more,
});

describe('notices to debtors at a portal', () => {
  let database: Database;
  beforeEach(() => {
    database = openDatabase(':memory:');
  });
  afterEach(() => {
    database.close();
  });
  const listed = (enterprise: string) =>
    new ViewTable(database, 'debtor_notices', debtorNoticeViewSchema)
      .list({ enterprise, limit: 10 })
      .items.map(({ id, state, document }) => [id, state, document.number]);

  it('begin, end and are told of once, under the place of the debtor among all', () => {
    const notice = `${claim}-1`;
    expect(applyDebtorNotices(database, told(4))).toEqual([
      { alert: 'debtor-notified', notice, account: one },
    ]);
    expect(listed(one)).toEqual([[notice, 'pay-the-bank', 'INV-1']]);
    expect(listed(other)).toEqual([]);
    expect(applyDebtorNotices(database, told(5))).toEqual([]);
    expect(applyDebtorNotices(database, told(6, { state: 'over' }))).toEqual([
      { alert: 'debtor-notice-over', notice, account: one },
    ]);
    expect(listed(one)).toEqual([[notice, 'over', 'INV-1']]);
  });

  it('are gone where the notice was a mistake, and an older version brings nothing back', () => {
    applyDebtorNotices(database, told(4, { debtors: [debtor(one, 'INV-1', 0), debtor(one, 'INV-2', 1)] }));
    applyDebtorNotices(database, told(6, { debtors: [debtor(one, 'INV-2', 1)] }));
    expect(applyDebtorNotices(database, told(5, { debtors: [debtor(one, 'INV-1', 0)] }))).toEqual([]);
    expect(listed(one).map(([, , number]) => number)).toEqual(['INV-2']);
    expect(applyDebtorNotices(database, told(7, { state: 'over', debtors: [] }))).toEqual([
      { alert: 'debtor-notice-over', notice: `${claim}-1`, account: one },
    ]);
    expect(listed(one)).toEqual([]);
  });

  it('are another debtor’s where a later notice names another: the first one reads on about nothing', () => {
    applyDebtorNotices(database, told(4));
    expect(applyDebtorNotices(database, told(5, { debtors: [debtor(other, 'INV-1', 1)] }))).toEqual([
      { alert: 'debtor-notified', notice: `${claim}-1`, account: other },
      { alert: 'debtor-notice-over', notice: `${claim}-1`, account: one },
    ]);
    expect(listed(one)).toEqual([]);
    expect(listed(other)).toHaveLength(1);
  });
});
