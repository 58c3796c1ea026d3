import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { readDescription } from './stack/description.js';
import { Failure, failWith } from './stack/failure.js';
import { isAlive } from './stack/is-alive.js';
import { addStackOptions, pathsOf, projectRoot, stackOptions, type NetworkName } from './stack/options.js';
import { runToEnd } from './stack/run-to-end.js';

const program = addStackOptions(new Command('reset'))
  .description('Removes everything that the consortium keeps on disk: npm run reset')
  .parse();
const options = stackOptions(program);
// Without a choice all networks are wiped.
const networks: readonly NetworkName[] =
  program.getOptionValueSource('on') === 'cli' ? [options.on] : ['embedded', 'fabric', 'docker'];

try {
  for (const on of networks) await wipe(on);
  process.stdout.write('Everything is wiped. npm start begins afresh.\n');
} catch (error) {
  failWith(error);
}

/** Removes only what `start` makes below the state folder, never the folder that somebody may have named by mistake. */
async function wipe(on: NetworkName): Promise<void> {
  const paths = pathsOf({ ...options, on });
  if (existsSync(paths.running)) {
    const { supervisor } = readDescription(paths.running).processes;
    if (isAlive(supervisor)) {
      throw new Failure(
        `The consortium is running, as process ${supervisor}.`,
        `Stop it first: kill ${supervisor}`,
      );
    }
  }
  if (on !== 'embedded' && existsSync(join(paths.network, 'consortium.yaml'))) {
    const cli = join(projectRoot, 'network/dist/cli.js');
    await runToEnd('The Fabric network', cli, ['reset', '--on', on, '--state', paths.network]);
  }
  for (const path of [paths.network, paths.gateway, paths.logs, paths.running]) {
    rmSync(path, { recursive: true, force: true });
  }
}
