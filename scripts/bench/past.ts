import { randomInt } from 'node:crypto';
import type { Client } from '../rest/client.js';
import { signIn } from '../rest/client.js';
import type { StackDescription } from '../stack/description.js';
import { cpuBetween, type CpuSeconds, readCpu } from './cpu.js';

/** What so many items cost that an authority sent in one file. */
export interface ImportFigure {
  readonly items: number;
  /** Of them: changes, which wait for their documents. */
  readonly changes: number;
  readonly seconds: number;
  /** CPU seconds of the parts of the consortium, while the file came. */
  readonly cpu: CpuSeconds;
}

/** An ordinary import, and as many items of a past. */
export interface PastFigure {
  readonly ordinary: ImportFigure;
  readonly past: ImportFigure;
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
  const ordinary = await measured(stack, customs, '', documents(items), 0);
  const facts = documents(Math.round(items * 0.6));
  const changes = facts.slice(0, items - facts.length).map(({ number, total }, index) => {
    const document = { type: 'customs-declaration', number };
    const why = { on: `${year}-01-0${(index % 9) + 1}`, reason: 'Corrected.' };
    const lower = { ...total, amount: '900.00' };
    return index % 4 === 3
      ? { cancels: document, ...why }
      : { amends: document, changes: { total: lower }, ...why };
  });
  const mixed = shuffled([...facts, ...changes]);
  const past = await measured(stack, customs, '?past=true', mixed, changes.length);
  return { ordinary, past };
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

async function measured(
  stack: StackDescription,
  customs: Client,
  query: string,
  items: readonly object[],
  changes: number,
): Promise<ImportFigure> {
  const before = readCpu(stack);
  const seconds = await sendLines(customs, `/facts/import${query}`, items);
  return { items: items.length, changes, seconds, cpu: cpuBetween(before, readCpu(stack)) };
}

/**
 * Sends a file of lines and reads every verdict as it comes, so that nothing limits how many there are but the file itself.
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
  if (response.status !== 200 || response.body === null)
    throw new Error(`Not all were taken: ${await response.text()}`);
  let verdicts = 0;
  let rest = '';
  const text = new TextDecoder();
  for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
    const lines = (rest + text.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    const bad = lines.find((line) => /"status":"(refused|pending)"/.test(line));
    if (bad !== undefined) throw new Error(`Not all were taken: ${bad}`);
    verdicts += lines.length;
  }
  if (rest !== '' || verdicts < items.length)
    throw new Error(`The answer broke off after ${verdicts} verdicts.`);
  return (performance.now() - begun) / 1000;
}

function shuffled<T>(items: readonly T[]): T[] {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [mixed[last], mixed[other]] = [mixed[other] as T, mixed[last] as T];
  }
  return mixed;
}
