import type { WalletStore } from 'fabric-network';
import { isLabel } from './label.js';
import { isSealed, seal, unseal } from './seal.js';
import { FolderShelf } from './shelf.js';
import type { Shelf } from './shelf.js';

/**
 * Keeps identities of a fabric-network wallet encrypted, in files `<label>.id` or wherever else its shelf is. Files that
 * Fabric's own file store wrote in clear are read as they are, and come back encrypted with the next `put`.
 *
 * Open one store per secret: what one person's secret closes, another's does not open.
 */
export class SealedWalletStore implements WalletStore {
  readonly #shelf: Shelf;
  readonly #masterKey: Uint8Array;
  readonly #secret: string;

  /** @param place A folder, or a shelf of another kind. */
  constructor(place: string | Shelf, masterKey: Uint8Array, secret: string) {
    this.#shelf = typeof place === 'string' ? new FolderShelf(place) : place;
    this.#masterKey = masterKey;
    this.#secret = secret;
  }

  async get(label: string): Promise<Buffer | undefined> {
    const content = await this.#shelf.read(checked(label));
    if (content === undefined || !isSealed(content)) return content;
    return unseal(content, this.#masterKey, this.#secret, label);
  }

  async put(label: string, data: Buffer): Promise<void> {
    const name = checked(label);
    await this.#shelf.write(name, await seal(data, this.#masterKey, this.#secret, label));
  }

  list(): Promise<string[]> {
    return this.#shelf.labels();
  }

  async remove(label: string): Promise<void> {
    await this.#shelf.remove(checked(label));
  }

  /** True when the identity is there and encrypted, so that opening it proves knowledge of its secret. */
  async holdsSealed(label: string): Promise<boolean> {
    const content = await this.#shelf.read(checked(label));
    return content !== undefined && isSealed(content);
  }
}

function checked(label: string): string {
  if (!isLabel(label)) throw new TypeError(`"${label}" cannot be the label of an identity.`);
  return label;
}
