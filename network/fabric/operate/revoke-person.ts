import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REGISTRAR } from '../config/ca-server-yaml.js';
import { placesOf } from '../../consortium.js';
import { copyTrust } from '../channel/changes.js';
import { governorsOf, updateChannel } from '../channel/update.js';
import type { CaSurroundings } from '../config/environment.js';
import { connectionProfile } from '../connection.js';
import { caSurroundings, descriptionOf, openNetwork, surroundings, type FabricNetwork } from '../network.js';
import { keepRevocationList } from '../revocations.js';

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
  const { layout, consortium } = network;
  keepRevocationList(layout, organisation, 'people', list);
  // Its public file has the list now.
  const told = await openNetwork({ stateDir: layout.root, consortiumFile: descriptionOf(layout) });
  const signers = place.organisation.node ? [surroundings(told, place)] : governorsOf(told);
  const root = around.material.ca.cert;
  await updateChannel(told, signers, copyTrust(place.organisation, consortium.membersMsp, root));
  return list;
}

/** @returns the organisation's revocation list with the person's certificates on it, PEM. */
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
  const enrollmentSecret = readFileSync(join(layout.people(name), 'registrar.secret'), 'utf8').trim();
  const { certificate, key } = await ca.enroll({ enrollmentID: REGISTRAR, enrollmentSecret });
  const registrar = User.createUser(REGISTRAR, '', msp, certificate, key.toBytes());
  await ca.revoke({ enrollmentID: person }, registrar);
  return Buffer.from((await ca.generateCRL({}, registrar)) as string, 'base64').toString('utf8');
}
