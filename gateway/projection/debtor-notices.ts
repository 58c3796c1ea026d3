import type { Claim } from '@pledgeonce/chaincode/claims/records.js';
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

const knownSchema = z.array(z.object({ id: z.string(), state: z.string(), enterprise: z.string() }));

/**
 * Keeps, at the portal, what a version of a claim says to its debtors; a notice that was a mistake is gone.
 *
 * @returns what has begun and what has ended.
 */
export function applyDebtorNotices(database: Database, claim: Claim): NoticeChange[] {
  const { id: parent, seq, debtorNotice } = claim;
  const known = knownSchema.parse(
    database.all('SELECT id, state, enterprise FROM debtor_notices WHERE parent = ?', [parent]),
  );
  const state = isOver(claim.state) ? 'over' : 'pay-the-bank';
  const debtors = debtorNotice === undefined ? [] : (claim.debtors ?? []);
  const told = debtors.map(({ account, document, seller }, place) => {
    const id = `${parent}-${place}`;
    const { bank, date, how } = debtorNotice ?? { bank: claim.owner, date: '', how: '' };
    const view: DebtorNoticeView = { id, state, seq, claim: parent, bank, document, seller, date, how };
    return { id, state, account, view };
  });
  for (const { id, account, view } of told) {
    putView(database, 'debtor_notices', { id, state, seq, enterprise: account, parent, view });
  }
  const gone = known.filter(({ id }) => !told.some((one) => one.id === id));
  for (const { id } of gone) database.run('DELETE FROM debtor_notices WHERE id = ?', [id]);
  const isKnown = (id: string, as: string) => known.some((one) => one.id === id && one.state === as);
  return [
    ...told
      .filter((one) => state === 'pay-the-bank' && !isKnown(one.id, state))
      .map(({ id, account }) => ({ alert: 'debtor-notified' as const, notice: id, account })),
    ...told
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
