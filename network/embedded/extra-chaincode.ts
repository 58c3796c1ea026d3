import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { furtherCollections } from '../consortium.js';

const address = z.string().regex(/^[^:]+:\d+$/, 'host:port');

const schema = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/),
  version: z.string().min(1),
  endorsement: z.string().min(1),
  collections: furtherCollections,
  /** Where its server (or servers) answer; it must register as `<name>:<version>`. */
  address: z.union([address, z.array(address).min(1)]),
  /** PEM; without it the connection is not encrypted. */
  tlsRootCerts: z.string().optional(),
});

/** A chaincode besides the consortium's own. */
export type ExtraChaincode = z.infer<typeof schema>;

/**
 * Reads the description of a chaincode that runs beside the consortium's own.
 *
 * @throws Error with one line per fault.
 */
export function readExtraChaincode(file: string): ExtraChaincode {
  const result = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!result.success) {
    throw new Error(`${file} does not describe a chaincode:\n${z.prettifyError(result.error)}`);
  }
  return result.data;
}
