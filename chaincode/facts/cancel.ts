import { alertEndOfCover } from '../insurance/end-of-cover.js';
import type { FactView } from '../api.js';
import type { Call } from '../ledger/call.js';
import type { Verb } from '../ledger/verb.js';
import type { ChangeNote, FactHead } from './records.js';
import type { Underlying } from '../underlyings/records.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { forgetLookAlikes } from '../near-duplicates/note.js';
import { instantText } from '../rules/dates.js';
import { loadUnderlying } from '../underlyings/load.js';
import { storeWithAlerts } from '../underlyings/store.js';
import { withoutFact } from './with-fact.js';
import { type Change, takeFactStep } from './take-step.js';
import { factToChange } from './authority.js';
import { assertMayWithdrawCredit } from './credit-notes.js';
import { latestVersion } from './latest.js';
import { assertNotNeeded } from './orders.js';
import { factView } from './view.js';
import { writeFact } from './write.js';

/** The authority takes a document back. Claims on it stay on the record; their holders are alerted. */
export const cancelFact: Verb<'cancelFact'> = (call, command) =>
  takeFactStep<'cancelFact'>(call, 'cancellation', command, cancel);

/** Cancels the document. @param proposedBy who proposed it, where two people do. */
export const cancel: Change<'cancelFact'> = async (call, { id, expectedVersion, reason }, proposedBy) => {
  const head = await factToChange(call, id, expectedVersion);
  return cancelHead(call, head, { reason, proposedBy, changedOn: undefined, change: undefined });
};

/** Takes back a document that may be changed. */
export async function cancelHead(call: Call, head: FactHead, why: ChangeNote): Promise<FactView> {
  const { work, caller, now } = call;
  const { id } = head;
  const latest = await latestVersion(work, head);
  const before = await loadUnderlying(work, head.underlying);
  await assertMayWithdrawCredit(call, head, before);
  if (head.type === 'purchase-order') await assertNotNeeded(work, id, before);
  const trade = await storeWithAlerts(work, withoutFact(before, id));
  alertPayers(work, trade, id);
  await alertEndOfCover(call, head, latest.content);

  const status = 'cancelled' as const;
  const version = head.version + 1;
  const next = { ...head, version, status };
  const by = { mspId: caller.mspId, id: caller.person };
  const record = { ...latest, version, status, by, updatedAt: instantText(now), ...why };
  writeFact(call, next, record, head);
  await forgetLookAlikes(work, id);
  return factView(next, record, trade, []);
}

/** Whoever paid on the document has to know, also where an amendment had already left more paid than the document states. */
function alertPayers(work: UnitOfWork, { draws }: Underlying, fact: string): void {
  const paid = draws.filter((draw) => draw.kind !== undefined && draw.fact === fact);
  const payments = [...new Set(paid.map(({ drawnBy }) => drawnBy))];
  if (payments.length > 0) work.alert({ alert: 'red-letter', payments, facts: [fact] });
}
