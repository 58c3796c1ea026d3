import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeWhole } from '../write-whole.js';

/** Why a door keeps something out. */
export const refusalReasons = ['too-large', 'unsigned', 'too-much', 'malformed', 'too-many-streams'] as const;
export type RefusalReason = (typeof refusalReasons)[number];

const refusedSchema = z.strictObject({
  /** Absent where nobody is known to be behind it. */
  mspId: z.string().optional(),
  reason: z.enum(refusalReasons),
  count: z.number().int(),
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
  /** What was said to the last one. */
  info: z.string(),
});
/** What a door has refused one member for one reason. */
export type Refused = z.infer<typeof refusedSchema>;

/** What a door has refused since it was first opened, for the gateway of its organisation. */
export const refusedFileSchema = z.strictObject({ refused: z.array(refusedSchema) });

/** What a former process has counted; a file that cannot be read begins anew, since no door stays shut over its counts. */
export function readRefused(file: string): readonly Refused[] {
  try {
    return refusedFileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).refused;
  } catch {
    return [];
  }
}

/** Replaces the file as a whole: a reader sees one count or the next. */
export function writeRefused(file: string, refused: readonly Refused[]): void {
  writeWhole(file, JSON.stringify({ refused }));
}
