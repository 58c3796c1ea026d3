import type { Collections } from '../peer/collections.js';

/**
 * Whether the client who signed the proposal may read and write a collection. That is about the client; whether the
 * peer holds the data is the ledger's business.
 */
export class CollectionAccess {
  readonly #collections: Collections;
  readonly #chaincode: string;
  readonly #creatorMsp: string;

  constructor(collections: Collections, chaincode: string, creatorMsp: string) {
    this.#collections = collections;
    this.#chaincode = chaincode;
    this.#creatorMsp = creatorMsp;
  }

  /** @throws Error in Fabric's words. */
  checkRead(collection: string): void {
    if (!this.#permits(collection, 'memberOnlyRead')) throw this.#denied('read', collection);
  }

  /** @throws Error in Fabric's words. */
  checkWrite(collection: string): void {
    if (!this.#permits(collection, 'memberOnlyWrite')) throw this.#denied('write', collection);
  }

  #permits(name: string, restriction: 'memberOnlyRead' | 'memberOnlyWrite'): boolean {
    const collection = this.#collections.find(this.#chaincode, name);
    if (!collection) {
      throw new Error(
        `collection ${this.#collections.channel}/${this.#chaincode}/${name} could not be found`,
      );
    }
    return !collection[restriction] || collection.members.includes(this.#creatorMsp);
  }

  #denied(access: 'read' | 'write', collection: string): Error {
    return new Error(
      `tx creator does not have ${access} access permission on privatedata in chaincodeName:${this.#chaincode} collectionName: ${collection}`,
    );
  }
}
