import { connectivityState, type Client } from '@grpc/grpc-js';
import type { Circuit } from './circuit.js';
import type { ConnectionProfile } from './connection-profile.js';
import { governmentOf, organisationOf } from './connection-profile.js';
import { nodeClient } from './node-client.js';

/** One gRPC connection per peer, shared by everybody who signs in at this gateway. */
export class PeerConnections {
  readonly #profile: ConnectionProfile;
  readonly #mspId: string;
  readonly #circuit: Circuit;
  /** Which of the government's peers comes first for an organisation that has none. */
  readonly #first: number;
  readonly #clients = new Map<string, Client>();

  /** @param circuit Shared with nobody: a peer may relay well although its own endorsements fail. */
  constructor(profile: ConnectionProfile, mspId: string, circuit: Circuit) {
    this.#profile = profile;
    this.#mspId = mspId;
    this.#circuit = circuit;
    this.#first = Math.floor(Math.random() * governmentOf(profile).length);
  }

  /**
   * The organisations whose peers take a request, in order: the own one, then the government's. Who has none begins with
   * any of the government's and stays with it, so that many such gateways spread.
   */
  entries(): string[] {
    const government = governmentOf(this.#profile);
    const turned = [...government.slice(this.#first), ...government.slice(0, this.#first)];
    const all = this.hasOwn ? [...new Set([this.#mspId, ...government])] : turned;
    return [
      ...all.filter((msp) => this.#circuit.isHealthy(msp)),
      ...all.filter((msp) => !this.#circuit.isHealthy(msp)),
    ];
  }

  /**
   * Those of them that may answer. What is sent over a connection that could not be made fails at once, until the next attempt
   * of gRPC at it: in an outage nothing is signed for that.
   */
  reachable(): string[] {
    return this.entries().filter((msp) => {
      const channel = this.#clients.get(msp)?.getChannel();
      return channel?.getConnectivityState(true) !== connectivityState.TRANSIENT_FAILURE;
    });
  }

  /** Whether the organisation has a peer of its own. */
  get hasOwn(): boolean {
    return organisationOf(this.#profile, this.#mspId).peer !== undefined;
  }

  /** Whose peer is asked for blocks: the own one, or, where there is none, the government's in turn. */
  ledgers(): string[] {
    return this.hasOwn ? [this.#mspId] : this.entries();
  }

  /** @throws Error when the organisation has no peer. */
  client(mspId: string): Client {
    const present = this.#clients.get(mspId);
    if (present !== undefined) return present;
    const { peer } = organisationOf(this.#profile, mspId);
    if (peer === undefined) throw new Error(`${mspId} has no peer.`);
    const client = nodeClient(peer);
    this.#clients.set(mspId, client);
    return client;
  }

  failed(mspId: string): void {
    this.#circuit.failed(mspId);
  }

  answered(mspId: string): void {
    this.#circuit.answered(mspId);
  }

  close(): void {
    for (const client of this.#clients.values()) client.close();
    this.#clients.clear();
  }
}
