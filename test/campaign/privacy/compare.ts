import { randomBytes } from 'node:crypto';
import type { Answer, Client } from '@pledgeonce/scripts/rest/client.js';

/** A question, as of something that is there and as of something that is not. */
export interface Pair {
  readonly name: string;
  readonly client: Client;
  readonly there: () => Question;
  readonly notThere: () => Question;
}

interface Question {
  readonly path: string;
  readonly body?: object;
}

/** An id as all are made, of nothing. */
export function nobodysId(): string {
  return randomBytes(32).toString('hex');
}

export interface Compared {
  readonly violations: readonly string[];
  readonly asked: number;
  /** How long answers took, in figures. */
  readonly figures: string;
}

/** Asks both ways in turn: status and size have to be the same; how long each took is told. */
export async function compare({ name, client, there, notThere }: Pair, times: number): Promise<Compared> {
  const violations: string[] = [];
  const took = { there: [] as number[], not: [] as number[] };
  for (let time = 0; time < times; time += 1) {
    // Whichever comes first may find a connection cold or a cache warm.
    const order = time % 2 === 0 ? (['there', 'not'] as const) : (['not', 'there'] as const);
    const shapes = { there: '', not: '' };
    for (const which of order) {
      const { path, body } = which === 'there' ? there() : notThere();
      const begun = performance.now();
      const answer = await (body === undefined ? client.get(path) : client.post(path, body));
      took[which].push(performance.now() - begun);
      shapes[which] = shapeOf(answer, path);
    }
    if (shapes.there !== shapes.not)
      violations.push(`${name}: ${shapes.there}, but ${shapes.not} of nothing`);
  }
  return { violations: [...new Set(violations)], asked: 2 * times, figures: `${name} ${figuresOf(took)}` };
}

/** What an onlooker sees: status, length of the body, and which headers there are, without what every answer has anew. */
function shapeOf({ status, headers, body }: Answer, path: string): string {
  const length = Buffer.byteLength(JSON.stringify(body).replaceAll(path.split('/').at(-1) ?? path, ''));
  return `${status}, ${length} bytes, ${[...headers.keys()].sort().join(' ')}`;
}

function figuresOf({
  there,
  not,
}: {
  readonly there: readonly number[];
  readonly not: readonly number[];
}): string {
  const median = (list: readonly number[]) => [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0;
  return `${median(there).toFixed(1)}/${median(not).toFixed(1)} ms, ${(100 * likelihood(there, not)).toFixed(0)} %`;
}

/**
 * How often one of the first took longer than one of the second (Mann and Whitney's statistic): a half when time tells
 * nothing, all or none when it tells everything.
 */
export function likelihood(first: readonly number[], second: readonly number[]): number {
  let longer = 0;
  for (const one of first) for (const other of second) longer += one > other ? 1 : one === other ? 0.5 : 0;
  return first.length * second.length === 0 ? 0.5 : longer / (first.length * second.length);
}
