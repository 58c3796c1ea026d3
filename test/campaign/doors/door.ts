/** A way into a program of the network, and a request that it takes. */
export interface Door {
  readonly method: string;
  /** Who answers there. */
  readonly at: 'peer' | 'orderer' | 'chaincode' | 'authority';
  /** `stream`: it sends answers until it is told to stop. `later`: one answer, which may be a long time off. */
  readonly answers: 'once' | 'later' | 'stream';
  /** What the signature stands for: it is altered and signed anew, so that more than the signature is looked at. */
  readonly content: Uint8Array;
  /** The whole request around a content, honestly signed. */
  readonly signed: (content: Uint8Array) => Promise<Uint8Array>;
  /** What a stream begins with before the request. */
  readonly before?: readonly Uint8Array[];
  /** Of a certificate authority, which is not spoken to by gRPC: the header that says who asks. */
  readonly authorization?: (content: Uint8Array) => string;
}
