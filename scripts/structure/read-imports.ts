import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import ts from 'typescript';

/** File by file, relative to the root and with `/`: what it imports of the project, types too. */
export type Imports = ReadonlyMap<string, readonly string[]>;

const scope = '@pledgeonce/';

/**
 * Reads who imports whom in the packages of the project.
 *
 * @param root the folder of the packages.
 */
export function readImports(root: string, packages: readonly string[]): Imports {
  const files = packages.flatMap((folder) => sourcesIn(join(root, folder)));
  const names = files.map((file) => relative(root, file).split(sep).join('/'));
  const known = new Set(names);
  const sourceOf = (one: string) => [one, `${one}x`].find((name) => known.has(name)) ?? [];
  return new Map(
    names.map((name) => [name, importsOf(readFileSync(join(root, name), 'utf8'), name).flatMap(sourceOf)]),
  );
}

/** The files of the project that a source names, whether or not they exist; what is `.tsx` is named as `.ts` too. */
export function importsOf(source: string, name: string): string[] {
  const { importedFiles } = ts.preProcessFile(source, true, true);
  return importedFiles.flatMap(({ fileName }) => {
    const target = fileName.startsWith('.')
      ? posix.join(dirname(name), fileName)
      : fileName.startsWith(scope)
        ? fileName.slice(scope.length)
        : undefined;
    return target === undefined ? [] : [target.replace(/\.(c?)js$/, '.$1ts')];
  });
}

/** The TypeScript sources below a folder. */
function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) {
      return ['dist', 'node_modules'].includes(entry.name) ? [] : sourcesIn(join(folder, entry.name));
    }
    return /\.(c?ts|tsx)$/.test(entry.name) && !entry.name.endsWith('.d.ts')
      ? [join(folder, entry.name)]
      : [];
  });
}
