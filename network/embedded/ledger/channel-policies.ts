import { common } from '@hyperledger/fabric-protos';
import { compilePolicy } from '../msp/compile-policy.js';
import type { Msps } from '../msp/identity.js';
import { parsePolicy } from '../msp/parse-policy.js';
import type { Policy } from '../msp/policy.js';
import { sha256 } from './bytes.js';
import type { ChannelDefinition, CollectionDefinition } from './channel.js';
import { readable } from './readable.js';

const IMPLICIT = '_implicit_org_';
const KEY_POLICIES_KEPT = 1_000;

/** The endorsement policies of a channel, compiled once. */
export class ChannelPolicies {
  readonly #msps: Msps;
  readonly #chaincodes = new Map<string, Policy>();
  readonly #collections = new Map<
    string,
    { members: readonly string[]; blockToLive: number; policy?: Policy }
  >();
  readonly #byBytes = new Map<string, Policy | undefined>();

  constructor(definition: ChannelDefinition, msps: Msps) {
    this.#msps = msps;
    for (const { name, endorsement, collections } of definition.chaincodes) {
      this.#chaincodes.set(name, this.#compile(endorsement));
      for (const collection of collections) this.#add(name, collection);
      for (const mspId of msps.mspIds) this.#addImplicit(name, mspId);
    }
  }

  #add(chaincode: string, { name, members, blockToLive, endorsement }: CollectionDefinition): void {
    const policy = endorsement === undefined ? {} : { policy: this.#compile(endorsement) };
    this.#collections.set(`${chaincode}\0${name}`, { members, blockToLive, ...policy });
  }

  /** Each organisation has one collection of its own for each chaincode, endorsed by its own peer. */
  #addImplicit(chaincode: string, mspId: string): void {
    const policy = this.#compile(`OR('${mspId}.peer')`);
    this.#collections.set(`${chaincode}\0${IMPLICIT}${mspId}`, { members: [mspId], blockToLive: 0, policy });
  }

  #compile(text: string): Policy {
    return compilePolicy(parsePolicy(text), this.#msps);
  }

  /** Undefined when the channel has no such chaincode. */
  ofChaincode(chaincode: string): Policy | undefined {
    return this.#chaincodes.get(chaincode);
  }

  /** Members, lifetime and own policy; undefined when the chaincode has no such collection. */
  collection(chaincode: string, name: string) {
    return this.#collections.get(`${chaincode}\0${name}`);
  }

  /** Whether an organisation's peer holds what is written to a collection. */
  isMember(mspId: string, chaincode: string, name: string): boolean {
    return this.collection(chaincode, name)?.members.includes(mspId) ?? false;
  }

  /** The policy of a key's `VALIDATION_PARAMETER`; undefined when it is none, and then nobody can satisfy it. */
  ofKey(parameter: Uint8Array): Policy | undefined {
    const id = sha256(parameter).toString('base64');
    if (this.#byBytes.has(id)) return this.#byBytes.get(id);
    const policy = readable(() =>
      compilePolicy(common.SignaturePolicyEnvelope.deserializeBinary(parameter), this.#msps),
    );
    if (this.#byBytes.size >= KEY_POLICIES_KEPT) this.#byBytes.clear();
    this.#byBytes.set(id, policy);
    return policy;
  }
}
