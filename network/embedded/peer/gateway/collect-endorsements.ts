import { status } from '@grpc/grpc-js';
import type { peer } from '@hyperledger/fabric-protos';
import type { Proposal } from '../proposal.js';
import { RpcError, type NodeError } from '../rpc-error.js';
import { askEndorser } from './ask-endorser.js';
import type { Layout } from './layouts.js';
import type { Nodes } from './nodes.js';

/** Endorsements that agree, and the payload that they sign. */
export interface Endorsed {
  readonly payload: Uint8Array;
  readonly endorsements: readonly peer.Endorsement[];
}

/**
 * Works through the layouts until all organisations of one of them have endorsed with the same result. Endorsements
 * already obtained are kept; an organisation that failed is not asked again.
 */
export class EndorsementCollector {
  readonly #proposal: Proposal;
  readonly #nodes: Nodes;
  readonly #endorsements = new Map<string, peer.Endorsement>();
  readonly #failed = new Set<string>();
  readonly #errors: NodeError[] = [];
  #payload: Uint8Array | undefined;

  constructor(proposal: Proposal, nodes: Nodes) {
    this.#proposal = proposal;
    this.#nodes = nodes;
  }

  /** Takes an endorsement that somebody has already. The first one sets the result that all others must match. */
  add(mspId: string, response: peer.ProposalResponse): void {
    const payload = response.getPayload_asU8();
    this.#payload ??= payload;
    const endorsement = response.getEndorsement();
    if (Buffer.compare(this.#payload, payload) === 0 && endorsement) {
      this.#endorsements.set(mspId, endorsement);
    } else {
      this.#fail(mspId, 'ProposalResponsePayloads do not match');
    }
  }

  /**
   * @param layouts - in the order in which to try them.
   * @throws RpcError ABORTED with every node's error when no layout could be satisfied.
   */
  async collect(layouts: readonly Layout[]): Promise<Endorsed> {
    for (const layout of layouts) {
      if ([...layout].some((mspId) => this.#failed.has(mspId))) continue;
      await Promise.all(
        [...layout].filter((mspId) => !this.#endorsements.has(mspId)).map((mspId) => this.#ask(mspId)),
      );
      const endorsements = [...layout].map((mspId) => this.#endorsements.get(mspId));
      if (this.#payload && endorsements.every((one) => one !== undefined)) {
        return { payload: this.#payload, endorsements };
      }
    }
    throw new RpcError(
      status.ABORTED,
      'failed to collect enough transaction endorsements, see attached details for more info',
      this.#errors,
    );
  }

  async #ask(mspId: string): Promise<void> {
    const node = this.#nodes.peers.get(mspId);
    if (!node) {
      this.#failed.add(mspId);
      return;
    }
    const outcome = await askEndorser(node, this.#proposal, { purpose: 'endorse' });
    if (outcome.ok) {
      this.add(mspId, outcome.response);
    } else {
      this.#failed.add(mspId);
      this.#errors.push(outcome.error);
    }
  }

  #fail(mspId: string, message: string): void {
    this.#failed.add(mspId);
    this.#errors.push({ mspId, address: this.#nodes.peers.get(mspId)?.address ?? '', message });
  }
}
