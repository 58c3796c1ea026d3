// Like run.mjs, what lies here uses nothing but Node.
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** The folders of the project's packages. */
export const packages = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).workspaces;
/** What the compiler makes of `NAME.ts` or `NAME.cts`. */
const output = /^(.*)\.(?:d\.(c?)ts|(c?)js(?:\.map)?)$/;

/**
 * Removes from the packages' `dist` what the compiler once made of sources that are no longer there: it leaves that
 * where it is, to be run as a test or packed into a chaincode. Call it after a build, which has then forgotten them, too.
 */
export function removeOrphans() {
  for (const folder of packages) {
    const dist = join(root, folder, 'dist');
    if (existsSync(dist)) removeIn(dist, join(root, folder));
  }
}

function removeIn(dist, sources) {
  for (const entry of readdirSync(dist, { withFileTypes: true })) {
    const made = join(dist, entry.name);
    // What is put together of them is made anew as a whole.
    if (entry.name === 'bundled') continue;
    if (entry.isDirectory()) {
      removeIn(made, join(sources, entry.name));
      if (readdirSync(made).length === 0) rmSync(made, { recursive: true });
      continue;
    }
    const [, name, declared, compiled] = output.exec(entry.name) ?? [];
    if (name === undefined) continue;
    const source = join(sources, `${name}.${declared ?? compiled ?? ''}ts`);
    if (!existsSync(source) && !existsSync(`${source}x`)) rmSync(made);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) removeOrphans();
