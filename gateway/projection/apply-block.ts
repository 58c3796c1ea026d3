import { transferOffer } from '@pledgeonce/chaincode/claims/records.js';
import { readKey } from '@pledgeonce/chaincode/ledger/addresses.js';
import { applyAudit } from './apply-audit.js';
import { applyFacts } from './apply-facts.js';
import { applyVersion } from './apply-version.js';
import { applyView } from './apply-view.js';
import type { Database } from './database.js';
import type { FeedEntry } from './feed-entry.js';
import { moveCheckpoint } from './checkpoint.js';
import { noteOverdrawn } from './overdrawn-claims.js';
import { addToFeed } from './feed-table.js';
import { alertsOfEnterprises, changeOfEnterprise, type Happened } from './feed-by-enterprise.js';
import type { NoticeChange } from './debtor-notices.js';
import { portalAlerts } from './portal-alerts.js';
import { probingAlerts } from './probing-alerts.js';
import { structuringAlerts } from './structuring-alerts.js';
import { noteCorrected } from './inbox/note-corrected.js';
import { noteProposed } from './inbox/note-proposed.js';
import { noteWaiting } from './inbox/note-waiting.js';
import { applyMalformed } from './apply-malformed.js';
import { keepKeyed } from './keyed-entries.js';
import { keepAuthorities, withMembers } from './member-authorities.js';
import { keepMembers } from './member-table.js';
import { keepOrdered } from './ordered-by-member.js';
import type { BlockTransaction, PrivateValue, ReadBlock } from './read-block.js';
import { holding, type Viewpoint } from './viewpoint.js';
import { inheritedNames, keepSuccessions, noteLater } from './successions.js';
import { keepTransaction } from './transaction-table.js';

/**
 * Brings the tables to the state after this block. Checkpoint and data change in one SQL transaction, so that after
 * a crash no block is missing and none counts twice.
 *
 * @returns what is new for the people of the organisation.
 * @throws Error what the database throws; the tables are then as before the block.
 */
export function applyBlock(database: Database, block: ReadBlock, viewpoint: Viewpoint): FeedEntry[] {
  database.exec('BEGIN IMMEDIATE');
  try {
    keepAuthorities(database, block);
    keepSuccessions(database, block, viewpoint.mspId);
    noteLater(database, block);
    keepMembers(database, block);
    const named = withMembers(database, block);
    const entries = named.transactions.flatMap((transaction) =>
      applyTransaction(database, block.number, transaction, viewpoint),
    );
    if (viewpoint.kind === 'regulator') {
      entries.push(...applyMalformed(database, named));
      keepOrdered(database, named);
    }
    moveCheckpoint(database, block);
    database.exec('COMMIT');
    return entries;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function applyTransaction(
  database: Database,
  block: number,
  transaction: BlockTransaction,
  viewpoint: Viewpoint,
): FeedEntry[] {
  const { transactionId, position, time, values, event } = transaction;
  keepTransaction(database, block, transaction);
  applyFacts(database, transaction, viewpoint);
  const notices: NoticeChange[] = [];
  for (const value of values) {
    notices.push(...applyVersion(database, value, viewpoint));
    applyView(database, value, viewpoint);
    if (viewpoint.government) keepKeyed(database, value);
  }
  const inherited = inheritedNames(database);
  for (const value of values) noteWaiting(database, value, time, holding(value, viewpoint, inherited));
  noteCorrected(database, transaction);
  for (const one of transaction.registered ?? []) noteProposed(database, one, time, viewpoint);
  if (viewpoint.kind === 'regulator') applyAudit(database, block, transaction);
  for (const alert of event?.alerts ?? []) noteOverdrawn(database, alert);
  const contents: Happened[] = [
    ...(event === undefined ? [] : feedOf(database, event, values, viewpoint)),
    ...structuringAlerts(values, viewpoint),
    ...probingAlerts(values, viewpoint),
    ...portalAlerts(values, viewpoint),
    ...notices.map(noticeAlert),
  ];
  return contents.map(({ kind, content, enterprise }, part) =>
    addToFeed(
      database,
      { block, position, part },
      { kind, time, content: { ...content, transactionId }, enterprise },
    ),
  );
}

type Event = NonNullable<BlockTransaction['event']>;

function noticeAlert({ alert, notice, account }: NoticeChange): Happened {
  const content = { alert, claims: [], payments: [], facts: [], notices: [notice] };
  return { kind: 'alert', content, enterprise: account };
}

function feedOf(
  database: Database,
  { changes, alerts }: Event,
  values: readonly PrivateValue[],
  { kind: organisation, government }: Viewpoint,
): Happened[] {
  // A claim on offer is not the own one yet, but there is a copy of its terms.
  const keys = values.map(({ key }) => readKey(key));
  const offered = new Set(
    keys.filter(({ letters }) => letters === transferOffer.letters).map(({ id }) => id),
  );
  const isOwnClaim = (id: string) =>
    offered.has(id) || database.get('SELECT 1 FROM claims WHERE id = ?', [id]) !== null;
  const isOwnPayment = (id: string) => database.get('SELECT 1 FROM payments WHERE id = ?', [id]) !== null;
  const isOwnFact = (id: string) =>
    database.get('SELECT 1 FROM facts WHERE id = ?', [id]) !== null ||
    database.get('SELECT 1 FROM own_documents WHERE id = ?', [id]) !== null;
  // Whatever is written for the organisation lies under a key that contains the id.
  const written = new Set(keys.map(({ id }) => id));
  const ownChanges = changes.filter(({ kind, id }) => {
    if (government || written.has(id)) return true;
    return kind === 'claim' ? isOwnClaim(id) : kind === 'fact' && isOwnFact(id);
  });
  const ownAlerts = alerts
    .map((alert) => {
      const objections = (alert.objections ?? []).filter((id) => government || written.has(id));
      return {
        alert: alert.alert,
        claims: (alert.claims ?? []).filter((id) => government || isOwnClaim(id)),
        payments: (alert.payments ?? []).filter((id) => government || isOwnPayment(id)),
        facts: (alert.facts ?? []).filter((id) => government || isOwnFact(id)),
        ...(objections.length > 0 && { objections }),
      };
    })
    .filter(
      ({ claims, payments, facts, objections = [] }) =>
        claims.length + payments.length + facts.length + objections.length > 0,
    );
  if (organisation === 'enterprise') {
    return [
      ...ownChanges.flatMap((content) => changeOfEnterprise(database, content)),
      ...ownAlerts.flatMap((content) => alertsOfEnterprises(database, content)),
    ];
  }
  return [
    ...ownChanges.map((content): Happened => ({ kind: 'change', content })),
    ...ownAlerts.map((content): Happened => ({ kind: 'alert', content })),
  ];
}
