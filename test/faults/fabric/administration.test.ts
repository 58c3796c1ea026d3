import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openSession } from '@pledgeonce/scripts/rest/client.js';
import { organisationOf } from '@pledgeonce/scripts/stack/description.js';
import { projectRoot } from '@pledgeonce/scripts/stack/options.js';
import { verifyEvidence } from '@pledgeonce/gateway/evidence/verify-evidence.js';
import { textAt } from '@pledgeonce/scripts/rest/json.js';
import { auditor, bank, consortium, customsOfficer } from '../../acceptance/support/consortium.js';
import { claim, declaration, record, reference, usd } from '../../acceptance/support/documents.js';
import { certifiedExporter, isRefused } from '../../acceptance/support/evidence.js';
import { eventually } from './nodes.js';
import { faultLimitMs, withClaimsFlowing, without } from './with-claims-flowing.js';

/** The one that a list of the orderers begins with, and that commands would ask for everything. */
const firstOrderer = 'orderer.customs';

describe('administration', () => {
  it(
    'goes on without the first orderer, and claims flow on meanwhile',
    async () => {
      await withClaimsFlowing(
        without(firstOrderer, 'SIGKILL', async (load) => {
          await network('revoke', 'insurer', 'viewer');
          const insurer = organisationOf(consortium(), 'InsurerMSP');
          const viewer = insurer.people.find(({ id }) => id === 'viewer');
          await eventually('the revoked person cannot sign in', async () => {
            const { status } = await openSession(insurer, 'viewer', viewer?.secret ?? '');
            return status === 401;
          });
          await load.progress(10);
          await network('upgrade-chaincode', '--to', `1.0.${Date.now()}`);
          await load.progress(10);
        }),
      );
    },
    faultLimitMs,
  );

  it(
    'leaves a proof that leads through every configuration that the channel has had',
    async () => {
      const [customs, { officer }] = [await customsOfficer(), await bank('A')];
      const fact = declaration();
      await record(customs, fact);
      const reserved = await officer.post('/claims', claim(reference(fact), usd('400.00')));
      const path = `/audit/evidence/claims/${textAt(reserved.body, 'id')}`;
      const text = JSON.stringify((await (await auditor()).get(path)).body);
      const { blocks, configurations } = verifyEvidence(text);
      // The first, and that which revoked a certificate.
      expect(configurations).toBeGreaterThanOrEqual(2);
      expect(blocks).toBe(configurations + 1);
      const signedAnew = await certifiedExporter();
      const believed = [];
      for (let left = 0; left < blocks; left++) {
        const forged = signedAnew(text, (content) => ({
          ...content,
          blocks: content.blocks.filter((_, place) => place !== left),
        }));
        if (!isRefused(() => verifyEvidence(forged))) believed.push(left);
      }
      expect(believed).toEqual([]);
    },
    faultLimitMs,
  );
});

/** Runs a command of `npm run network` on the network under test. */
async function network(...command: readonly string[]): Promise<void> {
  const { state } = consortium();
  const cli = join(projectRoot, 'network/dist/cli.js');
  const where = ['--on', 'fabric', '--state', join(state, 'fabric')];
  await promisify(execFile)(process.execPath, [cli, ...command, ...where]);
}
