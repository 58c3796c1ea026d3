import { writeConnectionProfile } from '../connection.js';
import type { FabricNetwork } from '../network.js';
import { changeLine, lineOf } from './description.js';
import { reopen } from './organisation.js';
import { renewCertificates } from './renew-certificates.js';

/** Where an organisation's nodes are from now on; what is not said stays. */
export interface Place {
  /** The name under which others reach them. */
  readonly host?: string;
  /** The address of the machine on which they listen. */
  readonly listen?: string;
  /** The first of their ten ports. */
  readonly firstPort?: number;
}

/**
 * Moves an organisation's nodes to another address: with certificates that name the new host, under the same keys, they
 * start there. Its orderer is in the channel's list of consenters with its address; it stays where it is until the channel has
 * been told, which where those who govern are here is done at once.
 *
 * @returns whether the channel has still to be told.
 * @throws Error when nobody has the name, or nothing would change; then nothing is changed.
 */
export async function moveOrganisation(
  { layout }: FabricNetwork,
  name: string,
  place: Place,
): Promise<boolean> {
  const line = lineOf(layout, name);
  const keys = ['host', 'listen', 'firstPort'] as const;
  if (keys.every((key) => place[key] === undefined || place[key] === line[key]))
    throw new Error('Say where it moves: --host, --listen, --first-port.');
  changeLine(layout, name, place);
  const network = await reopen(layout);
  writeConnectionProfile(network);
  return renewCertificates(network, name);
}
