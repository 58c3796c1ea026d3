import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { projectRoot } from '../../stack/options.js';

/** What is made, installed or kept, and no source. */
const left: ReadonlySet<string> = new Set([
  '.git',
  '.pledgeonce',
  'coverage',
  'dist',
  'node_modules',
  'site',
]);

/** How a program ended, with everything that it wrote. */
interface Ended {
  readonly code: number;
  readonly output: string;
}

/** The sources in a folder of their own, with the packages that are installed here. */
export class CopiedSources {
  readonly folder = mkdtempSync(join(tmpdir(), 'pledgeonce-recipes-'));

  constructor() {
    cpSync(projectRoot, this.folder, {
      recursive: true,
      filter: (path) => path === projectRoot || !left.has(basename(path)),
    });
    this.#install();
  }

  /** Runs one of the programs of the copy with Node; whether it ends well is for the caller to see. */
  run(...args: readonly string[]): Promise<Ended> {
    const { JEST_WORKER_ID: _worker, ...env } = process.env;
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        args,
        { cwd: this.folder, env, maxBuffer: 2 ** 26 },
        (error, stdout, stderr) => {
          resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr });
        },
      );
    });
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, maxRetries: 5, retryDelay: 200 });
  }

  /** Links every package, but has our own packages lead to the copy. */
  #install(): void {
    const [from, to] = [projectRoot, this.folder].map((root) => join(root, 'node_modules')) as [
      string,
      string,
    ];
    mkdirSync(to);
    for (const name of readdirSync(from)) {
      if (name === '@pledgeonce')
        cpSync(join(from, name), join(to, name), { recursive: true, verbatimSymlinks: true });
      else symlinkSync(join(from, name), join(to, name));
    }
    const { workspaces } = JSON.parse(this.read('package.json')) as {
      readonly workspaces: readonly string[];
    };
    for (const workspace of workspaces) {
      const own = join(projectRoot, workspace, 'node_modules');
      if (existsSync(own)) symlinkSync(own, join(this.folder, workspace, 'node_modules'));
    }
  }
}
