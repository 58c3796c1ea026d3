import { randomBytes } from 'node:crypto';

/** A name that no other probe and no earlier run uses: the ledger keeps everything. */
export function fresh(name: string): string {
  return `${name}-${randomBytes(6).toString('hex')}`;
}
