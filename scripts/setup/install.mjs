import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, step } from './step.mjs';

export const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * Installs what is missing.
 *
 * @param withTools whether the tools of tests, lint and types are needed too, or only what runs.
 */
export async function install({ withTools }) {
  if (isInstalled(withTools)) return;
  const title = withTools ? 'Installing packages and the tools of the tests' : 'Installing packages';
  await step(
    title,
    [['npm', 'ci', ...(withTools ? [] : ['--omit=dev']), ...quietly]],
    'Check the network connection and the free disk space, then run the command again.',
  );
}

/** Compares what npm says it installed with the lock file, so that touching a file does not install everything again. */
function isInstalled(withTools) {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const read = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const present = read(installed);
  return Object.entries(read(join(root, 'package-lock.json'))).every(
    ([path, { version, optional, dev, devOptional }]) =>
      // Optional packages are those of other platforms.
      optional ||
      (!withTools && (dev || devOptional)) ||
      !path.includes('node_modules/') ||
      (present[path] && present[path].version === version),
  );
}
