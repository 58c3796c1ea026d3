import { z } from 'zod';
import { type Address, registry } from '../../ledger/addresses.js';
import { type RecordKind, storedMinor } from '../../ledger/records.js';
import { partyIdSchema } from '../../schemas.js';

const marksShape = z.strictObject({
  marks: z.array(z.strictObject({ payment: z.string(), fact: z.string() })),
});
/** The payments that papers under one name back: a paper's own, one above it, or a container. */
export const marks: RecordKind<z.infer<typeof marksShape>> = {
  name: 'marks',
  shape: marksShape,
  upgrades: [],
};
export const marksAt = (id: string): Address<z.infer<typeof marksShape>> => ({
  collection: registry,
  key: `MK~${id}`,
  kind: marks,
});

const paidShape = z.strictObject({
  /** In minor units of the currency of the invoice. */
  paid: z.array(z.strictObject({ payment: z.string(), amount: storedMinor })),
});
/** What has been paid abroad on one invoice, at whatever banks. */
export const paidOnInvoice: RecordKind<z.infer<typeof paidShape>> = {
  name: 'payments on an invoice',
  shape: paidShape,
  upgrades: [],
};
export const paidOnInvoiceAt = (id: string): Address<z.infer<typeof paidShape>> => ({
  collection: registry,
  key: `MI~${id}`,
  kind: paidOnInvoice,
});

const consentShape = z.strictObject({
  fact: z.string(),
  payer: partyIdSchema,
  /** Who consents: somebody whom the paper names. */
  by: partyIdSchema,
  person: z.string(),
  at: z.string(),
});
/** Somebody whom a paper names lets a payer that it does not name pay on it. */
export const markConsent: RecordKind<z.infer<typeof consentShape>> = {
  name: 'consent to a mark',
  shape: consentShape,
  upgrades: [],
};
export const markConsentAt = (id: string): Address<z.infer<typeof consentShape>> => ({
  collection: registry,
  key: `MC~${id}`,
  kind: markConsent,
});
