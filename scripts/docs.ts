import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorsMarkdown } from '@pledgeonce/gateway/api/error-docs.js';
import { Command } from 'commander';
import { format, resolveConfig } from 'prettier';
import { projectRoot } from './stack/options.js';

/** The pages that are written out of the code; a spec beside each source keeps them equal. */
const pages: Readonly<Record<string, () => string>> = { 'docs/errors.md': errorsMarkdown };

new Command('docs')
  .description('Writes the pages of the documentation that are made of tables in the code: npm run docs')
  .allowExcessArguments(false)
  .parse();
for (const [page, content] of Object.entries(pages)) {
  const path = join(projectRoot, page);
  const text = await format(content(), { ...(await resolveConfig(path)), filepath: path });
  const isNew = text !== readFileSync(path, 'utf8');
  if (isNew) writeFileSync(path, text);
  process.stdout.write(`${page}: ${isNew ? 'written' : 'as it was'}\n`);
}
