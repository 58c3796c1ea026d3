import type { Call } from '../../ledger/call.js';
import { instantText } from '../../rules/dates.js';
import { type Mandate, mandateAt, publicMandateAt } from './records.js';

export function storeMandate({ work }: Call, mandate: Mandate): void {
  const { id, bank, state, seq } = mandate;
  work.write(mandateAt(bank, id, seq), mandate);
  work.write(publicMandateAt(id), { state, seq });
  work.changed({ kind: 'mandate', id, state, seq });
}

/** Writes the next version. */
export function changeMandate(call: Call, mandate: Mandate, changes: Partial<Mandate>): Mandate {
  const next = { ...mandate, ...changes, seq: mandate.seq + 1, updatedAt: instantText(call.now) };
  storeMandate(call, next);
  return next;
}
