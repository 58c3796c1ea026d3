import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../stack/options.js';

const page = readFileSync(join(projectRoot, 'docs', 'engineering.md'), 'utf8');

/** The headings of the recipes of docs/engineering.md. */
export const recipesOfPage: readonly string[] = [...page.matchAll(/^### (.*)$/gm)].flatMap(
  ([, name]) => name ?? [],
);

/** The files that a recipe of the page leads through, in its order; what is done instead is none of its steps. */
export function filesOfPage(recipe: string): string[] {
  const [, rest = ''] = page.split(`### ${recipe}\n`);
  const [body = ''] = rest.split(/^##/m);
  const steps = body.replace(/; what only .* instead/gs, '');
  return [...steps.matchAll(/`([\w./-]+\.(?:ts|md))`/g)].flatMap(([, file]) => file ?? []);
}
