import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withAccessTables } from '@pledgeonce/gateway/api/description/access-docs.js';
import type { ApiContext } from '@pledgeonce/gateway/api/context.js';
import { endpointsOf } from '@pledgeonce/gateway/api/whole-api.js';
import { withEndsTable } from '@pledgeonce/gateway/api/description/ends-docs.js';
import { errorsMarkdown } from '@pledgeonce/gateway/api/description/error-docs.js';
import { withStatesTable } from '@pledgeonce/gateway/api/description/states-docs.js';
import { withVerdictTable } from '@pledgeonce/gateway/api/description/verdict-docs.js';
import { withTable } from '@pledgeonce/gateway/api/description/written-tables.js';
import { standingMarkdown } from '@pledgeonce/gateway/people/standing-table.js';
import { Command } from 'commander';
import { format, resolveConfig } from 'prettier';
import { projectRoot } from './stack/options.js';

/** The operations as every gateway has them; what is behind them is not asked for. */
const endpoints = endpointsOf({
  limits: {},
  organisation: { mspId: 'EnterpriseMSP', kind: 'enterprise' },
} as ApiContext);

/** The pages that are written out of the code; a spec beside each source keeps them equal. */
const pages: Readonly<Record<string, (page: string) => string>> = {
  'docs/errors.md': errorsMarkdown,
  'docs/ledger-model.md': (page) => withStatesTable(withEndsTable(page)),
  'docs/how-to/first-week.md': withVerdictTable,
  'docs/how-to/people-and-certificates.md': (page) => withTable(page, 'standing', standingMarkdown()),
  'docs/authorisation.md': (page) => withAccessTables(page, endpoints),
};

new Command('docs')
  .description('Writes the pages of the documentation that are made of tables in the code: npm run docs')
  .allowExcessArguments(false)
  .parse();
for (const [page, content] of Object.entries(pages)) {
  const path = join(projectRoot, page);
  const known = readFileSync(path, 'utf8');
  const text = await format(content(known), { ...(await resolveConfig(path)), filepath: path });
  const isNew = text !== known;
  if (isNew) writeFileSync(path, text);
  process.stdout.write(`${page}: ${isNew ? 'written' : 'as it was'}\n`);
}
