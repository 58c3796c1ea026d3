// Makes what an image of the packages named holds, in the folder `image`: what they run, without sources and specs.
import { cpSync } from 'node:fs';
import { join, sep } from 'node:path';
import { bundle, bundlePrograms, translate } from './build.mjs';
import { bundledPackages } from './bundled.mjs';
import { root, step } from './step.mjs';

const packages = process.argv.slice(2);
const image = join(root, 'image');
const commands = [...packages.map(translate), ...(packages.includes('gateway') ? [bundle] : [])];
await step('Building', commands, 'A source cannot be read; the lines above say where.');
const bundled = packages.filter((name) => bundledPackages.includes(name));
if (bundled.length > 0)
  await step(
    'Putting programs together',
    [bundlePrograms(...bundled)],
    'The lines above say what is missing.',
  );
for (const name of packages) {
  for (const part of ['package.json', 'dist']) {
    cpSync(join(root, name, part), join(image, name, part), {
      recursive: true,
      preserveTimestamps: true,
      filter: isShipped,
    });
  }
}
if (packages.includes('gateway')) {
  const site = join('gateway', 'console', 'site');
  cpSync(join(root, site), join(image, site), { recursive: true });
}

function isShipped(file) {
  return !/\.spec\.[cm]?js$|\.map$|\.tsbuildinfo$/.test(file) && !file.split(sep).includes('testing');
}
