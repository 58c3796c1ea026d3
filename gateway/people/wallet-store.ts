import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { WalletStore } from 'fabric-network';
import { isMissing, writePrivateFile } from './private-file.js';
import { isLabel } from './label.js';
import { isSealed, seal, unseal } from './seal.js';

const suffix = '.id';
/**
 * Keeps identities of a fabric-network wallet in encrypted files `<label>.id`. Files that Fabric's own file
 * store wrote in clear are read as they are, and come back encrypted with the next `put`.
 *
 * Open one store per secret: what one person's secret closes, another's does not open.
 */
export class SealedWalletStore implements WalletStore {
  readonly #folder: string;
  readonly #masterKey: Uint8Array;
  readonly #secret: string;

  constructor(folder: string, masterKey: Uint8Array, secret: string) {
    this.#folder = folder;
    this.#masterKey = masterKey;
    this.#secret = secret;
  }

  async get(label: string): Promise<Buffer | undefined> {
    const content = await readIfThere(this.#file(label));
    if (content === undefined || !isSealed(content)) return content;
    return unseal(content, this.#masterKey, this.#secret, label);
  }

  async put(label: string, data: Buffer): Promise<void> {
    const file = this.#file(label);
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writePrivateFile(file, await seal(data, this.#masterKey, this.#secret, label));
  }

  async list(): Promise<string[]> {
    try {
      const files = await readdir(this.#folder);
      return files.filter((file) => file.endsWith(suffix)).map((file) => file.slice(0, -suffix.length));
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  async remove(label: string): Promise<void> {
    await rm(this.#file(label), { force: true });
  }

  /** True when the identity is there and encrypted, so that opening it proves knowledge of its secret. */
  async holdsSealed(label: string): Promise<boolean> {
    const content = await readIfThere(this.#file(label));
    return content !== undefined && isSealed(content);
  }

  #file(label: string): string {
    if (!isLabel(label)) throw new TypeError(`"${label}" cannot be the label of an identity.`);
    return join(this.#folder, label + suffix);
  }
}

async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
