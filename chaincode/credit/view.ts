import type { CreditQueryView } from './api.js';
import type { CreditQuery } from './records.js';

/** An entry without what only the ledger needs. */
export function queryView({ opened: _opened, request: _request, ...view }: CreditQuery): CreditQueryView {
  return view;
}
