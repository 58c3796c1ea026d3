import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Authority } from '@pledgeonce/chaincode/testing/authorities.js';
import { organisationsFolder } from '@pledgeonce/network/organisation-folder.js';
import type { StackDescription } from '@pledgeonce/scripts/stack/description.js';
import { joinWithoutNode, type JoinedMember } from '@pledgeonce/scripts/stack/join-without-node.js';
import { pathsOf } from '@pledgeonce/scripts/stack/options.js';

/**
 * Has a member that nobody knows yet join the running network; a bank unless another kind is said.
 *
 * @param authority what its certificate authority signs with; something of its own unless given.
 */
export async function joinAnew(
  stack: StackDescription,
  {
    authority,
    kind = 'bank',
  }: { readonly authority?: Authority; readonly kind?: 'bank' | 'carrier' | 'enterprise' } = {},
): Promise<JoinedMember> {
  const tag = randomBytes(5).toString('hex');
  const names = { name: `${kind}-${tag}`, msp: `New${tag}MSP`, title: `New ${kind} ${tag}`, kind };
  const { network } = pathsOf({ state: stack.state, on: stack.network });
  if (authority !== undefined) putAuthority(join(organisationsFolder(network), names.name, 'ca'), authority);
  return joinWithoutNode(stack, names);
}

/** Keys that are there are kept. */
function putAuthority(folder: string, { certificate, key }: Authority): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'cert.pem'), `${certificate.trim()}\n`);
  const pem = key.export({ type: 'pkcs8', format: 'pem' }).toString();
  writeFileSync(join(folder, 'key.pem'), pem, { mode: 0o600 });
}
