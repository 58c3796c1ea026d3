import { createHash, createPrivateKey } from 'node:crypto';
import { connect, signers } from '@hyperledger/fabric-gateway';
import type { Contract, Gateway, Network } from '@hyperledger/fabric-gateway';
import type { Identity } from '../people/wallet.js';
import type { PeerConnections } from './peer-connections.js';
import { signingWith } from './signing.js';

export interface LedgerAddress {
  readonly channel: string;
  readonly chaincode: string;
}

/** Somebody who signs, with his own certificate, over the connections that all share. */
export class Signatory {
  readonly mspId: string;
  readonly #identity: Identity;
  readonly #connections: PeerConnections;
  readonly #address: LedgerAddress;
  readonly #gateways = new Map<string, Gateway>();

  constructor(identity: Identity, connections: PeerConnections, address: LedgerAddress) {
    this.mspId = identity.mspId;
    this.#identity = identity;
    this.#connections = connections;
    this.#address = address;
  }

  /** PEM. */
  get certificate(): string {
    return this.#identity.certificate;
  }

  /** Signs what is not a transaction; the same message gives the same signature (RFC 6979). */
  sign(message: Uint8Array): Promise<Uint8Array> {
    const signer = signers.newPrivateKeySigner(createPrivateKey(this.#identity.privateKey));
    return signer(createHash('sha256').update(message).digest());
  }

  /** @param entry The organisation whose peer takes the request. */
  contract(entry: string, chaincode = this.#address.chaincode): Contract {
    return this.network(entry).getContract(chaincode);
  }

  network(entry: string): Network {
    return this.gateway(entry).getNetwork(this.#address.channel);
  }

  gateway(entry: string): Gateway {
    const present = this.#gateways.get(entry);
    if (present !== undefined) return present;
    const gateway = connect({
      client: this.#connections.client(entry),
      identity: { mspId: this.mspId, credentials: Buffer.from(this.#identity.certificate) },
      ...signingWith(this.#identity.privateKey),
    });
    this.#gateways.set(entry, gateway);
    return gateway;
  }

  close(): void {
    for (const gateway of this.#gateways.values()) gateway.close();
    this.#gateways.clear();
  }
}
