import { dryRunVerdicts } from '../../take-on/dry-run-verdicts.js';
import { withTable } from './written-tables.js';

/**
 * The page on the first week with what a dry run says of a line, in its order.
 *
 * @throws Error when the page has no place for it.
 */
export function withVerdictTable(page: string): string {
  const rows = Object.entries(dryRunVerdicts).map(([verdict, means]) => `| \`${verdict}\` | ${means} |`);
  return withTable(page, 'verdicts', ['| verdict | means |', '| --- | --- |', ...rows].join('\n'));
}
