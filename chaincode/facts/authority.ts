import type { FactType, PartyId } from '../api.js';
import { catalogue } from '../catalogue.js';
import { LedgerError } from '../errors.js';
import { factAt, type FactHead } from './records.js';
import type { Call, Caller } from '../ledger/call.js';

/** @throws LedgerError WRONG_ORGANISATION when the caller's organisation does not record such documents. */
export function assertRecorder({ kind }: Caller, type: FactType): void {
  if (!catalogue[type].recordedBy.includes(kind))
    throw new LedgerError('WRONG_ORGANISATION', { field: 'type' });
}

/** Whether a user of the enterprise portal acts for this party; other organisations have no such limit. */
export function actsFor({ kind, uscc }: Caller, party: PartyId): boolean {
  return kind !== 'enterprise' || (party.scheme === 'USCC' && party.id === uscc);
}

/**
 * The fact, for its authority, whatever has become of it.
 *
 * @throws LedgerError FACT_NOT_FOUND, WRONG_ORGANISATION or OTHER_ENTERPRISE.
 */
export async function ownFact({ work, caller }: Call, id: string): Promise<FactHead> {
  const head = await work.read(factAt(id));
  if (head === undefined) throw new LedgerError('FACT_NOT_FOUND', { field: 'id' });
  if (head.authority !== caller.mspId) throw new LedgerError('WRONG_ORGANISATION');
  if (!actsFor(caller, head.seller)) throw new LedgerError('OTHER_ENTERPRISE');
  return head;
}

/**
 * The fact, for its authority to change.
 *
 * @throws LedgerError FACT_NOT_FOUND, WRONG_ORGANISATION, OTHER_ENTERPRISE, VERSION_CONFLICT, FACT_CANCELLED or FACT_REPLACED.
 */
export async function factToChange(
  call: Call,
  id: string,
  expectedVersion: number | undefined,
): Promise<FactHead> {
  const head = await ownFact(call, id);
  if (expectedVersion !== undefined && expectedVersion !== head.version)
    throw new LedgerError('VERSION_CONFLICT');
  if (head.status === 'cancelled') throw new LedgerError('FACT_CANCELLED');
  if (head.status === 'replaced') throw new LedgerError('FACT_REPLACED');
  return head;
}

/** @throws LedgerError CURRENCY_MIXED: what has been drawn is counted in the currency of the first version. */
export function assertCurrency(existing: FactHead, currency: string): void {
  if (existing.currency === currency) return;
  throw new LedgerError('CURRENCY_MIXED', {
    detail: `The balance was recorded in ${existing.currency === '' ? 'no currency' : existing.currency}, which cannot change.`,
    field: 'total.currency',
  });
}
