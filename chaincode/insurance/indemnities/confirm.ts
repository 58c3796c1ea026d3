import { LedgerError } from '../../errors.js';
import { latestContent } from '../../facts/latest.js';
import { factAt } from '../../facts/records.js';
import { createdBefore } from '../../ledger/create-once.js';
import { fingerprints } from '../../ledger/key-ring.js';
import type { Verb } from '../../ledger/verb.js';
import { assertBankOrRemoved } from '../../members/banks.js';
import { findFirst } from '../../ledger/find-first.js';
import { canonicalJson } from '../../rules/canonical-json.js';
import { checkAll } from '../../rules/check-all.js';
import { dateOf, dayNumber, instantText } from '../../rules/dates.js';
import { digest } from '../../rules/fingerprints.js';
import { formatMoney, parseMoney } from '../../rules/money.js';
import { canonicalNumber } from '../../rules/numbers.js';
import { canonicalParty } from '../../rules/parties.js';
import { assigneeAt, assigneeIds } from '../records.js';
import { type Indemnity, indemnityVersions, indemnityView, storeIndemnity } from './records.js';

/**
 * The insurer confirms what it has paid to the bank to which the proceeds for this policy and buyer are assigned. A bank
 * records an indemnity only by quoting one: its own word would use up a limit that the insurer has not touched.
 */
export const confirmIndemnity: Verb<'confirmIndemnity'> = async (call, input) => {
  const { work, caller, now } = call;
  await assertBankOrRemoved(call, input.bank, 'bank');
  const { policy, buyer, amount } = checkAll({
    policy: () => canonicalNumber(input.policy, 'policy'),
    buyer: () => canonicalParty(input.buyer, 'buyer'),
    amount: () => parseMoney(input.amount, 'amount'),
    date: () => {
      // It is tomorrow already somewhere.
      if (dayNumber(input.paidOn) > dayNumber(dateOf(now)) + 1) {
        throw new LedgerError('DATE_INVALID', { field: 'paidOn' });
      }
    },
  });
  const keys = await fingerprints(work);
  const request = digest(canonicalJson(input));
  const { id, known } = await createdBefore(call, keys, indemnityVersions, {
    idempotencyKey: input.idempotencyKey,
    request,
  });
  if (known !== undefined) return indemnityView(known);

  const { record: assignee } = await findFirst(
    work,
    assigneeIds(keys, { insurer: caller.mspId, policy, buyer }),
    assigneeAt,
  );
  const head = assignee && (await work.read(factAt(assignee.fact)));
  if (assignee?.live !== true || assignee.bank !== input.bank || head?.authority !== caller.mspId) {
    throw new LedgerError('NOT_ASSIGNEE', {
      detail: 'The proceeds of this policy for this buyer are not assigned to that bank.',
      field: 'bank',
    });
  }
  const { number: limit } = await latestContent(work, head);
  const money = formatMoney(amount.minor, amount.currency);
  const confirmed: Indemnity = {
    id,
    state: 'confirmed',
    seq: 1,
    insurer: caller.mspId,
    bank: input.bank,
    policy,
    buyer,
    limit,
    amount: money,
    left: money,
    paidOn: input.paidOn,
    createdAt: instantText(now),
    updatedAt: instantText(now),
    fact: head.id,
    confirmedBy: caller.person,
    request,
  };
  storeIndemnity(call, confirmed);
  return indemnityView(confirmed);
};
