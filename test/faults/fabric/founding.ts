import { cpSync } from 'node:fs';
import { readConsortium } from '@pledgeonce/network/consortium.js';
import { consortiumFile } from '@pledgeonce/scripts/stack/options.js';
import { PROBE } from '../../conformance/definition.js';
import type { Founders } from './founders.js';

/** Who decides on the code, and runs it. */
export const government = ['customs', 'tax', 'regulator'] as const;

/** A small consortium: the government and two banks, of which the first has an orderer. */
export const everybody = [...government, 'bank-a', 'bank-b'];

/** The consortium of the repository with five organisations, and the probes' chaincode in place of its own. */
export function describeSmall(portBase: number): string {
  const whole = readConsortium(consortiumFile);
  const { name, version, endorsement, collections } = PROBE;
  // YAML reads JSON too.
  return JSON.stringify({
    ...whole,
    organisations: whole.organisations.filter((one) => everybody.includes(one.name)),
    chaincode: { name, version, endorsement },
    // What Bank A's peer alone endorses is for a chaincode that Bank A runs.
    collections: collections.filter(({ members }) => !members.includes('BankAMSP')),
    ports: { network: portBase, rest: portBase - 3000 },
  });
}

/** Public files go from each to each, one makes the first block, and everybody joins by themselves. */
export async function found(founders: Founders): Promise<void> {
  const files = new Map<string, string>();
  for (const name of everybody) files.set(name, await founders.initialise(name));
  for (const name of everybody) {
    const others = [...files].flatMap(([of, file]) => (of === name ? [] : [file]));
    await founders.run(name, 'accept', ...others);
  }
  const said = await founders.run('customs', 'propose', 'founding');
  const [, block = ''] = /^The first block: (.*)$/m.exec(said) ?? [];
  cpSync(block, founders.passed('genesis.block'));
  for (const name of everybody) {
    await founders.run(name, 'join', '--block', founders.passed('genesis.block'));
  }
}

/** The government's proposal of a version, approved by each with its own code, and committed. */
export async function agreeOn(version: string, founders: Founders): Promise<void> {
  const proposal = founders.passed(`chaincode-${version}.json`);
  const code = ['--chaincode', PROBE.packageDir];
  await founders.run('regulator', 'propose', 'chaincode', '--to', version, '--out', proposal, ...code);
  for (const name of government) await founders.run(name, 'approve', proposal, '--yes', ...code);
  await founders.run('customs', 'submit', proposal);
  for (const name of government) {
    const said = await founders.run(name, 'approve', proposal, '--yes', ...code);
    expect(said).toContain(`${PROBE.name} ${version} is committed`);
  }
}
