/** A private data collection of a chaincode. */
export interface CollectionDefinition {
  readonly name: string;
  /** MSP ids of the organisations whose peers hold its data. */
  readonly members: readonly string[];
  readonly requiredPeers: number;
  readonly maxPeers: number;
  /** Blocks after which a value is dropped; 0 keeps it for ever. */
  readonly blockToLive: number;
  readonly memberOnlyRead: boolean;
  readonly memberOnlyWrite: boolean;
  /** Signature policy in Fabric's language; without one the chaincode's policy holds. */
  readonly endorsement?: string | undefined;
}

/** A chaincode as the channel has committed it. */
export interface ChaincodeDefinition {
  readonly name: string;
  readonly version: string;
  /** Signature policy in Fabric's language, e.g. `OutOf(2, 'A.peer', 'B.peer', 'C.peer')`. */
  readonly endorsement: string;
  readonly collections: readonly CollectionDefinition[];
}

/** What every peer of the channel has agreed on. */
export interface ChannelDefinition {
  readonly channel: string;
  readonly chaincodes: readonly ChaincodeDefinition[];
  /** The MSP of the members without a node, of which only people count. */
  readonly membersMsp?: string | undefined;
  /** Signature policy of whole blocks (Fabric's access control `event/Block`); without one every reader may have them. */
  readonly blockEvents?: string | undefined;
}
