import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '@pledgeonce/scripts/stack/options.js';
import type { Founders } from './founders.js';
import { everybody } from './founding.js';

/** Transactions are endorsed, ordered and committed; orderers deliver; and enough of them have signed, by who orders now. */
const probes = ['blocks/'];

/** Asks the network, as clients of every organisation; again where a leader has gone, whom it misses for some seconds. */
export async function expectAnswers(founders: Founders): Promise<void> {
  const script = join(projectRoot, 'test/dist/conformance/run.js');
  const profile = ['--on', 'fabric', '--profile', founders.forClients(everybody)];
  let said = '';
  for (let turn = 0; turn < 3 && !/ 0 failed/.test(said); turn++) {
    said = await promisify(execFile)(process.execPath, [script, ...profile, ...probes]).then(
      ({ stdout }) => stdout,
      (failure: unknown) => String((failure as { readonly stdout?: string }).stdout ?? failure),
    );
  }
  expect(said).toMatch(/conformance on fabric: \d+ passed, 0 failed/);
}

/** Has an organisation's public file as it is now proposed, signed by a second of the government and handed in. */
export async function announce(founders: Founders, name: string, signer: string): Promise<string> {
  const proposal = founders.passed(`${name}.proposal.json`);
  const said = await founders.run(name, 'propose', 'organisation', name, '--out', proposal);
  await founders.run(signer, 'sign', proposal, '--yes');
  await founders.run(name, 'submit', proposal);
  return said;
}
