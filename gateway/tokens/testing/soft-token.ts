import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SHARE_ENV, Worker } from 'node:worker_threads';
import type { TokenConfig } from '../token-config.js';

const libraries = ['/usr/lib/softhsm/libsofthsm2.so', '/usr/lib64/pkcs11/libsofthsm2.so'];

/** A token of SoftHSM in a folder of its own. */
export interface SoftToken {
  readonly config: TokenConfig;
  /** By which SoftHSM finds the folder. */
  readonly env: Readonly<Record<string, string>>;
  remove(): void;
}

/** Why there is none on this machine, as a sentence; undefined where there is. */
export async function whyNoSoftToken(): Promise<string | undefined> {
  if (libraryHere() === undefined) return 'There is no SoftHSM here; on Debian: apt-get install softhsm2';
  try {
    await import('pkcs11js');
    return undefined;
  } catch {
    return 'The package pkcs11js is not built here: npm rebuild pkcs11js';
  }
}

/** @throws Error where there is no SoftHSM. */
export function makeSoftToken(label: string): SoftToken {
  const library = libraryHere();
  if (library === undefined) throw new Error('There is no SoftHSM here.');
  const folder = mkdtempSync(join(tmpdir(), 'pledgeonce-token-'));
  mkdirSync(join(folder, 'tokens'));
  const conf = join(folder, 'softhsm2.conf');
  writeFileSync(conf, `directories.tokendir = ${join(folder, 'tokens')}\nlog.level = ERROR\n`);
  const env = { SOFTHSM2_CONF: conf };
  const [pin, ofOfficer] = ['2468-pin', '1357-so'];
  const pinFile = join(folder, 'pin');
  writeFileSync(pinFile, `${pin}\n`, { mode: 0o600 });
  const made = spawnSync(
    'softhsm2-util',
    ['--init-token', '--free', '--label', label, '--pin', pin, '--so-pin', ofOfficer],
    { encoding: 'utf8', env: { ...process.env, ...env } },
  );
  if (made.status !== 0) throw new Error(`SoftHSM made no token: ${made.stderr}${made.stdout}`);
  return {
    config: { library, label, pinFile, sessions: 3 },
    env,
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}

/** Jest hands a spec a copy of the environment, in which a library finds nothing: it reads that of the process. */
export async function setForLibraries(env: SoftToken['env']): Promise<void> {
  const text = `Object.assign(process.env, ${JSON.stringify(env)})`;
  await once(new Worker(text, { eval: true, env: SHARE_ENV }), 'exit');
}

function libraryHere(): string | undefined {
  if (spawnSync('softhsm2-util', ['--version']).status !== 0) return undefined;
  return libraries.find((file) => existsSync(file));
}
