import type { ChannelDefinition } from '../../ledger/channel.js';
import type { Endorser } from '../endorser.js';

/** A peer that a gateway can ask. */
export interface EndorsingPeer {
  readonly mspId: string;
  /** `host:port`, named in errors. */
  readonly address: string;
  readonly endorser: Endorser;
}

/** What the gateways of all organisations know of the network. */
export interface Nodes {
  readonly definition: ChannelDefinition;
  /** By MSP id; one per organisation. */
  readonly peers: ReadonlyMap<string, EndorsingPeer>;
}
