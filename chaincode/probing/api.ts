import { z } from 'zod';
import { opaqueId, text } from '../schemas.js';

const guesses = z.number().int().min(0).max(1_000_000);

export const probingInputs = {
  /** Somebody has guessed at documents as often as an hour allows, and is refused from then on. */
  reportProbing: z.strictObject({
    /** Enrolment id of the person whose guess was the last. */
    person: text(120),
    /** At the portal: the enterprise for which the person acts. */
    enterprise: text(64).optional(),
    /** When the first of the guesses was made. */
    since: z.iso.datetime(),
    /** Questions about documents that are not on record. */
    unknown: guesses,
    /** Questions about documents whose amount or other particulars are not as the asker says. */
    wrong: guesses,
  }),
} as const;

export const probingOutputs = { reportProbing: z.strictObject({ id: opaqueId }) } as const;
