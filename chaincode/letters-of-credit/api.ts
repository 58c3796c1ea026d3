import { z } from 'zod';
import { bic, date, mspId } from '../schemas.js';

/** What only a letter of credit says; its amount is the most that may be drawn, with what it tolerates. */
export const letterOfCreditSchema = z.strictObject({
  /** The bank that has issued it, and given its number. */
  issuingBank: bic,
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
