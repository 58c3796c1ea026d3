import type { Input } from '../api.js';
import { LedgerError } from '../errors.js';
import type { Call } from '../ledger/call.js';
import type { Verb } from '../ledger/verb.js';
import { instantText } from '../rules/dates.js';
import { stateAfter } from './change.js';
import type { Claim, Reversal } from './records.js';
import { reverseDisbursement } from './reverse-disbursement.js';
import { reverseRepayment } from './reverse-repayment.js';
import { type Apply, type Proposer, takeStep } from './take-step.js';

/**
 * Two people take back what was entered by mistake: a payout, a repayment or a notice to the debtor. The balance follows,
 * and the entry stays on the record beside its reversal. While a claim is in dispute no party changes what it is about.
 */
export const reverseEntry: Verb<'reverseEntry'> = (call, command) =>
  takeStep(call, 'reverseEntry', command, reverse);

/** What a reversal changes of a claim. */
export const reverse: Apply<'reverseEntry'> = async (call, claim, command, proposedBy) => {
  if ((command.entry === 'repayment') !== (command.repayment !== undefined)) {
    throw new LedgerError('INPUT_INVALID', {
      detail: 'Say which repayment, by its place in the list; and only of a repayment.',
      field: 'repayment',
    });
  }
  return entries[command.entry](call, claim, reversalOf(call, command, proposedBy), command);
};

type Entry = Input<'reverseEntry'>['entry'];

const entries: {
  readonly [E in Entry]: (
    call: Call,
    claim: Claim,
    reversal: Reversal,
    command: Input<'reverseEntry'>,
  ) => Promise<Partial<Claim>>;
} = {
  disbursement: reverseDisbursement,
  repayment: (call, claim, reversal, { repayment = 0 }) =>
    reverseRepayment(call, claim, reversal, repayment - 1),
  'debtor-notice': reverseNotice,
};

/** After it the registry names no bank to the debtor, until a right notice is recorded. */
function reverseNotice(_call: Call, claim: Claim, reversal: Reversal): Promise<Partial<Claim>> {
  const state = stateAfter(claim, 'reverse-notice');
  const { debtorNotice } = claim;
  if (debtorNotice?.bank !== claim.owner) throw new LedgerError('ENTRY_NOT_FOUND', { field: 'entry' });
  const taken = { entry: 'debtor-notice' as const, debtorNotice, ...reversal };
  return Promise.resolve({
    state,
    debtorNotice: undefined,
    debtors: undefined,
    reversals: [...(claim.reversals ?? []), taken],
  });
}

function reversalOf(
  { caller, now }: Call,
  { reason }: Input<'reverseEntry'>,
  proposedBy: Proposer | undefined,
): Reversal {
  const confirmedBy = { mspId: caller.mspId, id: caller.person };
  return { reason, at: instantText(now), proposedBy: proposedBy ?? confirmedBy, confirmedBy };
}
