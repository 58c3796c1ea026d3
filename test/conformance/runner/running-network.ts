import type { ConnectionProfile } from '@pledgeonce/network/connection-profile.js';

/** A network that the probes can be run against. */
export interface RunningNetwork {
  readonly profile: ConnectionProfile;
  /** The folder with the network's people. */
  readonly stateDir: string;
  stop(): Promise<void>;
}
