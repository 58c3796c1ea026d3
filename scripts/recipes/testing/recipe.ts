import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What is done with one file: it is made, or text is put at a place that is there exactly once. */
export type Step =
  | { readonly file: string; readonly like?: string; readonly whole: string }
  | { readonly file: string; readonly like?: string; readonly after: string; readonly add: string }
  | { readonly file: string; readonly like?: string; readonly before: string; readonly add: string }
  | { readonly file: string; readonly like?: string; readonly instead: string; readonly put: string };

/** A recipe of docs/engineering.md, carried out: the steps in the order of the page. */
export interface Recipe {
  readonly heading: string;
  readonly steps: readonly Step[];
  /** What `npm run docs` then writes. */
  readonly written?: readonly string[];
}

/** The files of a recipe as the page names them: what is new stands there under the name of one that is like it. */
export function filesOf({ steps, written = [] }: Recipe): string[] {
  return [...new Set([...steps.map(({ file, like = file }) => like), ...written])];
}

/**
 * Carries a recipe out in a copy of the sources.
 *
 * @throws Error when a file that is to be made is there, or the place of a change is not, or not once.
 */
export function carryOut({ heading, steps }: Recipe, folder: string): void {
  for (const step of steps) {
    const path = join(folder, step.file);
    if ('whole' in step) {
      if (existsSync(path)) throw new Error(`${heading}: ${step.file} is there already.`);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, step.whole);
    } else {
      const text = readFileSync(path, 'utf8');
      const place = 'after' in step ? step.after : 'before' in step ? step.before : step.instead;
      const [head, tail, ...more] = text.split(place);
      if (head === undefined || tail === undefined || more.length > 0) {
        throw new Error(`${heading}: ${step.file} has ${more.length + 1} places like ${place}`);
      }
      writeFileSync(path, head + put(step) + tail);
    }
  }
}

function put(step: Exclude<Step, { readonly whole: string }>): string {
  if ('after' in step) return step.after + step.add;
  return 'before' in step ? step.add + step.before : step.put;
}
