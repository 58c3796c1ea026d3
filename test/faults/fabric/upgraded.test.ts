import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '@pledgeonce/scripts/stack/options.js';
import { consortium } from '../../acceptance/support/consortium.js';
import { expectableStatuses, replaced } from '../replaced.js';
import { nodes } from './nodes.js';
import { faultLimitMs, withClaimsFlowing } from './with-claims-flowing.js';

const gateways = () => consortium().processes.gateways;
const run = promisify(execFile);

/** As an operator does it: the next version of the definition, agreed on and committed. */
async function upgradeTo(version: string): Promise<string> {
  const cli = join(projectRoot, 'network/dist/cli.js');
  const where = ['--on', 'fabric', '--state', dirname(consortium().discovery)];
  const { stdout } = await run(process.execPath, [cli, 'upgrade-chaincode', '--to', version, ...where]);
  return stdout;
}

describe('an upgrade while claims flow', () => {
  it(
    'replaces the chaincode by its next version, then the gateways, and nothing is lost or refused for it',
    async () => {
      const load = await withClaimsFlowing(async (flowing, control) => {
        const before = control.chaincodeOf('customs');
        expect(await upgradeTo('1.1')).toContain('1.1 is deployed');
        expect((await nodes()).chaincodeOf('customs')).not.toBe(before);
        await flowing.progress(20);
        for (const pid of gateways()) await replaced(pid, gateways);
        return [];
      });
      expect([...load.answers.keys()].filter((status) => !expectableStatuses.has(status))).toEqual([]);
    },
    faultLimitMs,
  );
});
