import { LedgerError } from '../../errors.js';
import { createdBefore } from '../../ledger/create-once.js';
import { fingerprints } from '../../ledger/key-ring.js';
import type { Verb } from '../../ledger/verb.js';
import { limits } from '../../schemas.js';
import { canonicalJson } from '../../rules/canonical-json.js';
import { checkAll } from '../../rules/check-all.js';
import { dateOf, dayNumber, instantText } from '../../rules/dates.js';
import { digest } from '../../rules/fingerprints.js';
import { formatMoney, parseMoney } from '../../rules/money.js';
import { type Mandate, mandateVersions, mandateView } from './records.js';
import { storeMandate } from './write.js';

/** An officer proposes what the bank's rules may approve by themselves. It allows nothing before a second person grants it. */
export const proposeMandate: Verb<'proposeMandate'> = async (call, input) => {
  const { work, caller, now } = call;
  const { idempotencyKey, ...proposed } = input;
  const keys = await fingerprints(work);
  const request = digest(canonicalJson(input));
  const { id, known } = await createdBefore(call, keys, mandateVersions, {
    idempotencyKey,
    request,
  });
  if (known !== undefined) return mandateView(known);
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
