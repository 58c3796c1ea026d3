import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { foldId } from './enrolment-id.js';
import type { Invitation } from './person-record.js';

/** Crockford's: nothing that is taken for something else when it is read out. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const codeBytes = 15;
const groupLength = 4;
const day = 24 * 60 * 60_000;

/** @param days How long the code may be used. */
export function newInvitation(by: string, days: number, now: number): Invitation {
  const expiresAt = new Date(now + days * day).toISOString();
  return { nonce: randomBytes(16).toString('base64url'), expiresAt, by };
}

/** The one-time code: 120 bits that follow from the host's key, so that the code itself lies nowhere. */
export function codeOf(id: string, { nonce }: Pick<Invitation, 'nonce'>, masterKey: Uint8Array): string {
  const bytes = createHmac('sha256', masterKey)
    .update(JSON.stringify(['invitation', foldId(id), nonce]))
    .digest()
    .subarray(0, codeBytes);
  let bits = [...bytes].reduce((all, byte) => (all << 8n) | BigInt(byte), 0n);
  let code = '';
  for (let left = (codeBytes * 8) / 5; left > 0; left--) {
    code = (alphabet[Number(bits & 31n)] ?? '') + code;
    bits >>= 5n;
  }
  return code.replace(new RegExp(`.{${groupLength}}(?=.)`, 'g'), '$&-');
}

/** Whether this is the code of the invitation, however it was typed. */
export function isCode(
  typed: string,
  id: string,
  invitation: Pick<Invitation, 'nonce'>,
  masterKey: Uint8Array,
): boolean {
  const plain = (code: string) =>
    code.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  const [given, right] = [typed, codeOf(id, invitation, masterKey)].map((code) =>
    createHmac('sha256', masterKey).update(plain(code)).digest(),
  );
  return given !== undefined && right !== undefined && timingSafeEqual(given, right);
}
