import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { readOrganisation, type Organisation } from '../consortium.js';
import { writeWhole } from '../write-whole.js';

/** How often a running network looks whether somebody has joined, milliseconds. */
const everyMs = 200;
/** So long after its last change a folder that looks the same is the same: some file systems know two seconds only. */
const settledMs = 5_000;

/**
 * The members without a node that have joined since the network was described: one file each in a folder of its state, in
 * the order in which they came, which decides their ports.
 */
export class AddedMembers {
  readonly #folder: string;
  /** How many have been read. */
  #known = 0;
  /** When the folder had last changed when it was last listed, milliseconds since the epoch. */
  #changedAt = NaN;
  readonly #list: (folder: string) => string[];

  /** @param list names what is in a folder. */
  constructor(folder: string, list: (folder: string) => string[] = (path) => readdirSync(path)) {
    this.#folder = folder;
    this.#list = list;
  }

  /** Those that have not been read yet. While nobody joins it costs the same, however many there are. */
  take(): Organisation[] {
    const changedAt = statSync(this.#folder, { throwIfNoEntry: false })?.mtimeMs ?? NaN;
    if (changedAt === this.#changedAt && Date.now() - changedAt > settledMs) return [];
    const files = this.#files();
    this.#changedAt = changedAt;
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
    return this.#list(this.#folder)
      .filter((file) => file.endsWith('.json'))
      .sort();
  }
}
