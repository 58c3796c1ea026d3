import type { Claim, DebtorNotice } from '@pledgeonce/chaincode/claims/records.js';
import { documentSchema, mspId, opaqueId, partySchema, date } from '@pledgeonce/chaincode/schemas.js';
import { isOver } from '@pledgeonce/chaincode/rules/claim-states.js';
import { z } from 'zod';
import type { Database } from './database.js';
import { putView } from './view-table.js';

/** Whom a debtor pays: nothing of what was lent, nor of what is still owed. */
export const debtorNoticeViewSchema = z.strictObject({
  id: z.string(),
  /** `over`: the bank holds no claim on it any more; whom to pay then says a look-up of the payee. */
  state: z.enum(['pay-the-bank', 'over']),
  seq: z.number().int(),
  claim: opaqueId,
  bank: mspId,
  document: documentSchema,
  seller: partySchema,
  date,
  how: z.string(),
});
export type DebtorNoticeView = z.infer<typeof debtorNoticeViewSchema>;

/** A notice that has begun or ended with a version of its claim. */
export interface NoticeChange {
  readonly alert: 'debtor-notified' | 'debtor-notice-over';
  readonly notice: string;
  readonly account: string;
}

const knownSchema = z.array(
  z.object({ id: z.string(), state: z.string(), enterprise: z.string(), seq: z.number() }),
);

/** What the portal of an exporter holds a claim for: the notice, as it would be told to debtors at another. */
export function noticeIn({ id, seq, state, debtorNotice, debtors = [] }: Claim): DebtorNotice {
  return {
    claim: id,
    seq,
    state: isOver(state) ? 'over' : 'pay-the-bank',
    notice: debtorNotice,
    debtors: debtorNotice === undefined ? [] : debtors,
  };
}

/**
 * Keeps, at the portal, what a claim's notice says to debtors; one that was a mistake is gone.
 *
 * @returns what has begun and what has ended.
 */
export function applyDebtorNotices(database: Database, told: DebtorNotice): NoticeChange[] {
  const { claim: parent, seq } = told;
  const known = knownSchema.parse(
    database.all('SELECT id, state, enterprise, seq FROM debtor_notices WHERE parent = ?', [parent]),
  );
  if (known.some((one) => one.seq > seq)) return [];
  const { state } = told;
  const notices = viewsOf(told);
  const gone = known.filter(
    ({ id, enterprise }) => !notices.some((one) => one.id === id && one.account === enterprise),
  );
  for (const { id } of gone) database.run('DELETE FROM debtor_notices WHERE id = ?', [id]);
  for (const { id, account, view } of notices) {
    putView(database, 'debtor_notices', { id, state, seq, enterprise: account, parent, view });
  }
  const kept = known.filter((one) => !gone.includes(one));
  const isKnown = (id: string, as: string) => kept.some((one) => one.id === id && one.state === as);
  return [
    ...notices
      .filter((one) => state === 'pay-the-bank' && !isKnown(one.id, state))
      .map(({ id, account }) => ({ alert: 'debtor-notified' as const, notice: id, account })),
    ...notices
      .filter((one) => state === 'over' && isKnown(one.id, 'pay-the-bank'))
      .map(({ id, account }) => ({ alert: 'debtor-notice-over' as const, notice: id, account })),
    ...gone
      .filter((one) => one.state === 'pay-the-bank')
      .map(({ id, enterprise }) => ({
        alert: 'debtor-notice-over' as const,
        notice: id,
        account: enterprise,
      })),
  ];
}

/** What the debtors read, each under an id that stays while others' accounts go to another portal. */
function viewsOf({ claim, seq, state, notice, debtors }: DebtorNotice) {
  if (notice === undefined) return [];
  const { bank, date, how } = notice;
  return debtors.map(({ account, document, seller, place }, index) => {
    const id = `${claim}-${place ?? index}`;
    const view: DebtorNoticeView = { id, state, seq, claim, bank, document, seller, date, how };
    return { id, account, view };
  });
}
