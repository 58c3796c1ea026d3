import type { FactView, Input } from '../api.js';
import { LedgerError } from '../errors.js';
import type { Call } from '../ledger/call.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import type { ChangeNote, FactHead, FactVersion } from './records.js';
import { alertEndOfCover } from '../insurance/end-of-cover.js';
import { assertBank } from '../members/banks.js';
import { loadUnderlying } from '../underlyings/load.js';
import { assertCurrency, factToChange } from './authority.js';
import { assertMayWithdrawCredit } from './credit-notes.js';
import { latestVersion } from './latest.js';
import { prepareFact } from './prepare.js';
import { storeFact } from './store.js';
import { type Change, takeFactStep } from './take-step.js';

/** The authority corrects a document. What has been drawn stays drawn, even if the document now allows less. */
export const amendFact: Verb<'amendFact'> = (call, command) =>
  takeFactStep<'amendFact'>(call, 'amendment', command, amend);

/** Amends the document. @param proposedBy who proposed it, where two people do. */
export const amend: Change<'amendFact'> = async (
  call,
  { id, expectedVersion, changes, reason },
  proposedBy,
) => {
  const head = await factToChange(call, id, expectedVersion);
  return amendHead(call, head, changes, { reason, proposedBy });
};

/** Stores the next version of a document that may be changed. */
export async function amendHead(
  call: Call,
  head: FactHead,
  changes: Input<'amendFact'>['changes'],
  why: ChangeNote,
): Promise<FactView> {
  const { work, now } = call;
  const { id } = head;
  const keys = await fingerprints(work);
  const latest = await latestVersion(work, head);
  const bank = changes.letterOfCredit?.availableWith;
  if (bank !== undefined) await assertBank(call, bank, 'changes.letterOfCredit.availableWith');
  const prepared = prepareFact(changed(latest.content, changes), now, head.authority);
  assertCurrency(head, prepared.balance.currency);
  if (prepared.key.issuingBank !== head.issuingBank) {
    throw new LedgerError('FIELD_NOT_ALLOWED', {
      detail: 'A credit of another issuing bank is another credit: cancel this one and record that.',
      field: 'changes.letterOfCredit.issuingBank',
    });
  }
  await assertMayWithdrawCredit(call, head, await loadUnderlying(work, head.underlying));
  const view = await storeFact(call, keys, prepared, {
    id,
    version: head.version + 1,
    status: 'amended',
    checkCode: head.checkCode,
    recordedAt: latest.recordedAt,
    ...why,
    before: head,
  });
  await alertEndOfCover(call, head, latest.content, prepared.content);
  return view;
}

/** The document with the changes. A new total is also payable in full, unless something had been paid before. */
function changed(content: FactVersion['content'], changes: Input<'amendFact'>['changes']) {
  const total = changes.total ?? content.total;
  const unpaid = content.payable?.amount === content.total?.amount;
  const payable = changes.payable ?? (unpaid ? total : content.payable);
  return { ...content, ...changes, date: changes.date ?? content.date, total, payable };
}
