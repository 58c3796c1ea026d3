import { z } from 'zod';
import type { FeedEntry } from './feed-entry.js';
import type { Database } from './database.js';

/** What happened, before it has a place in the feed. */
export interface Happened extends Pick<FeedEntry, 'kind' | 'enterprise'> {
  readonly content: object;
}

interface Change {
  readonly kind: string;
  readonly id: string;
}
interface Alert {
  readonly alert: string;
  readonly claims: readonly string[];
  readonly payments: readonly string[];
  readonly facts: readonly string[];
}

const ownerSchema = z.object({ enterprise: z.string().nullable() }).nullable();

/** How the tables say which enterprise of the portal a record belongs to, by its kind in an event. */
const owners: Readonly<Record<string, string>> = {
  fact: 'SELECT enterprise FROM own_documents WHERE id = ?',
  'self-recorded': 'SELECT enterprise FROM facts WHERE id = ?',
  claim: 'SELECT enterprise FROM claims WHERE id = ?',
  payment: 'SELECT enterprise FROM payments WHERE id = ?',
  objection: 'SELECT enterprise FROM objections WHERE id = ?',
  debt: 'SELECT enterprise FROM debts WHERE id = ?',
  'mark-consent': 'SELECT enterprise FROM mark_consents WHERE id = ?',
  consent: 'SELECT enterprise FROM consents WHERE id = ?',
  authorisation: 'SELECT enterprise FROM authorisations WHERE id = ?',
  query: 'SELECT enterprise FROM credit_queries WHERE id = ?',
  request: 'SELECT enterprise FROM requests WHERE id = ?',
  offer: `SELECT requests.enterprise FROM offers JOIN requests ON requests.id = offers.parent WHERE offers.id = ?`,
  loan: 'SELECT enterprise FROM loans WHERE id = ?',
  assignment: 'SELECT enterprise FROM assignments WHERE id = ?',
};

/**
 * At the portal many enterprises share one gateway. Each hears of its own records only, although an event holds nothing
 * but opaque ids and states: when a competitor borrows is none of its business. What belongs to no enterprise that the
 * tables know reaches nobody there.
 */
export function changeOfEnterprise(database: Database, content: Change): Happened[] {
  const { kind, id } = content;
  const enterprise =
    ownerOf(database, kind, id) ?? (kind === 'fact' ? ownerOf(database, 'self-recorded', id) : undefined);
  return enterprise === undefined ? [] : [{ kind: 'change', content, enterprise }];
}

/** What banks have among themselves, what a person still has to look at, and what the portal says by itself. */
export const notOfExporters: ReadonlySet<string> = new Set([
  'transfer-offered',
  'share-repaid',
  'step-lapsed',
  'uncovered-again',
  'past-due-financing',
  'objection-raised',
  'objection-decided',
  'near-duplicate',
  'near-duplicate-checked',
  'same-containers',
]);

/**
 * An alert on records of several enterprises becomes one for each, with its own. Of what is not for exporters each hears as
 * far as it is about what it has recorded itself.
 */
export function alertsOfEnterprises(database: Database, content: Alert): Happened[] {
  const isForExporters = !notOfExporters.has(content.alert);
  const lists = isForExporters
    ? ([
        ['claims', 'claim'],
        ['payments', 'payment'],
        ['facts', 'fact'],
      ] as const)
    : ([['facts', 'self-recorded']] as const);
  const owned = lists.flatMap(([list, kind]) =>
    content[list].flatMap((id) => {
      const enterprise =
        ownerOf(database, kind, id) ?? (kind === 'fact' ? ownerOf(database, 'self-recorded', id) : undefined);
      return enterprise === undefined ? [] : [{ list, id, enterprise }];
    }),
  );
  return [...new Set(owned.map(({ enterprise }) => enterprise))].map((enterprise) => {
    const idsOf = (list: 'claims' | 'payments' | 'facts') =>
      owned.filter((one) => one.list === list && one.enterprise === enterprise).map(({ id }) => id);
    const own = { claims: idsOf('claims'), payments: idsOf('payments'), facts: idsOf('facts') };
    return { kind: 'alert', content: { ...content, ...own }, enterprise };
  });
}

function ownerOf(database: Database, kind: string, id: string): string | undefined {
  const sql = owners[kind];
  if (sql === undefined) return undefined;
  return ownerSchema.parse(database.get(sql, [id]))?.enterprise ?? undefined;
}
