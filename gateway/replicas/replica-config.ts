import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { publicUrlSchema } from '../doors/door-config.js';
import { assertConnectionString } from '../storage/postgres/connection-string.js';

/** Where the connection string stands unless the configuration names a file. */
export const databaseVariable = 'PLEDGEONCE_DATABASE';
/** Where this replica is reached by the others, unless the configuration says it: all replicas may have one configuration. */
export const addressVariable = 'PLEDGEONCE_REPLICA_ADDRESS';

/** Several gateways of one organisation, which share a PostgreSQL; one serves, the others stand by. */
export const replicasSchema = z.strictObject({
  /** File of the connection string; without it the environment has it. */
  databaseFile: z.string().min(1).optional(),
  /** How the other replicas reach this one. */
  address: publicUrlSchema.optional(),
});
export type ReplicaConfig = z.infer<typeof replicasSchema>;

/** Paths in these settings are relative to the file in which they stand. */
export function replicasAt(config: ReplicaConfig, at: (path: string) => string): ReplicaConfig {
  return { ...config, ...(config.databaseFile !== undefined && { databaseFile: at(config.databaseFile) }) };
}

/**
 * How to reach the database; read anew for every connection.
 *
 * @throws TypeError that repeats nothing of it.
 */
export async function readConnectionString(
  { databaseFile }: ReplicaConfig,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const text =
    databaseFile === undefined ? environment[databaseVariable] : await readFile(databaseFile, 'utf8');
  const trimmed = text?.trim() ?? '';
  assertConnectionString(trimmed, databaseFile ?? `The variable ${databaseVariable}`);
  return trimmed;
}

/**
 * Where the others reach this replica.
 *
 * @param opened The address of its door.
 * @throws Error where the door is open at every address, and nobody has said by which it is reached.
 */
export function ownAddress(
  { address }: ReplicaConfig,
  opened: string,
  environment: NodeJS.ProcessEnv = process.env,
): string {
  const said = address ?? environment[addressVariable];
  if (said !== undefined) return publicUrlSchema.parse(said);
  const { hostname } = new URL(opened);
  if (hostname !== '0.0.0.0' && hostname !== '[::]') return opened;
  throw new Error(
    `Say at which address the other replicas reach this one: replicas.address, or ${addressVariable}.`,
  );
}
