import type { common } from '@hyperledger/fabric-protos';
import type { ChaincodeDefinition, CollectionDefinition, ChannelDefinition } from '../../ledger/channel.js';
import { parsePolicy } from '../../msp/parse-policy.js';
import type { Collections } from '../collections.js';
import type { Interest } from '../simulation/interest.js';
import { combineLayouts, layoutsOf, type Layout } from './layouts.js';

/** Finds out which organisations can endorse a transaction, given what it touched; as Fabric's discovery does. */
export class LayoutPlanner {
  readonly #definition: ChannelDefinition;
  readonly #collections: Collections;
  readonly #peerIdentities: ReadonlyMap<string, Uint8Array>;
  readonly #byPolicy = new Map<string, readonly Layout[]>();

  /** @param peerIdentities - serialized identity of each organisation's peer, by MSP id. */
  constructor(
    definition: ChannelDefinition,
    collections: Collections,
    peerIdentities: ReadonlyMap<string, Uint8Array>,
  ) {
    this.#definition = definition;
    this.#collections = collections;
    this.#peerIdentities = peerIdentities;
  }

  /**
   * @param options.membersOnly - collections whose data may only be shown to their members' peers.
   * @throws Error when no combination of peers satisfies all policies.
   */
  plan(interests: readonly Interest[], membersOnly: (interest: Interest) => boolean): Layout[] {
    const policies = interests.flatMap((interest) => this.#policiesOf(interest));
    const combined = combineLayouts(policies);
    if (combined.length === 0) throw new Error('no peer combination can satisfy the endorsement policy');
    const allowed = interests.filter(membersOnly).map((interest) => this.#collection(interest).members);
    const layouts = combined.filter((layout) =>
      allowed.every((members) => [...layout].every((organisation) => members.includes(organisation))),
    );
    if (layouts.length === 0) throw new Error('required chaincodes are not installed on sufficient peers');
    return layouts;
  }

  #policiesOf(interest: Interest): (readonly Layout[])[] {
    const chaincode = this.#chaincode(interest);
    if (interest.collection !== '') {
      return [this.#layouts(this.#collection(interest).endorsement ?? chaincode.endorsement)];
    }
    return [
      ...(interest.disregardChaincodePolicy ? [] : [this.#layouts(chaincode.endorsement)]),
      ...interest.keyPolicies.map((policy: common.SignaturePolicyEnvelope) =>
        layoutsOf(policy, this.#peerIdentities),
      ),
    ];
  }

  #layouts(policy: string): readonly Layout[] {
    let layouts = this.#byPolicy.get(policy);
    if (!layouts) {
      layouts = layoutsOf(parsePolicy(policy), this.#peerIdentities);
      this.#byPolicy.set(policy, layouts);
    }
    return layouts;
  }

  #chaincode({ chaincode }: Interest): ChaincodeDefinition {
    const definition = this.#definition.chaincodes.find(({ name }) => name === chaincode);
    if (!definition) throw new Error('policy not found');
    return definition;
  }

  #collection(interest: Interest): CollectionDefinition {
    const collection = this.#collections.find(interest.chaincode, interest.collection);
    if (!collection) throw new Error('collection not found');
    return collection;
  }
}
