import type { StackDescription } from '../../stack/description.js';
import { cpuBetween, readCpu } from '../cpu.js';
import { contention } from './contention.js';
import { countChaincode } from './count-chaincode.js';
import type { CountedFigure } from './counted.js';
import { countTables } from './count-tables.js';
import { Field } from './field.js';
import { oneSeller } from './one-seller.js';
import { joining, manyLines, sharedContainer } from './one-trade.js';
import type { GrowthFigure, GrowthRow, Measure } from './row.js';

/** The table of the slopes, played over REST: it drives any consortium that answers there. */
export const growthRows: readonly GrowthRow[] = [contention, sharedContainer, joining, manyLines, oneSeller];

/**
 * Plays rows at their sizes. Each row brings documents and sellers of its own, so none disturbs another.
 *
 * @param scale what part of the full sizes: 1 for all.
 * @param names only these rows; all without.
 */
export async function measureGrowth(
  stack: StackDescription,
  scale: number,
  names: readonly string[] | undefined,
  report: (line: string) => void,
): Promise<readonly GrowthFigure[]> {
  const field = new Field(stack);
  const figures: GrowthFigure[] = [];
  for (const row of growthRows.filter(({ name }) => names?.includes(name) ?? true)) {
    for (const size of row.sizes(scale)) {
      report(`${row.what}, ${size} ${row.unit} …`);
      await row.play(field, size, measuring(stack, row, size, figures, report));
    }
  }
  return figures;
}

/**
 * Counts the work of the same operations without a network: the chaincode on a ledger in memory, and the tables of a gateway.
 *
 * @param scale what part of the full sizes: 1 for all.
 */
export async function countGrowth(
  scale: number,
  report: (line: string) => void,
): Promise<readonly CountedFigure[]> {
  const figures: CountedFigure[] = [];
  for (const part of [countChaincode(scale), countTables(scale)]) {
    for await (const figure of part) {
      figures.push(figure);
      report(`${figure.what}, ${figure.size}: ${JSON.stringify(figure.counts)}`);
    }
  }
  return figures;
}

function measuring(
  stack: StackDescription,
  { what, unit }: GrowthRow,
  size: number,
  figures: GrowthFigure[],
  report: (line: string) => void,
): Measure {
  return async (items, work) => {
    const [before, started] = [readCpu(stack), performance.now()];
    const note = await work();
    const seconds = (performance.now() - started) / 1000;
    const cpu = cpuBetween(before, readCpu(stack));
    figures.push({ what, size, unit, items, seconds, cpu, note });
    report(`  ${items} in ${seconds.toFixed(1)} s, ${(items / seconds).toFixed(0)} a second; ${note}`);
  };
}
