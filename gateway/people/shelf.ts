import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { DurableStore } from '../storage/durable-store.js';
import { isMissing, writePrivateFile } from './private-file.js';

const suffix = '.id';

/** Where sealed identities lie, each under its label. */
export interface Shelf {
  /** @returns undefined where there is none. */
  read(label: string): Promise<Buffer | undefined>;
  /** Kept for good when it resolves. */
  write(label: string, content: Buffer): Promise<void>;
  remove(label: string): Promise<void>;
  labels(): Promise<string[]>;
}

/** Files `<label>.id` in a folder, which only their owner may read. */
export class FolderShelf implements Shelf {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async read(label: string): Promise<Buffer | undefined> {
    try {
      return await readFile(this.#file(label));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async write(label: string, content: Buffer): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writePrivateFile(this.#file(label), content);
  }

  async remove(label: string): Promise<void> {
    await rm(this.#file(label), { force: true });
  }

  async labels(): Promise<string[]> {
    try {
      const files = await readdir(this.#folder);
      return files.filter((file) => file.endsWith(suffix)).map((file) => file.slice(0, -suffix.length));
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  #file(label: string): string {
    return join(this.#folder, label + suffix);
  }
}

/** Entries of a store that replicas share; sealed, as the files are. */
export class StoreShelf implements Shelf {
  readonly #store: DurableStore;

  constructor(store: DurableStore) {
    this.#store = store;
  }

  async read(label: string): Promise<Buffer | undefined> {
    const kept = z
      .base64()
      .optional()
      .parse(await this.#store.get(label));
    return kept === undefined ? undefined : Buffer.from(kept, 'base64');
  }

  async write(label: string, content: Buffer): Promise<void> {
    await this.#store.put(label, content.toString('base64'));
  }

  async remove(label: string): Promise<void> {
    await this.#store.delete(label);
  }

  async labels(): Promise<string[]> {
    const found: string[] = [];
    for await (const [label] of this.#store.entries('')) found.push(label);
    return found;
  }
}
