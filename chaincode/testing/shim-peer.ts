import { EventEmitter } from 'node:events';
import { peer } from '@hyperledger/fabric-protos';
import { Shim } from 'fabric-shim';
import type { ChaincodeStub } from 'fabric-shim-api';
import { ChaincodeMessageHandler } from 'fabric-shim/lib/handler.js';
import Stub from 'fabric-shim/lib/stub.js';
import { noteOffers } from '../ledger/peer-offer.js';

const { ChaincodeInput, ChaincodeMessage } = peer;
const { Type } = ChaincodeMessage;
type TypeNumber = peer.ChaincodeMessage.TypeMap[keyof peer.ChaincodeMessage.TypeMap];

noteOffers();
Shim.newLogger('lib/handler.js').silent = true;

/** Answers a request: the payload of the RESPONSE. */
type Answer = (request: peer.ChaincodeMessage) => Uint8Array;

/** The peer's end of the shim's stream: it greets the chaincode with its offer, and notes and answers every request. */
class ShimPeer extends EventEmitter {
  readonly requests: peer.ChaincodeMessage[] = [];

  constructor(
    readonly offer: peer.ChaincodeAdditionalParams | undefined,
    readonly answer: Answer,
  ) {
    super();
  }

  write(message: peer.ChaincodeMessage): void {
    if (message.getType() === Type.REGISTER) {
      this.#send(Type.REGISTERED, new Uint8Array());
      this.#send(Type.READY, this.offer?.serializeBinary() ?? new Uint8Array());
    } else {
      this.requests.push(message);
      setImmediate(() => {
        this.#send(Type.RESPONSE, this.answer(message), message);
      });
    }
  }

  #send(type: TypeNumber, payload: Uint8Array, request = new ChaincodeMessage()): void {
    const message = new ChaincodeMessage();
    message.setType(type);
    message.setPayload(payload);
    message.setTxid(request.getTxid());
    message.setChannelId(request.getChannelId());
    this.emit('data', message);
  }
}

/** A real stub of the shim in the transaction `tx1`, connected to a peer that offers this. */
export function connectToPeer(
  offer: peer.ChaincodeAdditionalParams | undefined,
  answer: Answer = () => new Uint8Array(),
): { readonly stub: ChaincodeStub; readonly requests: readonly peer.ChaincodeMessage[] } {
  const stream = new ShimPeer(offer, answer);
  const handler = new ChaincodeMessageHandler(stream, {});
  const greeting = new ChaincodeMessage();
  greeting.setType(Type.REGISTER);
  handler.chat(greeting);
  return { stub: new Stub(handler, 'trade', 'tx1', new ChaincodeInput()), requests: stream.requests };
}
