import { z } from 'zod';
import type { ImportItem } from './read-import.js';

/** What a verdict says beside the outcome: where the item stood, and what the reading of it left out. */
export const itemNotes = {
  /** Of a table: the line in which the row starts. */
  line: z.number().int().optional(),
  /** Of several files in one request: the name of the file. */
  file: z.string().optional(),
  /** On what was recorded although a part of it could not be taken, or because a person should know. */
  warnings: z
    .array(z.strictObject({ warning: z.string(), field: z.string().optional(), detail: z.string() }))
    .optional(),
};

/** The notes on one item; its refusal carries the warnings too, because what was left out may be the reason. */
export function notesOf(item: ImportItem): z.infer<z.ZodObject<typeof itemNotes>> {
  return {
    ...(item.line !== undefined && { line: item.line }),
    ...(item.file !== undefined && { file: item.file }),
    ...('fact' in item && item.warnings !== undefined && { warnings: [...item.warnings] }),
  };
}
