import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Authority } from '@pledgeonce/chaincode/testing/authorities.js';
import {
  organisationOf as profileOf,
  readConnectionProfile,
  type OrganisationProfile,
} from '@pledgeonce/gateway/ledger/connection-profile.js';
import type {
  OrganisationDescription,
  PersonDescription,
  StackDescription,
} from '@pledgeonce/scripts/stack/description.js';
import { pathsOf, projectRoot } from '@pledgeonce/scripts/stack/options.js';
import { runToEnd } from '@pledgeonce/scripts/stack/run-to-end.js';
import { organisationsFolder, peopleFolder } from '@pledgeonce/network/organisation-folder.js';

/** A bank without a node that has joined the running network, and is on no register yet. */
export interface JoinedMember {
  readonly organisation: OrganisationDescription;
  readonly profile: OrganisationProfile;
  /** The consortium as it is from its side. */
  readonly stack: StackDescription;
}

/**
 * Has a bank that nobody knows yet join as its operators and the government's do: with the command, while all else runs.
 *
 * @param authority what its certificate authority signs with; something of its own unless given.
 */
export async function joinWithoutNode(stack: StackDescription, authority?: Authority): Promise<JoinedMember> {
  const tag = randomBytes(5).toString('hex');
  const [name, msp, title] = [`bank-${tag}`, `Bank${tag}MSP`, `Bank ${tag}`];
  const { network } = pathsOf({ state: stack.state, on: stack.network });
  if (authority !== undefined) putAuthority(join(organisationsFolder(network), name, 'ca'), authority);
  await runToEnd('The command', join(projectRoot, 'network/dist/cli.js'), [
    ...['add-member', '--no-node', '--on', stack.network, '--state', network],
    ...['--name', name, '--msp', msp, '--title', title],
  ]);
  const file = join(peopleFolder(network, name), 'people.json');
  const people = JSON.parse(readFileSync(file, 'utf8')) as PersonDescription[];
  const organisation: OrganisationDescription = { name, msp, title, kind: 'bank', url: '', people };
  return {
    organisation,
    profile: profileOf(await readConnectionProfile(stack.discovery), msp),
    stack: { ...stack, organisations: [...stack.organisations, organisation] },
  };
}

/** Keys that are there are kept. */
function putAuthority(folder: string, { certificate, key }: Authority): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'cert.pem'), `${certificate.trim()}\n`);
  const pem = key.export({ type: 'pkcs8', format: 'pem' }).toString();
  writeFileSync(join(folder, 'key.pem'), pem, { mode: 0o600 });
}
