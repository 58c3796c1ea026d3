import type { ErrorCode, LedgerError } from '@pledgeonce/chaincode/errors.js';
import type { LoanView } from '@pledgeonce/chaincode/loans/api.js';
import type { Decision } from './decide.js';

/** Refusals after which the application is looked at again: the same decision, or one on newer facts, can stand then. */
const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'INTERNAL',
  'NOT_INITIALISED',
  'CLOCK_SKEW',
  'VERSION_CONFLICT',
]);
const mandates: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'MANDATE_NOT_FOUND',
  'MANDATE_NOT_LIVE',
  'MANDATE_EXCEEDED',
]);

/**
 * What to decide when the ledger refuses a decision, because something has changed since the facts were read: another
 * bank was faster, the enterprise revoked its authorisation, the mandate ended.
 *
 * @returns undefined when the refusal is no reason to decide otherwise.
 */
export function afterRefusal(
  { decision, reasons }: Decision,
  { code, body }: LedgerError,
  { lines }: Pick<LoanView, 'lines'>,
): Exclude<Decision, { readonly decision: 'approved' }> | undefined {
  if (passing.has(code) || decision === 'referred') return undefined;
  if (mandates.has(code)) {
    const stopped = { rule: 'mandate', detail: body.detail };
    // Reasons to decline stay reasons; that all was well is none to refer.
    return { decision: 'referred', reasons: decision === 'declined' ? [...reasons, stopped] : [stopped] };
  }
  if (code === 'AUTHORISATION_REVOKED') {
    return { decision: 'declined', reasons: [{ rule: 'authorisation', detail: body.detail }] };
  }
  if (body.lines !== undefined && body.lines.length > 0) {
    const faults = body.lines.map(({ line, detail }) => `${lines[line]?.document.number ?? line}: ${detail}`);
    return { decision: 'declined', reasons: [{ rule: 'balance', detail: faults.join(' ').slice(0, 500) }] };
  }
  return { decision: 'referred', reasons: [{ rule: 'ledger', detail: body.detail }] };
}
