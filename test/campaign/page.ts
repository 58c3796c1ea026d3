import { join } from 'node:path';
import { projectRoot } from '@pledgeonce/scripts/stack/options.js';
import { format, resolveConfig } from 'prettier';
import { tableOf, type KeptRound } from './results.js';

/** What sessions have found, a line for each round. */
export const keptFile = join(projectRoot, 'test/campaign/rounds.ndjson');
/** Where the sum of it stands. */
export const reliabilityPage = join(projectRoot, 'docs/reliability.md');

const marks = ['<!-- rounds -->', '<!-- /rounds -->'] as const;

/** @returns the page with the sum of these rounds between its marks. @throws Error when it has no marks. */
export async function pageWithTable(page: string, rounds: readonly KeptRound[]): Promise<string> {
  const [from, to] = marks.map((mark) => page.indexOf(mark));
  if (from === undefined || to === undefined || from < 0 || to < from)
    throw new Error(`The page has no ${marks.join(' … ')}.`);
  const days = rounds.map(({ on }) => on).toSorted();
  const machines = [...new Set(rounds.map(({ machine }) => machine))];
  const when = `${rounds.length} rounds from ${days.at(0) ?? ''} to ${days.at(-1) ?? ''}, on: ${machines.join('; ')}.`;
  const text = `${page.slice(0, from)}${marks[0]}\n\n${when}\n\n${tableOf(rounds)}\n\n${page.slice(to)}`;
  return format(text, { ...(await resolveConfig(reliabilityPage)), filepath: reliabilityPage });
}
