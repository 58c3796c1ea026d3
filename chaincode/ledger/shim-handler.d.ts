/** The part of the shim that talks to the peer. Fabric's type definitions leave it out. */
declare module 'fabric-shim/lib/handler.js' {
  import type { peer } from '@hyperledger/fabric-protos';

  export class ChaincodeMessageHandler {
    readonly _stream: NodeJS.EventEmitter;
    chat(greeting: peer.ChaincodeMessage): void;
    /** Sends a request of a running transaction, after those before it; resolves with the payload of the answer. */
    _askPeerAndListen(request: peer.ChaincodeMessage, method: string): Promise<Buffer>;
  }
}
