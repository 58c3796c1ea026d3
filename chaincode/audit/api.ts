import { z } from 'zod';
import { historySchema, opaqueId } from '../schemas.js';

/** What an organisation holds version by version, as the events of the ledger name it. */
export const ownThings = [
  'claim',
  'payment',
  'fact',
  'authorisation',
  'query',
  'request',
  'offer',
  'check',
  'loan',
  'mandate',
  'assignment',
  'indemnity',
  'objection',
  'consent',
  'correction',
  'debt',
  'reconciliation',
] as const;
export type OwnThing = (typeof ownThings)[number];

export const auditInputs = {
  readOwnHistory: z.strictObject({ of: z.enum(ownThings), id: opaqueId }),
} as const;

export const auditOutputs = {
  readOwnHistory: historySchema,
} as const;
