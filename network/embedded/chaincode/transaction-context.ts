import type { peer } from '@hyperledger/fabric-protos';
import type { Cursor } from '../peer/simulation/cursor.js';
import type { Simulator } from '../peer/simulation/simulator.js';
import type { CollectionAccess } from './collection-access.js';

/** A query that a chaincode has open, with the result that did not fit into the last batch. */
export interface OpenQuery {
  readonly cursor: Cursor<Uint8Array>;
  readonly paginated: boolean;
  /** Results read so far. */
  count: number;
  /** How many results the whole query may return. */
  readonly limit: number;
  carriedOver: Uint8Array | undefined;
}

/** One invocation of one chaincode. */
export interface TransactionContext {
  readonly channel: string;
  readonly txId: string;
  /** The chaincode's name: whose state is read and written. */
  readonly namespace: string;
  /** The client's proposal, handed to the chaincode so that it knows who calls, when, and with what transient data. */
  readonly signedProposal: peer.SignedProposal;
  /** MSP id of the client. */
  readonly creatorMsp: string;
  readonly simulator: Simulator;
  readonly access: CollectionAccess;
  readonly queries: Map<string, OpenQuery>;
}
