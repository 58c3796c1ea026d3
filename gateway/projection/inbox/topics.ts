import { permissions, type Role } from '@pledgeonce/chaincode/permissions.js';
import type { OrganisationKind } from '@pledgeonce/chaincode/roles.js';
import { notOfExporters } from '../feed-by-enterprise.js';
import { inboxKindNames, inboxKinds, type InboxKindName } from './inbox-kinds.js';

/** What the portal alone tells its enterprises. */
const portalsOwn: ReadonlySet<string> = new Set([
  'drawn-on',
  'taken-on',
  'claim-transferred',
  'claim-shared',
  'objected-to',
  'debtor-notified',
  'debtor-notice-over',
]);
/** What the regulator's gateway finds by itself. */
const regulatorsOwn: ReadonlySet<string> = new Set(['structuring', 'probing', 'malformed-transactions']);

/** Of what a person may want to be told or not: the kind of what waits; of an alert, what has happened. */
export function topicOf(kind: InboxKindName, cause: string | undefined): string {
  return kind === 'alert' ? `alert/${cause ?? ''}` : kind;
}

/** The alert of a topic that is one. */
export function alertOf(topic: string): string {
  return topic.slice(topicOf('alert', '').length);
}

interface Whose {
  /** Of their organisation. */
  readonly kind: OrganisationKind;
  readonly role: Role;
}

/**
 * The topics that can come to a person of this role in this organisation.
 *
 * @param alerts every alert that there is.
 */
export function topicsFor({ kind: organisation, role }: Whose, alerts: readonly string[]): string[] {
  const kinds = inboxKindNames.filter((kind) =>
    inboxKinds[kind].steps.some(
      (step) => permissions[step].roles.includes(role) && permissions[step].kinds.includes(organisation),
    ),
  );
  const isTold = (alert: string) => {
    if (portalsOwn.has(alert)) return organisation === 'enterprise';
    if (regulatorsOwn.has(alert)) return organisation === 'regulator';
    return organisation !== 'enterprise' || alert === 'objection-decided' || !notOfExporters.has(alert);
  };
  return [...kinds, ...alerts.filter(isTold).map((alert) => topicOf('alert', alert))];
}
