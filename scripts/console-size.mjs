// Says how much a browser loads before the first page of the console is there, from the built files alone.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const site = join(dirname(dirname(fileURLToPath(import.meta.url))), 'gateway', 'console', 'site');
const mostBytes = 250_000;
if (!existsSync(join(site, 'index.html'))) {
  process.stderr.write('The console has not been built. Run: npm run build\n');
  process.exit(1);
}
const page = readFileSync(join(site, 'index.html'), 'utf8');
const assets = readdirSync(join(site, 'assets'));
/** What the page names, what those import at once, one language and the first page. */
const first = new Set(
  [...page.matchAll(/(?:src|href)="\/assets\/([^"]+\.(?:js|css))"/g)].map(([, name]) => name),
);
for (const start of ['en-', 'work-'])
  first.add(assets.find((name) => name.startsWith(start) && name.endsWith('.js')));
for (const name of first) {
  if (name === undefined || !name.endsWith('.js')) continue;
  const text = readFileSync(join(site, 'assets', name), 'utf8');
  for (const [, imported] of text.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g))
    first.add(imported);
}
const size = (kind, end) =>
  [...first]
    .filter((name) => name !== undefined && name.endsWith(kind))
    .reduce((sum, name) => sum + statSync(join(site, 'assets', name + end)).size, 0);
const [script, style] = [size('.js', '.br'), size('.css', '.br')];
process.stdout.write(
  `first load: ${(script / 1000).toFixed(1)} kB of script (brotli; gzip ${(size('.js', '.gz') / 1000).toFixed(1)} kB), ${(style / 1000).toFixed(1)} kB of style, ${first.size} files; limit ${mostBytes / 1000} kB of script\n`,
);
process.exit(size('.js', '.gz') <= mostBytes ? 0 : 1);
