import { peer } from '@hyperledger/fabric-protos';
import type { Logger } from 'pino';
import type { Clock } from '../ledger/clock.js';
import type { ChaincodeDefinition, ChannelDefinition } from '../ledger/channel.js';
import type { Collections } from '../peer/collections.js';
import type { Simulator } from '../peer/simulation/simulator.js';
import { CollectionAccess } from './collection-access.js';
import { ChaincodePool, type ChaincodeServerAddress } from './pool.js';
import type { TransactionContext } from './transaction-context.js';
import { messageOf } from '../../message-of.js';

const { ChaincodeMessage, Response } = peer;

export interface ChaincodeSupportOptions {
  readonly definition: ChannelDefinition;
  readonly collections: Collections;
  /** By chaincode name. */
  readonly servers: ReadonlyMap<string, readonly ChaincodeServerAddress[]>;
  /** How long a chaincode may run; Fabric's default is 30 seconds. */
  readonly executeTimeoutMs: number;
  /** How long a transaction waits for a chaincode server that is away. */
  readonly connectTimeoutMs: number;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What all chaincodes called by one proposal have in common. */
export interface Invocation {
  readonly txId: string;
  readonly signedProposal: peer.SignedProposal;
  /** MSP id of the client. */
  readonly creatorMsp: string;
  readonly simulator: Simulator;
}

/** What a chaincode answered. */
export interface ChaincodeResult {
  readonly response: peer.Response;
  /** Serialized `ChaincodeEvent`; empty without one. */
  readonly event: Uint8Array;
}

/** Runs chaincodes for one peer. */
export class ChaincodeSupport {
  readonly #definition: ChannelDefinition;
  readonly #collections: Collections;
  readonly #pools: ReadonlyMap<string, ChaincodePool>;

  constructor({ definition, collections, servers, ...options }: ChaincodeSupportOptions) {
    this.#definition = definition;
    this.#collections = collections;
    this.#pools = new Map(
      definition.chaincodes.map(({ name, version }) => [
        name,
        new ChaincodePool({
          ...options,
          ccid: `${name}:${version}`,
          servers: servers.get(name) ?? [],
          invokeChaincode: (payload, context) => this.#invokeFromChaincode(payload, context),
        }),
      ]),
    );
  }

  chaincode(name: string): ChaincodeDefinition | undefined {
    return this.#definition.chaincodes.find((chaincode) => chaincode.name === name);
  }

  /** Resolves when every chaincode that has servers is ready, or with false when that takes too long. */
  async ready(timeoutMs: number): Promise<boolean> {
    const ready = await Promise.all([...this.#pools.values()].map((pool) => pool.ready(timeoutMs)));
    return ready.every(Boolean);
  }

  /**
   * Calls a chaincode as the client's proposal asks.
   *
   * @throws Error in Fabric's words when it gave no answer. An answer may itself say that the call failed.
   */
  async execute(invocation: Invocation, name: string, input: peer.ChaincodeInput): Promise<ChaincodeResult> {
    const { txId } = invocation;
    let message: peer.ChaincodeMessage;
    try {
      message = await this.#invoke(invocation, name, input);
    } catch (error) {
      throw new Error(`failed to execute transaction ${txId}: ${messageOf(error)}`, { cause: error });
    }
    if (message.getType() === ChaincodeMessage.Type.ERROR) {
      const reason = Buffer.from(message.getPayload_asU8()).toString();
      throw new Error(`transaction returned with failure: ${reason}`);
    }
    const event = message.getChaincodeEvent();
    event?.setChaincodeId(name);
    event?.setTxId(txId);
    const response = Response.deserializeBinary(message.getPayload_asU8());
    return { response, event: event?.serializeBinary() ?? new Uint8Array() };
  }

  close(): void {
    for (const pool of this.#pools.values()) pool.close();
  }

  async #invoke(
    invocation: Invocation,
    name: string,
    input: peer.ChaincodeInput,
  ): Promise<peer.ChaincodeMessage> {
    const { channel } = this.#definition;
    const pool = this.#pools.get(name);
    if (!pool) {
      throw new Error(
        `invalid invocation: [channel ${channel}] failed to get chaincode container info for ${name}: could not get chaincode code: chaincode ${name} not found`,
      );
    }
    if (input.getIsInit()) {
      throw new Error(
        `invalid invocation: chaincode '${name}' does not require initialization but called as init`,
      );
    }
    const context: TransactionContext = {
      channel,
      txId: invocation.txId,
      namespace: name,
      signedProposal: invocation.signedProposal,
      simulator: invocation.simulator,
      access: new CollectionAccess(this.#collections, name, invocation.creatorMsp),
      creatorMsp: invocation.creatorMsp,
      queries: new Map(),
    };
    return pool.execute(context, input.serializeBinary());
  }

  /** One chaincode calls another: the same transaction, the same simulation, another namespace. */
  async #invokeFromChaincode(payload: Uint8Array, context: TransactionContext): Promise<Uint8Array> {
    const spec = peer.ChaincodeSpec.deserializeBinary(payload);
    // `name:version/channel`; the version is ignored.
    const [qualified = '', channel = context.channel] = (spec.getChaincodeId()?.getName() ?? '').split(
      '/',
      2,
    );
    const [name = ''] = qualified.split(':', 1);
    if (channel !== context.channel) throw new Error(`failed to find ledger for channel: ${channel}`);
    if (name === 'qscc') return refusedByQscc(context.namespace).serializeBinary();
    try {
      const message = await this.#invoke(context, name, spec.getInput() ?? new peer.ChaincodeInput());
      return message.serializeBinary();
    } catch (error) {
      throw new Error(`execute failed: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }
}

function refusedByQscc(caller: string): peer.ChaincodeMessage {
  const response = new Response();
  response.setStatus(500);
  response.setMessage(
    `Rejecting invoke of QSCC from another chaincode because of potential for deadlocks, original invocation for '${caller}'`,
  );
  const message = new ChaincodeMessage();
  message.setType(ChaincodeMessage.Type.COMPLETED);
  message.setPayload(response.serializeBinary());
  return message;
}
