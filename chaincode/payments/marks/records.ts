import { z } from 'zod';
import { at, registry } from '../../ledger/addresses.js';
import { recordKind, storedMinor } from '../../ledger/records.js';
import { Versions } from '../../ledger/versions.js';
import { partyIdSchema } from '../../schemas.js';
import { markConsentViewSchema } from '../api.js';

const marksShape = z.strictObject({
  marks: z.array(z.strictObject({ payment: z.string(), fact: z.string() })),
});
/** The payments that papers under one name back: a paper's own, one above it, or a container. */
export const marks = recordKind('marks', 'MK', marksShape);
export const marksAt = (id: string) => at(registry, marks, id);

const paidShape = z.strictObject({
  /** In minor units of the currency of the invoice. */
  paid: z.array(z.strictObject({ payment: z.string(), amount: storedMinor })),
});
/** What has been paid abroad on one invoice, at whatever banks. */
export const paidOnInvoice = recordKind('payments on an invoice', 'MI', paidShape);
export const paidOnInvoiceAt = (id: string) => at(registry, paidOnInvoice, id);

const consentShape = z.strictObject({
  fact: z.string(),
  payer: partyIdSchema,
  /** Who consents: somebody whom the paper names. */
  by: partyIdSchema,
  person: z.string(),
  at: z.string(),
});
/** Somebody whom a paper names lets a payer that it does not name pay on it. */
export const markConsent = recordKind('consent to a mark', 'MC', consentShape);
export const markConsentAt = (id: string) => at(registry, markConsent, id);

/** The same consent as the portal of who gave it has it, so that it can be listed. */
export const givenMarkConsent = recordKind('given consent to a mark', 'MG', markConsentViewSchema);

/** Held by the enterprise's portal. */
export const markConsentVersions = new Versions('mark-consent', givenMarkConsent);
