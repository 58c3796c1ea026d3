import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';

/** A file of the built console, with what the build has compressed of it. */
export interface ConsoleFile {
  readonly type: string;
  readonly plain: Buffer;
  readonly br?: Buffer;
  readonly gzip?: Buffer;
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.html': 'text/html; charset=utf-8',
};

/** Where the build puts the console. */
export function siteFolder(): string {
  return join(
    dirname(createRequire(import.meta.url).resolve('@pledgeonce/gateway/package.json')),
    'console',
    'site',
  );
}

/**
 * Reads the built console into memory: it is small, and nothing outside the folder can be asked for. Empty when it has not
 * been built.
 */
export function readConsole(folder: string): ReadonlyMap<string, ConsoleFile> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
    name.replaceAll('\\', '/'),
  );
  const known = new Set(names);
  const compressed = (name: string) => (known.has(name) ? readFileSync(join(folder, name)) : undefined);
  return new Map(
    names.flatMap((name): [string, ConsoleFile][] => {
      const type = types[extname(name)];
      if (type === undefined) return [];
      const [br, gzip] = [compressed(`${name}.br`), compressed(`${name}.gz`)];
      const plain = readFileSync(join(folder, name));
      return [[`/${name}`, { type, plain, ...(br && { br }), ...(gzip && { gzip }) }]];
    }),
  );
}
