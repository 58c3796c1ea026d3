import { EventEmitter } from 'node:events';
import type { ClientDuplexStream } from '@grpc/grpc-js';
import { peer } from '@hyperledger/fabric-protos';
import { contracts } from '@pledgeonce/chaincode';
import { chaincodeOf } from '@pledgeonce/network/chaincode-of.js';
import { Shim } from 'fabric-shim';
import { ChaincodeMessageHandler } from 'fabric-shim/lib/handler.js';

const { ChaincodeID, ChaincodeMessage } = peer;
type Message = peer.ChaincodeMessage;

const { Type } = ChaincodeMessage;

// A line for each transaction would be all that is read of a campaign.
for (const name of ['lib/handler.js', 'lib/stub.js', 'contracts-spi/chaincodefromcontract.js'])
  Shim.newLogger(name).silent = true;

/** One end of a stream between a peer and a chaincode server in the same process. */
class End extends EventEmitter {
  other: End | undefined;
  isCut = false;

  /** @param onWrite told of each message before it is on its way. */
  constructor(readonly onWrite: (message: Message) => void = () => undefined) {
    super();
  }

  write(message: Message): boolean {
    this.onWrite(message);
    // As bytes, so that the two ends share nothing.
    const bytes = message.serializeBinary();
    setImmediate(() => {
      if (!this.isCut && this.other?.isCut === false)
        this.other.emit('data', ChaincodeMessage.deserializeBinary(bytes));
    });
    return true;
  }

  end(): void {
    this.cancel();
  }

  /** Both ends learn that there is nothing any more. */
  cancel(): void {
    for (const end of [this, this.other]) {
      if (end === undefined || end.isCut) continue;
      end.isCut = true;
      setImmediate(() => end.emit('status', { code: 14, details: 'cut' }));
    }
  }
}

/** The chaincode as it is shipped, behind the unmodified shim, without a socket between. */
export class ChaincodeServer {
  readonly #ccid: string;
  readonly #streams = new Set<End>();
  /** Transactions that it computes, by the stream on which it was asked to. */
  readonly #running = new Map<End, Set<string>>();
  readonly #chaincode = chaincodeOf(contracts, 'pledgeonce', '1.0');

  constructor(ccid: string) {
    this.#ccid = ccid;
  }

  /** A peer connects. */
  connect(): ClientDuplexStream<Message, Message> {
    const running = new Set<string>();
    const peers = new End((message) => {
      if (message.getType() === Type.TRANSACTION) running.add(message.getTxid());
    });
    const own = new End((message) => {
      if (message.getType() === Type.COMPLETED || message.getType() === Type.ERROR)
        running.delete(message.getTxid());
    });
    this.#running.set(own, running);
    [peers.other, own.other] = [own, peers];
    this.#streams.add(own);
    const handler = new ChaincodeMessageHandler(own, this.#chaincode);
    const id = new ChaincodeID();
    id.setName(this.#ccid);
    const register = new ChaincodeMessage();
    register.setType(ChaincodeMessage.Type.REGISTER);
    register.setPayload(id.serializeBinary());
    handler.chat(register);
    return peers as unknown as ClientDuplexStream<Message, Message>;
  }

  /** Whether it computes anything that somebody still waits for. */
  isBusy(): boolean {
    for (const [end, running] of this.#running) {
      if (end.isCut) this.#running.delete(end);
      else if (running.size > 0) return true;
    }
    return false;
  }

  /** The server dies with everything that it was about, and is there again at once. */
  kill(): void {
    for (const stream of this.#streams) stream.cancel();
    this.#streams.clear();
  }
}
