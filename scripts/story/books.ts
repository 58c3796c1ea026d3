import { randomInt } from 'node:crypto';
import type { FactInput, Money } from '@pledgeonce/chaincode/api.js';
import type { TakeOnLine } from '@pledgeonce/chaincode/take-on/api.js';
import type { Client, Json } from '../rest/client.js';
import { daysFromNow } from './claims.js';
import { Unexpected } from './teller.js';

/** A running loan of so much on one document, as a bank's book has it. */
export function loanOn({ type, number, seller: { scheme, id } }: FactInput, amount: Money): TakeOnLine {
  return {
    reference: `LN-${randomInt(1_000_000_000)}`,
    enterprise: { scheme, id },
    product: 'invoice',
    amount,
    outstanding: amount,
    lines: [{ document: { type, number }, amount }],
    paidOutOn: daysFromNow(-60),
    dueDate: daysFromNow(60),
  };
}

/** Sends a book as lines of JSON, to be tried or to be taken on; the totals are the last of the answers. */
export async function sendBook(
  client: Client,
  path: '/take-on' | '/take-on/dry-run',
  book: readonly TakeOnLine[],
): Promise<readonly Json[]> {
  const response = await client.fetch('POST', path, {
    body: book.map((line) => JSON.stringify(line)).join('\n'),
    headers: { 'content-type': 'application/x-ndjson' },
  });
  const text = await response.text();
  if (response.status !== 200) throw new Unexpected(`The book was answered ${response.status}: ${text}`);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Json);
}

/** `2 taken-on, 1 unmatched`, by a member of the answers. */
export function countedBy(answers: readonly Json[], member: string): string {
  const counts = new Map<string, number>();
  for (const one of answers.slice(0, -1)) {
    const word = String(one[member]);
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].map(([word, count]) => `${count} ${word}`).join(', ');
}
