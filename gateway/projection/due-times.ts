import { clockToleranceMs } from '@pledgeonce/chaincode/clock.js';
import { offerViewSchema, requestViewSchema } from '@pledgeonce/chaincode/offers/api.js';
import type { OfferView, RequestView } from '@pledgeonce/chaincode/offers/api.js';
import { z } from 'zod';
import type { Database } from './database.js';
import type { ViewRow, ViewTableName } from './view-table.js';

const day = 24 * 3_600_000;
/** Banks get a day to open their offers before it is asked whether a request has lapsed. */
const firstAskedMs = day;

const parentSchema = z.object({ state: z.string(), view: z.string() }).nullable();

/**
 * Notes when something has to be done at a record, so that a round finds what is due by an index and looks at nothing
 * else, however much is open.
 */
export function noteDueTime(database: Database, table: ViewTableName, { view }: ViewRow): void {
  if (table === 'requests') noteRequest(database, requestViewSchema.parse(view));
  else if (table === 'offers') noteOffer(database, offerViewSchema.parse(view));
}

/** An open request is to be closed at its deadline, a closed one to be asked whether it has lapsed. */
function noteRequest(database: Database, { id, state, seq, deadline }: RequestView): void {
  const closesAt = Date.parse(deadline);
  const dueAt = state === 'open' ? closesAt : state === 'closed' ? closesAt + firstAskedMs : undefined;
  setDue(database, 'requests', id, seq, dueAt);
  // From now on what a bank has sealed can be opened, or never.
  if (state !== 'open') {
    database.run(`UPDATE offers SET due_at = ? WHERE parent = ? AND state = 'sealed'`, [
      state === 'closed' ? instant(0) : null,
      id,
    ]);
  }
}

/** A sealed offer is to be opened once its request is closed, or so late that no clock can say otherwise. */
function noteOffer(database: Database, { id, state, seq, request, terms }: OfferView): void {
  const parent = parentSchema.parse(database.get('SELECT state, view FROM requests WHERE id = ?', [request]));
  if (state === 'sealed') setDue(database, 'offers', id, seq, parent && whenOpened(parent));
  else setDue(database, 'offers', id, seq, undefined);
  // As long as an offer can be accepted, nobody need ask whether the request has lapsed.
  if (state === 'opened' && terms !== undefined) {
    const endsAt = Date.parse(terms.validUntil) + day + clockToleranceMs;
    database.run(`UPDATE requests SET due_at = MAX(due_at, ?) WHERE id = ? AND state = 'closed'`, [
      instant(endsAt),
      request,
    ]);
  }
}

function whenOpened({ state, view }: { readonly state: string; readonly view: string }): number | undefined {
  if (state !== 'open') return state === 'closed' ? 0 : undefined;
  const { deadline } = requestViewSchema.parse(JSON.parse(view));
  return Date.parse(deadline) + clockToleranceMs;
}

/** Unless a later version is there. */
function setDue(
  database: Database,
  table: 'requests' | 'offers',
  id: string,
  seq: number,
  at: number | undefined | null,
): void {
  database.run(`UPDATE ${table} SET due_at = ? WHERE id = ? AND seq = ?`, [
    at === undefined || at === null ? null : instant(at),
    id,
    seq,
  ]);
}

/** In the one form in which instants are compared as text. */
function instant(at: number): string {
  return new Date(at).toISOString();
}
