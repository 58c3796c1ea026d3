import { halfOrder } from '@pledgeonce/chaincode/low-s.js';
import { elementAt } from './der.js';

const HALF = Buffer.from(halfOrder.toString(16).padStart(64, '0'), 'hex');

/**
 * Whether a DER signature on P-256 has the lower of the two possible values of s.
 * For each signature (r, s) the pair (r, n − s) is valid too; Fabric takes the lower one only, so that nobody can
 * change a signed transaction's bytes.
 */
export function isLowS(signature: Uint8Array): boolean {
  try {
    const sequence = elementAt(signature, 0);
    const r = elementAt(signature, sequence.content);
    const s = elementAt(signature, r.end);
    if (sequence.tag !== 0x30 || r.tag !== 0x02 || s.tag !== 0x02) return false;
    if (s.end !== signature.length || sequence.end !== signature.length) return false;
    let { content } = s;
    while (content < s.end && signature[content] === 0) content++;
    const length = s.end - content;
    if (length !== 32) return length < 32;
    return Buffer.compare(signature.subarray(content, s.end), HALF) <= 0;
  } catch {
    return false;
  }
}
