import { z } from 'zod';

const file = z.string().min(1);

/** A PKCS#11 token that makes and keeps the keys with which people, machines and the clerk sign. */
export const tokenSchema = z.strictObject({
  /** The maker's library. */
  library: file,
  /** The label of the token, as it was initialised. */
  label: z.string().min(1).max(32),
  /** File of the user's PIN. */
  pinFile: file,
  /** So many signatures are made at a time. */
  sessions: z.number().int().min(1).max(64).default(4),
});
export type TokenConfig = z.infer<typeof tokenSchema>;

/** Paths in these settings are relative to the file in which they stand. */
export function tokenAt(config: TokenConfig, at: (path: string) => string): TokenConfig {
  return { ...config, library: at(config.library), pinFile: at(config.pinFile) };
}
