import { readFileSync } from 'node:fs';
import { z } from 'zod';

const positive = z.number().int().positive();

/** What the door of a container is told. */
export const doorFileSchema = z.strictObject({
  /** Listens here, `host:port`. */
  address: z.string().min(1),
  /** Its certificate, the key of it, and the root that has issued the orderer's: files. */
  certFile: z.string().min(1),
  keyFile: z.string().min(1),
  caFile: z.string().min(1),
  /** The orderer behind it, `host:port`. */
  orderer: z.string().min(1),
  channel: z.string().min(1),
  maxEnvelopeBytes: positive,
  limits: z.strictObject({ bytesPerSecond: positive, envelopesPerSecond: positive, streams: positive }),
  /** The connection profile, which says who the members are: a file. */
  connection: z.string().min(1),
  refusedFile: z.string().min(1),
});
export type DoorFile = z.infer<typeof doorFileSchema>;

/**
 * Reads what a door is told.
 *
 * @throws Error with one line per fault.
 */
export function readDoorFile(file: string): DoorFile {
  const result = doorFileSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!result.success) throw new Error(`${file} does not describe a door:\n${z.prettifyError(result.error)}`);
  return result.data;
}
