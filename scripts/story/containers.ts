import { randomInt } from 'node:crypto';
import { isContainer } from '@pledgeonce/chaincode/rules/check-digits.js';

/** A container that no other story uses: containers are what joins trades. */
export function freshContainer(): string {
  const body = `DEMU${String(randomInt(1_000_000)).padStart(6, '0')}`;
  const digit = Array.from({ length: 10 }, (_, one) => one).find((one) => isContainer(`${body}${one}`));
  return `${body}${digit}`;
}
