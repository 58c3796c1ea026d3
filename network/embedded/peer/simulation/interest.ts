import { common } from '@hyperledger/fabric-protos';
import type { Metadata } from '../../ledger/ledger.js';

/** The metadata entry that holds a key's endorsement policy. */
const validationParameter = 'VALIDATION_PARAMETER';

/** A part of the state that a transaction used, and whose policies its endorsers must satisfy. */
export interface Interest {
  readonly chaincode: string;
  /** Empty for the public part of the chaincode's state. */
  readonly collection: string;
  /** Policies of single keys, public and private; all listed with the public part. */
  readonly keyPolicies: readonly common.SignaturePolicyEnvelope[];
  /** Every key written has a policy of its own, so that the chaincode's does not count. */
  readonly disregardChaincodePolicy: boolean;
  /** Private values of the collection were read, which only members' peers can do. */
  readonly readsPrivateData: boolean;
}

interface Write {
  readonly collection: string;
  readonly metadata: () => Metadata | undefined;
}

interface ChaincodeUse {
  readonly writes: Map<string, Write>;
  readonly privateReads: Set<string>;
}

/** What a simulation touched. */
export class Touched {
  readonly #chaincodes = new Map<string, ChaincodeUse>();

  read(chaincode: string): void {
    this.#use(chaincode);
  }

  readPrivate(chaincode: string, collection: string): void {
    this.#use(chaincode).privateReads.add(collection);
  }

  /** @param metadata - the committed metadata of the key; looked up only when somebody asks for the interests. */
  wrote(chaincode: string, collection: string, key: string, metadata: () => Metadata | undefined): void {
    this.#use(chaincode).writes.set(`${collection}\0${key}`, { collection, metadata });
  }

  /** Whose policies count, by the rules of Fabric's endorser. */
  interests(): Interest[] {
    return [...this.#chaincodes].flatMap(([name, use]) => interestsOf(name, use));
  }

  #use(chaincode: string): ChaincodeUse {
    let use = this.#chaincodes.get(chaincode);
    if (!use) {
      use = { writes: new Map(), privateReads: new Set() };
      this.#chaincodes.set(chaincode, use);
    }
    return use;
  }
}

function interestsOf(chaincode: string, { writes, privateReads }: ChaincodeUse): Interest[] {
  const keyPolicies: common.SignaturePolicyEnvelope[] = [];
  const collections = new Set(privateReads);
  let publicRequired = writes.size === 0;
  for (const { collection, metadata } of writes.values()) {
    const policy = metadata()?.get(validationParameter);
    if (policy) keyPolicies.push(common.SignaturePolicyEnvelope.deserializeBinary(policy));
    else if (collection === '') publicRequired = true;
    else collections.add(collection);
  }
  const interests: Interest[] = [...collections].map((collection) => ({
    chaincode,
    collection,
    keyPolicies: [],
    disregardChaincodePolicy: false,
    readsPrivateData: privateReads.has(collection),
  }));
  if (publicRequired || keyPolicies.length > 0) {
    interests.push({
      chaincode,
      collection: '',
      keyPolicies,
      disregardChaincodePolicy: !publicRequired,
      readsPrivateData: false,
    });
  }
  return interests;
}
