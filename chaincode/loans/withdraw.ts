import { LedgerError } from '../errors.js';
import type { Verb } from '../ledger/verb.js';
import { loadLoan } from './load.js';
import { loanVersions, loanView } from './records.js';
import { changeLoan } from './write.js';

/** The enterprise takes its application back while nobody has decided. Doing it again changes nothing. */
export const withdrawLoan: Verb<'withdrawLoan'> = async (call, { id, reason }) => {
  const shown = await loadLoan(call, id);
  if (shown.state === 'withdrawn') return loanView(shown);
  if (shown.state !== 'submitted' && shown.state !== 'referred') throw new LedgerError('LOAN_DECIDED');
  // The bank's copy says more: its next version must keep that.
  const whole = (await call.work.read(loanVersions.at(shown.bank, id, shown.seq))) ?? shown;
  changeLoan(call, whole, { state: 'withdrawn', ...(reason !== undefined && { reason }) });
  return loanView(await loadLoan(call, id));
};
