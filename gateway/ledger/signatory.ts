import { createHash, createPrivateKey } from 'node:crypto';
import { connect, signers } from '@hyperledger/fabric-gateway';
import type { Contract, Gateway, Network, Transaction } from '@hyperledger/fabric-gateway';
import { gateway as protos } from '@hyperledger/fabric-protos';
import { traced } from '@pledgeonce/chaincode/tracing/spans.js';
import type { Identity } from '../people/wallet.js';
import { SignedOutError } from './errors.js';
import type { Step, Steps } from './outbox.js';
import type { PeerConnections } from './peer-connections.js';
import { isReference } from '../tokens/key-reference.js';
import { signingWith } from './signing.js';
import type { Signing } from './signing.js';

export interface LedgerAddress {
  readonly channel: string;
  readonly chaincode: string;
  /** How a key signs that is no PEM. */
  readonly signingOf?: (privateKey: string) => Signing;
}

/** What all work of one person shares. */
interface Opened {
  readonly gateways: Map<string, Gateway>;
  /** Their key, read once. */
  signing?: Signing;
  isRetired: boolean;
}

/** Somebody who signs, with their own certificate, over the connections that all share. */
export class Signatory {
  readonly mspId: string;
  readonly #identity: Identity;
  readonly #connections: PeerConnections;
  readonly #address: LedgerAddress;
  readonly #opened: Opened;
  readonly #steps: Steps | undefined;
  /** The request at which they work: its items share it. */
  readonly request: object;
  /** The removed member in whose place they act. */
  readonly inPlaceOf: string | undefined;

  constructor(
    identity: Identity,
    connections: PeerConnections,
    address: LedgerAddress,
    steps?: Steps,
    opened: Opened = { gateways: new Map(), isRetired: false },
    request: object = {},
    inPlaceOf?: string,
  ) {
    this.inPlaceOf = inPlaceOf;
    this.request = request;
    this.mspId = identity.mspId;
    this.#identity = identity;
    this.#connections = connections;
    this.#address = address;
    this.#steps = steps;
    this.#opened = opened;
  }

  /** The same person, at work on one request: what is submitted counts as its steps. */
  under(steps: Steps): Signatory {
    return new Signatory(this.#identity, this.#connections, this.#address, steps, this.#opened);
  }

  /** The same person, at work on one item of the request. */
  part(name: string): Signatory {
    const steps = this.#steps?.part(name);
    return new Signatory(this.#identity, this.#connections, this.#address, steps, this.#opened, this.request);
  }

  /** The same person, in the place of a member that their organisation has succeeded. */
  standingInFor(member: string): Signatory {
    return new Signatory(
      this.#identity,
      this.#connections,
      this.#address,
      this.#steps,
      this.#opened,
      this.request,
      member,
    );
  }

  /** The place of the next submission; undefined for work that nobody repeats under a key. */
  nextStep(): Step | undefined {
    return this.#steps?.next();
  }

  /** PEM. */
  get certificate(): string {
    return this.#identity.certificate;
  }

  /** Signs what is not a transaction; the same message gives the same signature (RFC 6979), but by a key in a token. */
  async sign(message: Uint8Array): Promise<Uint8Array> {
    if (isReference(this.#identity.privateKey)) return this.#signing.signer(message);
    const signer = signers.newPrivateKeySigner(createPrivateKey(this.#identity.privateKey));
    return signer(createHash('sha256').update(message).digest());
  }

  /** Signs what is sent once and kept by nobody: each signature is another, in a tenth of the time of {@link sign}. */
  async signInPassing(message: Uint8Array): Promise<Uint8Array> {
    const { hash, signer } = this.#signing;
    return signer(hash(message));
  }

  /** @param entry The organisation whose peer takes the request. */
  contract(entry: string, chaincode = this.#address.chaincode): Contract {
    return this.network(entry).getContract(chaincode);
  }

  network(entry: string): Network {
    return this.gateway(entry).getNetwork(this.#address.channel);
  }

  /** The transaction with its signature, in the form in which the same envelope can be sent again. */
  async envelope(transaction: Transaction): Promise<Uint8Array> {
    const prepared = protos.PreparedTransaction.deserializeBinary(transaction.getBytes());
    const { signer } = this.#signing;
    prepared.getEnvelope()?.setSignature(await signer(transaction.getDigest()));
    return prepared.serializeBinary();
  }

  /** @throws SignedOutError after {@link retire}. */
  gateway(entry: string): Gateway {
    if (this.#opened.isRetired) throw new SignedOutError();
    const { gateways } = this.#opened;
    const present = gateways.get(entry);
    if (present !== undefined) return present;
    const { hash, signer } = this.#signing;
    const gateway = connect({
      client: this.#connections.client(entry),
      identity: { mspId: this.mspId, credentials: Buffer.from(this.#identity.certificate) },
      hash,
      signer: (message) => traced('sign', {}, () => signer(message)),
    });
    gateways.set(entry, gateway);
    return gateway;
  }

  close(): void {
    const { gateways } = this.#opened;
    for (const gateway of gateways.values()) gateway.close();
    gateways.clear();
  }

  /** Whether whoever it is may still act. */
  get isLive(): boolean {
    return !this.#opened.isRetired;
  }

  /** Whoever it was may no longer act: what waits for this signature is not signed any more. */
  retire(): void {
    this.close();
    this.#opened.isRetired = true;
    delete this.#opened.signing;
  }

  get #signing(): Signing {
    const { signingOf = signingWith } = this.#address;
    return (this.#opened.signing ??= signingOf(this.#identity.privateKey));
  }
}
