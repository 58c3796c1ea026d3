import { peer } from '@hyperledger/fabric-protos';
import { IdentityError, type Identity, type Msps } from '../msp/identity.js';
import type { Policy } from '../msp/policy.js';
import type { ChannelPolicies } from './channel-policies.js';
import { hashedId, publicId } from './key-id.js';
import type { Metadata, ValidationCode } from './ledger.js';
import type { EndorsedAction, NamespaceSet } from './transaction.js';

const { TxValidationCode: Code } = peer;
const PARAMETER = 'VALIDATION_PARAMETER';

/** What endorsement policies are evaluated against: the state before the block. */
export interface EndorsementContext {
  readonly policies: ChannelPolicies;
  readonly msps: Msps;
  metadata(namespace: string, key: string): Metadata | undefined;
  hashedMetadata(namespace: string, collection: string, keyHash: Uint8Array): Metadata | undefined;
}

/** One key that a transaction writes; `collection` is empty for public state. */
interface Target {
  readonly collection: string;
  readonly id: string;
  readonly metadata: () => Metadata | undefined;
}

/** Checks the endorsements of one block's transactions, in their order. */
export class EndorsementCheck {
  readonly #context: EndorsementContext;
  /**
   * Keys whose policy an earlier, properly endorsed transaction of the block changes. Writing such a key fails, even
   * when that transaction later turns out stale: which of the two policies holds would depend on it.
   */
  readonly #changed = new Set<string>();

  constructor(context: EndorsementContext) {
    this.#context = context;
  }

  /** @returns undefined when every policy that applies is satisfied. */
  faultOf(action: EndorsedAction): ValidationCode | undefined {
    const signers = signersOf(action, this.#context.msps);
    const written = action.namespaces.filter((set) => set.namespace === action.chaincode.name || writes(set));
    const names = new Set([action.chaincode.name, ...written.map(({ namespace }) => namespace)]);
    for (const name of names) {
      const chaincodePolicy = this.#context.policies.ofChaincode(name);
      if (chaincodePolicy === undefined) return Code.INVALID_CHAINCODE;
      const set = written.find(({ namespace }) => namespace === name);
      if (!this.#isEndorsed(name, set, chaincodePolicy, signers)) return Code.ENDORSEMENT_POLICY_FAILURE;
      if (set !== undefined) this.#noteChanges(set);
    }
    return undefined;
  }

  /**
   * A key's own policy comes first, else its collection's, else the chaincode's. The chaincode's holds for
   * transactions that write nothing, too.
   */
  #isEndorsed(
    chaincode: string,
    set: NamespaceSet | undefined,
    chaincodePolicy: Policy,
    signers: readonly Identity[],
  ): boolean {
    const verdicts = new Map<Policy, boolean>();
    const holds = (policy: Policy): boolean => {
      const verdict = verdicts.get(policy) ?? policy.satisfiedBy(signers);
      verdicts.set(policy, verdict);
      return verdict;
    };
    for (const target of set === undefined ? [] : this.#targets(set)) {
      if (this.#changed.has(target.id)) return false;
      const parameter = target.metadata()?.get(PARAMETER);
      if (parameter !== undefined && parameter.length > 0) {
        const policy = this.#context.policies.ofKey(parameter);
        if (policy === undefined || !holds(policy)) return false;
        continue;
      }
      if (target.collection === '') {
        if (!holds(chaincodePolicy)) return false;
        continue;
      }
      const collection = this.#context.policies.collection(chaincode, target.collection);
      if (collection === undefined || !holds(collection.policy ?? chaincodePolicy)) return false;
    }
    return verdicts.size > 0 || holds(chaincodePolicy);
  }

  *#targets({ namespace, publicSet, collections }: NamespaceSet): Generator<Target> {
    for (const write of [...publicSet.getWritesList(), ...publicSet.getMetadataWritesList()]) {
      const key = write.getKey();
      yield {
        collection: '',
        id: publicId(namespace, key),
        metadata: () => this.#context.metadata(namespace, key),
      };
    }
    for (const { name, hashedSet } of collections) {
      for (const write of [...hashedSet.getHashedWritesList(), ...hashedSet.getMetadataWritesList()]) {
        const keyHash = write.getKeyHash_asU8();
        yield {
          collection: name,
          id: hashedId(namespace, name, keyHash),
          metadata: () => this.#context.hashedMetadata(namespace, name, keyHash),
        };
      }
    }
  }

  #noteChanges({ namespace, publicSet, collections }: NamespaceSet): void {
    for (const write of publicSet.getMetadataWritesList())
      this.#changed.add(publicId(namespace, write.getKey()));
    for (const { name, hashedSet } of collections) {
      for (const write of hashedSet.getMetadataWritesList()) {
        this.#changed.add(hashedId(namespace, name, write.getKeyHash_asU8()));
      }
    }
  }
}

/** Identities whose signature under the response is good, each once. */
function signersOf({ responsePayload, endorsements }: EndorsedAction, msps: Msps): Identity[] {
  const signers = new Map<number, Identity>();
  for (const { endorser, signature } of endorsements) {
    try {
      const identity = msps.identity(endorser);
      if (signers.has(identity.id)) continue;
      const message = Buffer.concat([responsePayload, endorser]);
      if (msps.verify(identity, message, signature)) signers.set(identity.id, identity);
    } catch (error) {
      if (!(error instanceof IdentityError)) throw error;
    }
  }
  return [...signers.values()];
}

function writes({ publicSet, collections }: NamespaceSet): boolean {
  return (
    publicSet.getWritesList().length > 0 ||
    publicSet.getMetadataWritesList().length > 0 ||
    collections.some(
      ({ hashedSet }) =>
        hashedSet.getHashedWritesList().length > 0 || hashedSet.getMetadataWritesList().length > 0,
    )
  );
}
