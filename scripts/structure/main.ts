import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { projectRoot } from '../stack/options.js';
import { arrowsUp, testsShipped } from './arrows.js';
import { cyclesOf } from './cycles.js';
import { readImports } from './read-imports.js';
import { unguardedPrograms } from './unguarded.js';

// Part of the lint: what no rule of ESLint sees, because it takes all files at once.
new Command('structure')
  .description('Finds import cycles and arrows that run back up between folders: npm run lint')
  .allowExcessArguments(false)
  .parse();
const { workspaces } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
  readonly workspaces: readonly string[];
};
const imports = readImports(projectRoot, workspaces);
const wrong = [
  ...cyclesOf(imports).map((cycle) => `these files import each other: ${cycle.join(', ')}`),
  ...arrowsUp(imports),
  ...testsShipped(imports),
  ...unguardedPrograms(imports, (file) =>
    /\.deserializeBinary\(/.test(readFileSync(join(projectRoot, file), 'utf8')),
  ),
];
for (const sentence of wrong) process.stdout.write(`${sentence}\n`);
process.stdout.write(`structure: ${imports.size} files, ${wrong.length} wrong\n`);
process.exit(wrong.length === 0 ? 0 : 1);
