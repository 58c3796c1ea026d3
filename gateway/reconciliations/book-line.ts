import { type ClaimState, claimStates, moneySchema } from '@pledgeonce/chaincode/api.js';
import { date, opaqueId, text } from '@pledgeonce/chaincode/schemas.js';
import { z } from 'zod';
import { wordsIn } from '../certificates/words.js';

/** States under the words that people write for them: the registry's own, English and Chinese. */
const states: ReadonlyMap<string, ClaimState> = new Map(
  claimStates.flatMap((state) =>
    [state, wordsIn('en').valueOf(state), wordsIn('zh').valueOf(state)].map((word) => [
      word.toLowerCase(),
      state,
    ]),
  ),
);

const stateWord = z
  .string()
  .trim()
  .transform((word, context) => {
    const state = states.get(word.toLowerCase());
    if (state !== undefined) return state;
    context.issues.push({ code: 'custom', input: word, message: 'This is no state of a claim.' });
    return z.NEVER;
  });

/** What a bank's own book says of one claim. What it leaves out is not compared. */
export const bookLineSchema = z
  .strictObject({
    /** The bank's own number of the loan, as it stated it when it claimed. */
    applicationNumber: text(64).optional(),
    /** The registry's id, where the book keeps it. */
    claim: opaqueId.optional(),
    outstanding: moneySchema,
    state: stateWord.optional(),
    dueDate: date.optional(),
  })
  .refine(({ applicationNumber, claim }) => applicationNumber !== undefined || claim !== undefined, {
    message: 'The line says neither its application number nor its claim.',
    path: ['applicationNumber'],
  });
export type BookLine = z.infer<typeof bookLineSchema>;
