import { aligned } from './aligned.js';
import type { BenchResult } from './benchmark.js';

/** What as many claims cost something else, measured in the same run. */
export interface BesideFigure {
  /** Claims in each transaction. */
  readonly claims: number;
  readonly items: number;
  readonly seconds: number;
  /** CPU seconds of all that it consists of, without whoever asks. */
  readonly cpu: number;
}

/** Something else beside ours, ready for a terminal or a Markdown page: rates and costs, and ours as so many times its. */
export function besideTable(
  name: string,
  figures: readonly BesideFigure[],
  results: readonly BenchResult[],
): string {
  const rows = figures.flatMap(({ claims, ...its }) => {
    const what = titleOf(claims);
    return results
      .filter((result) => result.what === what)
      .map((ours) => {
        const [rate, itsRate] = [ours.items / ours.seconds, its.items / its.seconds];
        const [cost, itsCost] = [costOf(ours), (its.cpu * 1000) / its.items];
        return [
          ...[what, ours.network, itsRate.toFixed(0), rate.toFixed(0), (itsRate / rate).toFixed(1)],
          ...[itsCost.toFixed(2), cost.toFixed(2), (cost / itsCost).toFixed(1)],
        ];
      });
  });
  const rates = [`${name}, per second`, 'ours', 'its of ours'];
  const costs = [`${name}, CPU ms/claim`, 'ours', 'ours of its'];
  return aligned(['what', 'network', ...rates, ...costs], rows, 2);
}

/** How a row of the bench is named by the claims in each request. */
export function titleOf(claims: number): string {
  return claims === 1 ? 'claims, one per request' : `claims, ${claims} per request`;
}

/** Milliseconds of CPU of one item, over all that runs but whoever asks. */
export function costOf({ items, cpu: { orderers, peers, chaincode, gateways } }: BenchResult): number {
  return ((orderers + peers + chaincode + gateways) * 1000) / items;
}
