import type { ChannelGroup, ConfigGroup } from './config.js';

/** The two halves of a change: what it takes for given, and what is to be, both with the versions of each part. */
export interface ConfigUpdate {
  readonly channel_id: string;
  readonly read_set: ConfigGroup;
  readonly write_set: ConfigGroup;
  readonly isolated_data?: Readonly<Record<string, string>>;
}

/** Thrown when a change cannot be made to the channel as it is now. */
export class Outdated extends Error {
  override readonly name = 'Outdated';
}

/**
 * The channel as it would be after a change, by Fabric's rules: a part whose version is one higher takes the place of the
 * former, a group of a higher version has those parts and no others, and everything else stays.
 *
 * @throws Outdated when the change was made for another configuration than the channel has.
 */
export function appliedTo(before: ChannelGroup, { read_set, write_set }: ConfigUpdate): ChannelGroup {
  assertRead(before, read_set, 'the channel');
  return applyGroup(before, write_set, 'the channel') as ChannelGroup;
}

function assertRead(before: ConfigGroup, read: ConfigGroup, path: string): void {
  assertSame(before, read, path);
  for (const [name, group] of Object.entries(read.groups)) {
    assertRead(present(before.groups[name], `${path}/${name}`), group, `${path}/${name}`);
  }
  assertPartsRead(before.values, read.values, path);
  assertPartsRead(before.policies, read.policies, path);
}

function assertPartsRead(
  before: Readonly<Record<string, Versioned>>,
  read: Readonly<Record<string, Versioned>>,
  path: string,
): void {
  for (const [name, part] of Object.entries(read)) {
    assertSame(present(before[name], `${path}/${name}`), part, `${path}/${name}`);
  }
}

function applyGroup(before: ConfigGroup, written: ConfigGroup, path: string): ConfigGroup {
  const changed = isChanged(before, written, path);
  const groups = changed ? {} : { ...before.groups };
  for (const [name, group] of Object.entries(written.groups)) {
    const former = before.groups[name];
    const where = `${path}/${name}`;
    groups[name] = former === undefined ? added(group, where) : applyGroup(former, group, where);
  }
  return {
    ...before,
    ...(changed && { version: written.version ?? '0', mod_policy: written.mod_policy ?? '' }),
    groups,
    values: applyParts(before.values, written.values, changed, path),
    policies: applyParts(before.policies, written.policies, changed, path),
  };
}

function applyParts<T extends Versioned>(
  before: Readonly<Record<string, T>>,
  written: Readonly<Record<string, T>>,
  changed: boolean,
  path: string,
): Record<string, T> {
  const parts = changed ? {} : { ...before };
  for (const [name, part] of Object.entries(written)) {
    const former = before[name];
    const where = `${path}/${name}`;
    if (former === undefined) parts[name] = added(part, where);
    else parts[name] = isChanged(former, part, where) ? part : former;
  }
  return parts;
}

interface Versioned {
  readonly version?: string;
}

function isChanged(before: Versioned, written: Versioned, path: string): boolean {
  const step = versionOf(written) - versionOf(before);
  if (step !== 0n && step !== 1n) throw outdated(path);
  return step === 1n;
}

function assertSame(before: Versioned, read: Versioned, path: string): void {
  if (versionOf(before) !== versionOf(read)) throw outdated(path);
}

function added<T extends Versioned>(part: T, path: string): T {
  if (versionOf(part) !== 0n) throw outdated(path);
  return part;
}

function present<T>(part: T | undefined, path: string): T {
  if (part === undefined) throw outdated(path);
  return part;
}

function versionOf({ version = '0' }: Versioned): bigint {
  return BigInt(version);
}

function outdated(path: string): Outdated {
  return new Outdated(`The proposal was made for another configuration (${path}). Have it proposed anew.`);
}
