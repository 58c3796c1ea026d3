import { readFileSync } from 'node:fs';
import type { ConnectionProfile } from '@pledgeonce/network/connection-profile.js';

/** The runner tells the probes through this variable where their setting is written down. */
export const SETTING_VARIABLE = 'PLEDGEONCE_CONFORMANCE';

/** One enrolled person. */
export interface Enrolled {
  readonly mspId: string;
  readonly certificate: string;
  readonly privateKey: string;
}

/** What the runner prepared: the network, where it keeps its state, and one officer of each organisation. */
export interface Setting {
  readonly stateDir: string;
  readonly profile: ConnectionProfile;
  readonly officers: readonly Enrolled[];
}

/**
 * Reads what the runner prepared.
 *
 * @throws Error when the probes were not started by the runner.
 */
export function readSetting(): Setting {
  const file = process.env[SETTING_VARIABLE];
  if (file === undefined) throw new Error('Run the probes with `npm run conformance`: they need a network.');
  return JSON.parse(readFileSync(file, 'utf8')) as Setting;
}
