import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Consortium, furtherCollections } from '../consortium.js';
import type { ChaincodeDefinition } from './lifecycle/definition.js';

const CHAINCODE_DIR = fileURLToPath(new URL('../../../chaincode', import.meta.url));

const definition = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9]+([-_][A-Za-z0-9]+)*$/),
  version: z.string().regex(/^[A-Za-z0-9_.+-]+$/),
  packageDir: z.string(),
  endorsement: z.string(),
  collections: furtherCollections,
});

/**
 * The consortium's own chaincode as its description defines it, from the package beside this one unless told. The government
 * nodes run it and agree on it, nobody else.
 */
export function ownChaincode(
  { chaincode, collections, organisations }: Consortium,
  packageDir = CHAINCODE_DIR,
): ChaincodeDefinition {
  const runBy = organisations.filter(({ government }) => government).map(({ msp }) => msp);
  return { ...chaincode, packageDir: resolve(packageDir), collections, ...(runBy.length > 0 && { runBy }) };
}

/**
 * Checks a chaincode that somebody else describes.
 *
 * @throws Error with one line per fault.
 */
export function chaincodeDefinition(description: unknown): ChaincodeDefinition {
  const result = definition.safeParse(description);
  if (!result.success) throw new Error(`Not a chaincode definition:\n${z.prettifyError(result.error)}`);
  return { ...result.data, packageDir: resolve(result.data.packageDir) };
}
