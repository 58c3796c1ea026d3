import { z } from 'zod';
import { at, registry } from '../ledger/addresses.js';
import { recordKind, storedMinor } from '../ledger/records.js';
import { Versions } from '../ledger/versions.js';
import { partyIdSchema } from '../schemas.js';
import { type DebtView, debtViewSchema } from './api.js';

const debtShape = z.strictObject({
  ...debtViewSchema.shape,
  owner: z.string(),
  fact: z.string(),
  /** Digest of the request that made it. */
  request: z.string(),
});
export type Debt = z.infer<typeof debtShape>;
/** A debt that its debtor has confirmed; it is never taken back, and of an order may be followed by one of more. */
export const debt = recordKind('confirmed debt', 'DE', debtShape);

/** Held by the debtor's portal. */
export const debtVersions = new Versions('debt', debt);

/** What is confirmed of a document, as every draw reads it. */
export const confirmedDebt = recordKind(
  'confirmed debt of a document',
  'DC',
  z.strictObject({
    debt: z.string(),
    currency: z.string(),
    amount: storedMinor,
    payTo: z.string().optional(),
    /** The account that has confirmed it. */
    debtor: partyIdSchema,
    at: z.string(),
  }),
);

export const confirmedDebtAt = (fact: string) => at(registry, confirmedDebt, fact);

/** What the parties read of a confirmed debt: without the keys by which the ledger finds it again. */
export function debtView({ owner: _owner, fact: _fact, request: _request, ...view }: Debt): DebtView {
  return view;
}
