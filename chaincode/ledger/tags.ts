import { createHmac } from 'node:crypto';
import { Fingerprints, type FingerprintKey } from '../rules/fingerprints.js';

const tagLength = 32;

/** The keys that are in use, as the registry keeps them. */
interface Ring {
  readonly keys: readonly FingerprintKey[];
  readonly first: string;
}

/**
 * The secret that an organisation shares with the government nodes: with it, and with nothing else, the organisation finds
 * in a block which of its hashed keys are its own. Made of the first key, so it stays when keys are rotated.
 *
 * @returns hexadecimal.
 */
export function addresseeKey({ keys, first }: Ring, mspId: string): string {
  return new Fingerprints(keys, first).candidates('addressee', mspId)[0];
}

/**
 * The key under which a copy lies on the ledger. A block shows everybody its hash; without the addressee's key nobody can
 * tell, or try out, whose copy it is.
 *
 * @param secret the addressee's key.
 */
export function taggedKey(secret: string, key: string): string {
  const tag = createHmac('sha256', Buffer.from(secret, 'hex')).update(key).digest('hex');
  return `${key}~${tag.slice(0, tagLength)}`;
}
