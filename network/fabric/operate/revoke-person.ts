import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REGISTRAR } from '../config/ca-server-yaml.js';
import { placesOf } from '../../consortium.js';
import { IdentityError } from '../../embedded/msp/identity.js';
import { readRevocationList } from '../../embedded/msp/revocation-list.js';
import type { CaSurroundings } from '../config/environment.js';
import { connectionProfile } from '../connection.js';
import { caSurroundings, surroundings, type FabricNetwork } from '../network.js';
import { governorsOf } from './administration.js';
import { updateChannel, type ChannelGroups } from './channel-config.js';

/**
 * Revokes all certificates of a person and puts the organisation's revocation list into the channel's configuration:
 * from that block on no peer and no orderer accepts the person's signature. The organisation's own administrator
 * suffices; of a member without a node those who govern sign, for it shares its MSP with others.
 *
 * @returns the revocation list, PEM.
 * @throws Error when the organisation or the person does not exist.
 */
export async function revokePerson(
  network: FabricNetwork,
  organisation: string,
  person: string,
): Promise<string> {
  const place = placesOf(network.consortium).find(({ organisation: { name } }) => name === organisation);
  if (!place) throw new Error(`The consortium has no organisation ${organisation}.`);
  const around = caSurroundings(network, place);
  const list = await revokeAtCa(network, around, person);
  const { msp, node } = place.organisation;
  const signers = node ? [surroundings(network, place)] : governorsOf(network);
  const root = new X509Certificate(around.material.ca.cert);
  await updateChannel(network, signers, (groups) => {
    setRevocationList(groups, node ? msp : network.consortium.membersMsp, list, root);
  });
  return Buffer.from(list, 'base64').toString('utf8');
}

/** @returns the organisation's revocation list with the person's certificates on it, PEM in base64. */
async function revokeAtCa(
  network: FabricNetwork,
  { layout, member }: CaSurroundings,
  person: string,
): Promise<string> {
  const { name, msp } = member.organisation;
  const profile = connectionProfile(network).organisations.find(({ mspId }) => mspId === msp);
  if (!profile) throw new Error(`The connection profile lacks ${msp}.`);
  // Imported only here: these libraries read the command line as they are loaded, and answer --help themselves.
  const { default: FabricCAServices } = await import('fabric-ca-client');
  const { User } = await import('fabric-common');
  const ca = new FabricCAServices(
    profile.ca.url,
    { trustedRoots: [profile.ca.tlsRootCerts], verify: true },
    profile.ca.name,
  );
  const enrollmentSecret = readFileSync(join(layout.people, name, 'registrar.secret'), 'utf8').trim();
  const { certificate, key } = await ca.enroll({ enrollmentID: REGISTRAR, enrollmentSecret });
  const registrar = User.createUser(REGISTRAR, '', msp, certificate, key.toBytes());
  await ca.revoke({ enrollmentID: person }, registrar);
  return (await ca.generateCRL({}, registrar)) as string;
}

/**
 * Puts a list in the place of the former one that the same root has signed. An organisation that orders is in two groups;
 * Fabric demands that both say the same of it.
 */
function setRevocationList(
  { Application, Orderer }: ChannelGroups,
  msp: string,
  list: string,
  root: X509Certificate,
): void {
  for (const group of [Application.groups[msp], Orderer.groups[msp]]) {
    const value = group?.values['MSP']?.value as
      { config: { revocation_list?: string[] | null } } | undefined;
    if (value === undefined) continue;
    const others = (value.config.revocation_list ?? []).filter((one) => !isSignedBy(one, root));
    value.config.revocation_list = [...others, list];
  }
}

function isSignedBy(list: string, root: X509Certificate): boolean {
  try {
    readRevocationList(Buffer.from(list, 'base64'), [root]);
    return true;
  } catch (error) {
    if (error instanceof IdentityError) return false;
    throw error;
  }
}
