import type { Consortium } from '../consortium.js';
import type { Site } from './site.js';
import type { Member } from './topology.js';

/** Where clients, peers and other orderers ask an orderer for anything but a vote: at the door before it, if it has one. */
export function orderingAddress({ doors }: Consortium, site: Site, member: Member): string {
  return site.address(member, doors === false ? 'orderer' : 'door');
}
