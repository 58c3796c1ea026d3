import { withTable } from '@pledgeonce/gateway/api/description/written-tables.js';
import { aboutNobodys, agreedOnOthers, emptyForOthers } from './others-records.js';

/** The page `docs/authorisation.md` with what another's record is refused with. @throws Error when it has no place for it. */
export function withOthersTable(page: string): string {
  const byRule = new Map<string, readonly string[]>();
  for (const [name, { kinds, roles }] of agreedOnOthers) {
    const rule = `${kinds[0]} | \`${roles[0]}\``;
    byRule.set(rule, [...(byRule.get(rule) ?? []), name]);
  }
  const rows = [...byRule].map(([rule, names]) => `| ${rule} | ${listOf(names)} |`);
  const table = [
    "| Another's | is refused with | by |",
    '| --- | --- | --- |',
    ...rows,
    `| anything | an empty place in the answer | ${listOf(emptyForOthers)} |`,
    `| none can be named | | ${listOf(aboutNobodys)} |`,
  ];
  return withTable(page, 'others', table.join('\n'));
}

function listOf(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
