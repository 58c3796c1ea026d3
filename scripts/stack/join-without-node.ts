import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  organisationOf as profileOf,
  readConnectionProfile,
  type OrganisationProfile,
} from '@pledgeonce/gateway/ledger/connection-profile.js';
import { peopleFolder } from '@pledgeonce/network/organisation-folder.js';
import type { OrganisationDescription, PersonDescription, StackDescription } from './description.js';
import { pathsOf, projectRoot } from './options.js';
import { runToEnd } from './run-to-end.js';

/** A member without a node that has joined the running network, and is on no register yet. */
export interface JoinedMember {
  /** Without a URL: its gateway has not been started. */
  readonly organisation: OrganisationDescription;
  readonly profile: OrganisationProfile;
  /** The consortium as it is from its side. */
  readonly stack: StackDescription;
}

/**
 * Has a member join as its operators and the government's do: with the command, while all else runs.
 *
 * @throws Failure when the command fails, as where a member has the name already.
 */
export async function joinWithoutNode(
  stack: StackDescription,
  { name, msp, title, kind }: Pick<OrganisationDescription, 'name' | 'msp' | 'title' | 'kind'>,
): Promise<JoinedMember> {
  const { network } = pathsOf({ state: stack.state, on: stack.network });
  await runToEnd('The command', join(projectRoot, 'network/dist/cli.js'), [
    ...['add-member', '--no-node', '--on', stack.network, '--state', network],
    ...['--name', name, '--msp', msp, '--title', title, '--kind', kind],
  ]);
  const file = join(peopleFolder(network, name), 'people.json');
  const people = JSON.parse(readFileSync(file, 'utf8')) as PersonDescription[];
  const organisation: OrganisationDescription = { name, msp, title, kind, url: '', people };
  return {
    organisation,
    profile: profileOf(await readConnectionProfile(stack.discovery), msp),
    stack: { ...stack, organisations: [...stack.organisations, organisation] },
  };
}
