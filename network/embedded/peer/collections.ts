import type { ChannelDefinition, CollectionDefinition } from '../ledger/channel.js';

const implicitPrefix = '_implicit_org_';

/** The private data collections of a channel: those that chaincodes define and, for each chaincode, one per organisation. */
export class Collections {
  readonly channel: string;
  readonly #byChaincode: ReadonlyMap<string, ReadonlyMap<string, CollectionDefinition>>;

  constructor({ channel, chaincodes }: ChannelDefinition, mspIds: readonly string[]) {
    this.channel = channel;
    const implicit = mspIds.map(implicitCollection);
    this.#byChaincode = new Map(
      chaincodes.map(({ name, collections }) => [
        name,
        new Map([...implicit, ...collections].map((collection) => [collection.name, collection])),
      ]),
    );
  }

  find(chaincode: string, name: string): CollectionDefinition | undefined {
    return this.#byChaincode.get(chaincode)?.get(name);
  }
}

/** What an organisation's peer alone holds and endorses. */
function implicitCollection(mspId: string): CollectionDefinition {
  return {
    name: implicitPrefix + mspId,
    members: [mspId],
    requiredPeers: 0,
    maxPeers: 1,
    blockToLive: 0,
    memberOnlyRead: false,
    memberOnlyWrite: false,
    endorsement: `OR('${mspId}.member')`,
  };
}
