import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const REQUIRED = ['peer', 'orderer', 'configtxgen', 'configtxlator', 'osnadmin'] as const;
const OLDEST = { major: 3, minor: 0 };

/** Thrown when Fabric's programs are not there or too old; the message says what to do. */
export class ProgramsMissing extends Error {
  override readonly name = 'ProgramsMissing';
}

/**
 * Looks for Fabric's programs on PATH.
 *
 * @returns the version of `peer`, such as `v3.1.5`.
 * @throws ProgramsMissing naming every program that is missing, or the version that is too old for SmartBFT.
 */
export function findPrograms(path = process.env['PATH'] ?? ''): string {
  const missing = REQUIRED.filter((program) => !onPath(program, path));
  if (missing.length > 0) {
    throw new ProgramsMissing(
      `Not on PATH: ${missing.join(', ')}. The native network needs the programs of Hyperledger Fabric 3.1; ` +
        'put their folder on PATH, or use --on embedded, which needs Node only.',
    );
  }
  const version = versionOf(
    execFileSync('peer', ['version'], { encoding: 'utf8', env: { ...process.env, PATH: path } }),
  );
  if (!isRecent(version)) {
    throw new ProgramsMissing(
      `peer is ${version}: Byzantine-fault-tolerant ordering needs Fabric 3.0 or newer.`,
    );
  }
  return version;
}

/**
 * Why Fabric cannot run here, as a sentence or two; undefined when it can.
 *
 * @throws Error when they are there but cannot be asked for their version.
 */
export function whyNoFabric(path?: string): string | undefined {
  try {
    findPrograms(path);
    return undefined;
  } catch (error) {
    if (error instanceof ProgramsMissing) return error.message;
    throw error;
  }
}

/** Whether a program is found on PATH. */
export function onPath(program: string, path = process.env['PATH'] ?? ''): boolean {
  return path.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** The version in the output of `peer version`. */
export function versionOf(output: string): string {
  return /^\s*Version:\s*(\S+)/m.exec(output)?.[1] ?? 'of an unknown version';
}

/**
 * Whether a version such as `v3.1.5` is 3.0 or newer. A peer that was built from source without being told its version
 * calls itself `latest`; what it is, the channel's capabilities will tell.
 */
export function isRecent(version: string): boolean {
  if (version === 'latest') return true;
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  const difference = Number(major ?? 0) - OLDEST.major;
  return difference > 0 || (difference === 0 && Number(minor) >= OLDEST.minor);
}
