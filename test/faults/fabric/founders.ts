import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readConsortium } from '@pledgeonce/network/consortium.js';
import { layoutOf } from '@pledgeonce/network/fabric/layout.js';
import { bringDown } from '@pledgeonce/network/fabric/native/down.js';
import { descriptionOf } from '@pledgeonce/network/fabric/network.js';
import { organisationsFolder, peopleFolder } from '@pledgeonce/network/organisation-folder.js';
import { projectRoot } from '@pledgeonce/scripts/stack/options.js';

/**
 * Organisations that each have a folder of their own on this machine. While one of them gives a command, all that the others
 * keep to themselves is out of reach: moved to where no command looks, but for the data of their nodes, which run on.
 */
export class Founders {
  readonly #root: string;
  readonly #description: string;
  readonly #names: string[] = [];

  constructor(root: string, description: string) {
    this.#root = root;
    this.#description = description;
    mkdirSync(this.#public, { recursive: true });
  }

  /** Where everybody finds what is passed on: public files, proposals, the first block. */
  get #public(): string {
    return join(this.#root, 'passed-on');
  }

  /** A file that goes from one organisation to the next. */
  passed(name: string): string {
    return join(this.#public, name);
  }

  stateOf(name: string): string {
    return join(this.#root, 'folders', name);
  }

  /** Has an organisation make its keys, and hand over its public file. */
  async initialise(name: string, ...options: readonly string[]): Promise<string> {
    this.#names.push(name);
    await this.run(name, 'organisation', 'init', name, '--consortium', this.#description, ...options);
    const file = this.passed(`${name}.json`);
    cpSync(join(layoutOf(this.stateOf(name)).publicFiles, `${name}.json`), file);
    return file;
  }

  /**
   * Has one organisation give a command, while the secrets of the others are out of reach.
   *
   * @returns what the command says.
   * @throws Error with what it says when it fails.
   */
  async run(name: string, ...command: readonly string[]): Promise<string> {
    const others = this.#names.filter((one) => one !== name);
    for (const other of others) this.#move(other, this.stateOf(other), this.#hidden(other));
    try {
      const cli = join(projectRoot, 'network/dist/cli.js');
      const { stdout } = await promisify(execFile)(process.execPath, [
        ...[cli, ...command],
        ...['--on', 'fabric', '--state', this.stateOf(name)],
      ]);
      return stdout;
    } finally {
      for (const other of others) this.#move(other, this.#hidden(other), this.stateOf(other));
    }
  }

  /** The files with keys in the folder of an organisation, and those of them that are another's. */
  keysIn(name: string): { readonly own: number; readonly foreign: readonly string[] } {
    const files = readdirSync(this.stateOf(name), { recursive: true, encoding: 'utf8' }).filter(
      (file) => /key|secret|people\.json$/i.test(file) && !file.includes('/nodes/'),
    );
    const isOwn = (file: string) => file.startsWith(`organisations/${name}/`);
    return { own: files.filter(isOwn).length, foreign: files.filter((file) => !isOwn(file)) };
  }

  /** A folder in which a client finds the officers of these organisations, and the profile of one of them. */
  forClients(names: readonly string[]): string {
    const folder = join(this.#root, 'clients');
    for (const name of names) {
      cpSync(peopleFolder(this.stateOf(name), name), peopleFolder(folder, name), { recursive: true });
    }
    const [first = ''] = names;
    const file = join(folder, 'connection.json');
    writeFileSync(file, readFileSync(layoutOf(this.stateOf(first)).connection));
    return file;
  }

  async stop(): Promise<void> {
    for (const name of this.#names) {
      const layout = layoutOf(this.stateOf(name));
      if (!existsSync(descriptionOf(layout))) continue;
      await bringDown(readConsortium(descriptionOf(layout)), layout);
    }
  }

  #hidden(name: string): string {
    return join(this.#root, 'out-of-reach', name);
  }

  #move(name: string, from: string, to: string): void {
    const [source, target] = [from, to].map((state) => join(organisationsFolder(state), name));
    if (source === undefined || target === undefined || !existsSync(source)) return;
    mkdirSync(target, { recursive: true });
    for (const part of readdirSync(source)) {
      if (part !== 'nodes') renameSync(join(source, part), join(target, part));
    }
  }
}
