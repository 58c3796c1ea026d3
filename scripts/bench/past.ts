import { randomInt } from 'node:crypto';
import type { Client } from '../rest/client.js';
import { signIn } from '../rest/client.js';
import type { StackDescription } from '../stack/description.js';

/** How fast an authority records documents, and how fast it brings as many items of its past. */
export interface PastFigure {
  readonly items: number;
  /** Items a second. */
  readonly ordinary: number;
  readonly past: number;
  /** Of the past: the changes, which wait for their documents. */
  readonly changes: number;
}

const year = new Date().getUTCFullYear();
const seller = { scheme: 'USCC', id: '91330200MA2CKXQ85H', name: 'Ningbo Harbour Tools' };

/**
 * Imports so many documents, and then as many items of a past: six documents of ten, three amendments and one cancellation,
 * in an order of chance.
 *
 * @throws Error when an item is refused.
 */
export async function measurePast(stack: StackDescription, items: number): Promise<PastFigure> {
  const customs = await signIn(stack, 'CustomsMSP', 'officer');
  const ordinary = await rateOf(customs, '', documents(items));
  const facts = documents(Math.round(items * 0.6));
  const changes = facts.slice(0, items - facts.length).map(({ number, total }, index) => {
    const document = { type: 'customs-declaration', number };
    const why = { on: `${year}-01-0${(index % 9) + 1}`, reason: 'Corrected.' };
    const lower = { ...total, amount: '900.00' };
    return index % 4 === 3
      ? { cancels: document, ...why }
      : { amends: document, changes: { total: lower }, ...why };
  });
  const past = await rateOf(customs, '?past=true', shuffled([...facts, ...changes]));
  return { items, ordinary, past, changes: changes.length };
}

/** Declarations of last year, no two of one amount. */
export function documents(count: number) {
  const from = randomInt(100_000_000);
  return Array.from({ length: count }, (_, index) => ({
    type: 'customs-declaration',
    number: `2218${year - 1}0${String(from + index).padStart(9, '0')}`,
    date: `${year - 1}-${String((index % 12) + 1).padStart(2, '0')}-${String((index % 28) + 1).padStart(2, '0')}`,
    seller,
    // Papers of one amount would be look-alikes of each other.
    total: {
      amount: `${1_000 + randomInt(900_000)}.${String(index % 100).padStart(2, '0')}`,
      currency: 'USD',
    },
  }));
}

async function rateOf(customs: Client, query: string, items: readonly object[]): Promise<number> {
  return items.length / (await sendLines(customs, `/facts/import${query}`, items));
}

/**
 * Sends a file of lines and reads every verdict.
 *
 * @returns the seconds that it took.
 * @throws Error when a line is refused.
 */
export async function sendLines(client: Client, path: string, items: readonly object[]): Promise<number> {
  const begun = performance.now();
  const response = await client.fetch('POST', path, {
    body: items.map((item) => JSON.stringify(item)).join('\n'),
    headers: { 'content-type': 'application/x-ndjson' },
  });
  const verdicts = (await response.text()).split('\n').filter((line) => line !== '');
  const seconds = (performance.now() - begun) / 1000;
  const bad = verdicts.find((line) => /"status":"(refused|pending)"/.test(line));
  if (response.status !== 200 || bad !== undefined)
    throw new Error(`Not all were taken: ${bad ?? verdicts.join(' ')}`);
  return seconds;
}

function shuffled<T>(items: readonly T[]): T[] {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [mixed[last], mixed[other]] = [mixed[other] as T, mixed[last] as T];
  }
  return mixed;
}
