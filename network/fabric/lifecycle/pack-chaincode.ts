import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { tar } from './tar.js';

export interface ChaincodePackage {
  readonly label: string;
  /** `<label>:<SHA-256 of the package>`, the name under which peers and chaincode servers know it. */
  readonly id: string;
  readonly bytes: Buffer;
}

/**
 * Packs a chaincode that runs as a service. The package holds no code but names it by its hash, so that all
 * organisations approve the same code by approving the same package id; where it runs each organisation decides.
 */
export function packChaincode(name: string, version: string, packageDir: string): ChaincodePackage {
  const label = `${name}_${version}`;
  const code = gzipSync(
    tar({ 'code.json': JSON.stringify({ name, version, sha256: digestOf(packageDir) }) }),
  );
  const metadata = JSON.stringify({ path: '', type: 'pledgeonce-service', label });
  const bytes = gzipSync(tar({ 'metadata.json': metadata, 'code.tar.gz': code }));
  return { label, id: `${label}:${createHash('sha256').update(bytes).digest('hex')}`, bytes };
}

/** SHA-256 over the names and contents of `package.json` and of all the compiled code but its tests. */
export function digestOf(packageDir: string): string {
  const hash = createHash('sha256');
  const scripts = readdirSync(packageDir, { recursive: true, encoding: 'utf8' }).filter(isShipped).sort();
  for (const file of ['package.json', ...scripts]) {
    hash.update(`${file}\0`).update(
      createHash('sha256')
        .update(readFileSync(join(packageDir, file)))
        .digest(),
    );
  }
  return hash.digest('hex');
}

/** Specs and what helps them is in no package: what the organisations approve is the code that runs. */
function isShipped(file: string): boolean {
  const folders = file.split(/[\\/]/);
  return (
    file.endsWith('.js') &&
    !file.endsWith('.spec.js') &&
    !folders.some((folder) => folder === 'node_modules' || folder === 'testing')
  );
}
