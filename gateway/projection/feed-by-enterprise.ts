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
  readonly facts: readonly string[];
}

const ownerSchema = z.object({ enterprise: z.string().nullable() }).nullable();

/** How the tables say which enterprise of the portal a record belongs to, by its kind in an event. */
const owners: Readonly<Record<string, string>> = {
  fact: 'SELECT enterprise FROM facts WHERE id = ?',
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
  const enterprise = ownerOf(database, content.kind, content.id);
  return enterprise === undefined ? [] : [{ kind: 'change', content, enterprise }];
}

/** An alert on documents of several enterprises becomes one for each, with its own documents. */
export function alertsOfEnterprises(database: Database, content: Alert): Happened[] {
  const byEnterprise = new Map<string, string[]>();
  for (const fact of content.facts) {
    const enterprise = ownerOf(database, 'fact', fact);
    if (enterprise !== undefined)
      byEnterprise.set(enterprise, [...(byEnterprise.get(enterprise) ?? []), fact]);
  }
  return [...byEnterprise].map(([enterprise, facts]) => ({
    kind: 'alert',
    content: { ...content, facts },
    enterprise,
  }));
}

function ownerOf(database: Database, kind: string, id: string): string | undefined {
  const sql = owners[kind];
  if (sql === undefined) return undefined;
  return ownerSchema.parse(database.get(sql, [id]))?.enterprise ?? undefined;
}
