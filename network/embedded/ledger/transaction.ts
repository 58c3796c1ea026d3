import type { ledger, peer } from '@hyperledger/fabric-protos';

/** One signature under a proposal response. */
interface Endorsement {
  /** Serialized identity of the endorsing peer. */
  readonly endorser: Uint8Array;
  readonly signature: Uint8Array;
}

/** Reads and writes of one chaincode, every layer of bytes opened. */
export interface NamespaceSet {
  readonly namespace: string;
  readonly publicSet: ledger.rwset.kvrwset.KVRWSet;
  readonly collections: readonly CollectionSet[];
}

/** Hashed reads and writes of one collection. */
export interface CollectionSet {
  readonly name: string;
  readonly hashedSet: ledger.rwset.kvrwset.HashedRWSet;
  /** SHA-256 of the private write set's bytes; empty when the transaction only read. */
  readonly privateSetHash: Uint8Array;
}

/** The endorsed part of a transaction. */
export interface EndorsedAction {
  /** Serialized `ChaincodeProposalPayload` without transient data. */
  readonly proposalPayload: Uint8Array;
  /** The bytes that endorsers signed (followed by their identity). */
  readonly responsePayload: Uint8Array;
  readonly proposalHash: Uint8Array;
  readonly endorsements: readonly Endorsement[];
  readonly chaincode: { readonly name: string; readonly version: string };
  readonly response: peer.Response | undefined;
  /** Serialized `ChaincodeEvent`; empty when there is none. */
  readonly event: Uint8Array;
  readonly namespaces: readonly NamespaceSet[];
}

/** An envelope with every layer opened once; shared by ordering, validation, commit and event services. */
export interface ParsedTransaction {
  /** `common.HeaderType`. */
  readonly type: number;
  readonly channel: string;
  readonly txId: string;
  readonly timestamp: { readonly seconds: number; readonly nanos: number };
  /** Serialized identity of the client. */
  readonly creator: Uint8Array;
  readonly nonce: Uint8Array;
  /** Present for endorser transactions whose action can be read. */
  readonly action: EndorsedAction | undefined;
}
