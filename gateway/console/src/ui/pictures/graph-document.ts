import type { MoneyValue } from '../money-format.js';

/** A document as the picture of a trade shows it. */
export interface GraphDocument {
  readonly type: string;
  readonly number: string;
  readonly amount?: MoneyValue | undefined;
  readonly cites: readonly { readonly type: string; readonly number: string }[];
  readonly isSubject?: boolean;
}
