import {
  claim as claimKind,
  type Claim,
  debtorNotice as noticeKind,
} from '@pledgeonce/chaincode/claims/records.js';
import { readKey } from '@pledgeonce/chaincode/ledger/addresses.js';
import { payment as paymentKind } from '@pledgeonce/chaincode/payments/records.js';
import { putClaim } from './claim-table.js';
import { keepClaimVersion } from './claim-versions.js';
import type { Database } from './database.js';
import { decoded, isOwnersCopy } from './decoded.js';
import { applyDebtorNotices, noticeIn, type NoticeChange } from './debtor-notices.js';
import { applyPaymentVersion } from './payment-statistics.js';
import type { PrivateValue } from './read-block.js';
import { putKeys } from './record-keys.js';
import { listsClaims, type Viewpoint } from './viewpoint.js';

/**
 * Keeps a version of a claim or a payment, or a notice to debtors.
 *
 * @returns what debtors at the portal are told of.
 */
export function applyVersion(database: Database, value: PrivateValue, viewpoint: Viewpoint): NoticeChange[] {
  const { letters } = readKey(value.key);
  if (letters === claimKind.letters) return applyClaimVersion(database, value, viewpoint);
  if (letters === paymentKind.letters) applyPaymentVersion(database, value.value);
  // Of a debtor whose account is at another portal than the exporter's.
  if (letters === noticeKind.letters && viewpoint.kind === 'enterprise')
    return applyDebtorNotices(database, decoded(noticeKind, value.value));
  return [];
}

function applyClaimVersion(database: Database, value: PrivateValue, viewpoint: Viewpoint): NoticeChange[] {
  const { kind: organisation, government } = viewpoint;
  // The government sees the exporter's copy too, which says less.
  if (government && !isOwnersCopy(value.value)) return [];
  const claim = decoded(claimKind, value.value);
  const isPortal = organisation === 'enterprise';
  putClaim(database, claim, (isPortal ? claim.account : undefined) ?? claim.enterprise.id);
  if (listsClaims(viewpoint)) putKeys(database, 'claims', claim);
  // Only a bank compares its book; at the government nodes the blocks hold every version of everybody.
  if (!government && !isPortal) keepClaimVersion(database, claim);
  return isPortal && isLatest(database, claim) ? applyDebtorNotices(database, noticeIn(claim)) : [];
}

/** Whether no later version of a claim is in the tables. */
function isLatest(database: Database, { id, seq }: Pick<Claim, 'id' | 'seq'>): boolean {
  return database.get('SELECT 1 FROM claims WHERE id = ? AND seq = ?', [id, seq]) !== null;
}
