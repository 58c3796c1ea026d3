import { Command } from 'commander';
import { endWith, runJest } from './jest.js';
import { failWith } from './stack/failure.js';

// The suite starts, stops and starts again consortia of its own, at whatever day it needs.
const program = new Command('time')
  .description('Runs the suite that puts the clock forward: npm run time -- [options] [patterns]')
  .argument('[patterns...]', 'only the files whose path has one of these')
  .option('--port-base <port>', 'first port of the network', '27400')
  .option('--rest-base <port>', 'first port of the gateways', '24400')
  .parse();
const { portBase, restBase } = program.opts<{ readonly portBase: string; readonly restBase: string }>();
const env = { PLEDGEONCE_TIME_PORT_BASE: portBase, PLEDGEONCE_TIME_REST_BASE: restBase };

try {
  const totals = await runJest({ suite: 'time', env, args: program.args });
  process.stdout.write("skipped on fabric: the clocks of Fabric's own programs cannot be put forward\n");
  endWith('time', { ...totals, skipped: totals.skipped + 1 });
} catch (error) {
  failWith(error);
}
