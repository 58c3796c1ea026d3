import type { common } from '@hyperledger/fabric-protos';

/** Where nothing else is said, bytes. */
export const largestEnvelope = 2 * 1024 * 1024;

/** When a block is cut while another one is being committed; an idle orderer cuts at once. */
export interface BatchLimits {
  readonly maxMessages: number;
  readonly maxBytes: number;
  /** Larger envelopes are refused. */
  readonly maxTransactionBytes?: number;
  readonly timeoutMs: number;
}

/** What became of an envelope. */
export interface BroadcastResult {
  /** `SUCCESS` once it is in a durable block, whatever that block's validation said of it. */
  readonly status: common.StatusMap[keyof common.StatusMap];
  /** Why it was refused, in Fabric's words where Fabric has some. */
  readonly info: string;
}

/** The ordering service of one channel. */
export interface Orderer {
  /**
   * Orders a serialized `common.Envelope`.
   *
   * Refuses as Fabric's broadcast does: `BAD_REQUEST` (unreadable, empty, too big, another channel or type, expired
   * identity), `FORBIDDEN` (bad signature, unknown or revoked identity), `SERVICE_UNAVAILABLE` (stopping, or the disk
   * failed).
   */
  broadcast(envelope: Uint8Array): Promise<BroadcastResult>;
  /** Commits what has been accepted, then refuses everything. */
  stop(): Promise<void>;
}
