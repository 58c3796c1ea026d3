import { LedgerError } from '../../errors.js';
import { fingerprints } from '../../ledger/key-ring.js';
import type { Verb } from '../../ledger/verb.js';
import { findFirst } from '../../ledger/find-first.js';
import { limits } from '../../schemas.js';
import { canonicalJson } from '../../rules/canonical-json.js';
import { checkAll } from '../../rules/check-all.js';
import { dateOf, dayNumber, instantText } from '../../rules/dates.js';
import { digest } from '../../rules/fingerprints.js';
import { formatMoney, parseMoney } from '../../rules/money.js';
import { loadMandate } from './load.js';
import { type Mandate, mandateAt, mandateView } from './records.js';
import { storeMandate } from './write.js';

/** An officer proposes what the bank's rules may approve by themselves. It allows nothing before a second person grants it. */
export const proposeMandate: Verb<'proposeMandate'> = async (call, input) => {
  const { work, caller, now } = call;
  const { idempotencyKey, ...proposed } = input;
  const keys = await fingerprints(work);
  const request = digest(canonicalJson(input));
  const ids = keys.candidates('mandate', `${caller.mspId}\n${idempotencyKey}`);
  const { id, record: known } = await findFirst(work, ids, (one) => mandateAt(caller.mspId, one, 1));
  if (known !== undefined) {
    if (known.request !== request)
      throw new LedgerError('IDEMPOTENCY_KEY_REUSED', { field: 'idempotencyKey' });
    return mandateView(await loadMandate(call, id));
  }
  const { largest, total } = checkAll({
    largest: () => parseMoney(proposed.largest, 'largest'),
    total: () => parseMoney(proposed.total, 'total'),
    validUntil: () => {
      const days = dayNumber(proposed.validUntil) - dayNumber(dateOf(now));
      if (days < 0 || days > limits.mandateDays)
        throw new LedgerError('DATE_INVALID', { field: 'validUntil' });
    },
  });
  if (largest.currency !== total.currency)
    throw new LedgerError('CURRENCY_MIXED', { field: 'total.currency' });
  const mandate: Mandate = {
    id,
    state: 'proposed',
    seq: 1,
    bank: caller.mspId,
    ...proposed,
    left: formatMoney(total.minor, total.currency),
    proposedBy: caller.person,
    createdAt: instantText(now),
    updatedAt: instantText(now),
    request,
  };
  storeMandate(call, mandate);
  return mandateView(mandate);
};
