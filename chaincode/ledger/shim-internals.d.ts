/** The parts of the shim that talk to the peer. Fabric's type definitions leave them out. */
declare module 'fabric-shim/lib/handler.js' {
  import type { peer } from '@hyperledger/fabric-protos';

  export class ChaincodeMessageHandler {
    constructor(stream: NodeJS.EventEmitter, chaincode: object);
    readonly _stream: NodeJS.EventEmitter;
    chat(greeting: peer.ChaincodeMessage): void;
    /** Sends a request of a running transaction, after those before it; resolves with the payload of the answer. */
    _askPeerAndListen(request: peer.ChaincodeMessage, method: string): Promise<Buffer>;
  }
}

declare module 'fabric-shim/lib/stub.js' {
  import type { peer } from '@hyperledger/fabric-protos';
  import type { ChaincodeStub } from 'fabric-shim-api';
  import type { ChaincodeMessageHandler } from 'fabric-shim/lib/handler.js';

  const Stub: new (
    handler: ChaincodeMessageHandler,
    channel: string,
    transactionId: string,
    input: peer.ChaincodeInput,
  ) => ChaincodeStub;
  export = Stub;
}
