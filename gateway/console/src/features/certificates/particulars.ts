import type { Field } from '../../ui/form/fields.js';

/** What may be shown of a claim and of a verification; the words stand under `field.` */
export const claimParticulars = [
  'applicationNumber',
  'enterprise',
  'product',
  'amount',
  'outstanding',
  'dueDate',
  'documents',
] as const;
export const verificationParticulars = ['document', 'enterprise', 'total', 'remaining'] as const;

export const ends: Field = { name: 'endsAt', kind: 'moment', hint: 'endsAt' };
