import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { readOrganisation, type Organisation } from '../consortium.js';
import { writeWhole } from '../write-whole.js';

/** How often a running network looks whether somebody has joined, milliseconds. */
const everyMs = 200;

/**
 * The members without a node that have joined since the network was described: one file each in a folder of its state, in
 * the order in which they came, which decides their ports.
 */
export class AddedMembers {
  readonly #folder: string;
  /** How many have been read. */
  #known = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Those that have not been read yet. */
  take(): Organisation[] {
    const files = this.#files();
    const news = files.slice(this.#known);
    this.#known = files.length;
    return news.map((file) => readOrganisation(JSON.parse(readFileSync(join(this.#folder, file), 'utf8'))));
  }

  /** Puts a member down, whole or not at all: a network that runs takes it in, another one at its next start. */
  add(member: Organisation): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const number = String(this.#files().length + 1).padStart(4, '0');
    const file = join(this.#folder, `${number}-${member.name}.json`);
    writeWhole(file, JSON.stringify(member, undefined, 2));
  }

  /**
   * Takes in whoever joins from now on, one after the other.
   *
   * @returns what ends it, once whoever is being taken in is in.
   */
  follow(admit: (member: Organisation) => Promise<void>, log: Logger): () => Promise<void> {
    let admitting = Promise.resolve();
    const timer = setInterval(() => {
      admitting = admitting.then(async () => {
        for (const member of this.take()) {
          try {
            await admit(member);
          } catch (error) {
            // The others come in all the same; this one at the next start, if what stood in its way is gone.
            log.error({ err: error, msp: member.msp }, 'a member that joins was not taken in');
          }
        }
      });
    }, everyMs);
    return () => {
      clearInterval(timer);
      return admitting;
    };
  }

  #files(): string[] {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    return readdirSync(this.#folder)
      .filter((file) => file.endsWith('.json'))
      .sort();
  }
}
