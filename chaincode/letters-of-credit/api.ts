import { z } from 'zod';
import { date, mspId } from '../schemas.js';

/** What only a letter of credit says; its amount is the most that may be drawn, with what it tolerates. */
export const letterOfCreditSchema = z.strictObject({
  /** The bank that has issued it, by its BIC. */
  issuingBank: z
    .string()
    .regex(/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/, 'Write the BIC of the bank: 8 or 11 capitals and digits.'),
  expiresOn: date,
  /** The last day on which documents are presented, where that is earlier. */
  presentBy: date.optional(),
  /** The last day on which goods may be shipped. */
  latestShipment: date.optional(),
  /** The only bank under which it is available; without it any bank. */
  availableWith: mspId.optional(),
});
export type LetterOfCredit = z.infer<typeof letterOfCreditSchema>;

export const creditFactSections = { letterOfCredit: letterOfCreditSchema.optional() };
