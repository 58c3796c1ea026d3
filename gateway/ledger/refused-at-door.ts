import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** What a door before the organisation's orderer refused one member for one reason, as the door counts it. */
export const refusedSchema = z.strictObject({
  /** Absent where nobody is known to be behind it. */
  mspId: z.string().optional(),
  reason: z.enum(['too-large', 'unsigned', 'too-much', 'malformed', 'too-many-streams']),
  count: z.number().int(),
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
  /** What was said to the last one. */
  info: z.string(),
});
export type Refused = z.infer<typeof refusedSchema>;

const fileSchema = z.strictObject({ refused: z.array(refusedSchema) });

/**
 * Reads what the door has written; before it has refused anything there is no file.
 *
 * @returns who was refused, the latest first.
 * @throws Error when the file is there and is not a door's.
 */
export async function readRefusedAtDoor(file: string): Promise<readonly Refused[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const { success, data } = fileSchema.safeParse(JSON.parse(text));
  if (!success) throw new Error(`${file} is not what a door writes.`);
  return data.refused.toSorted((one, other) => other.lastAt.localeCompare(one.lastAt));
}
