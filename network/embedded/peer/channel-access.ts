import type { Identity, Msps, Role } from '../msp/identity.js';

/** Bytes that somebody claims to have signed. */
export interface SignedData {
  /** Serialized identity. */
  readonly identity: Uint8Array;
  readonly data: Uint8Array;
  readonly signature: Uint8Array;
}

type PolicyName = 'Readers' | 'Writers';

/** Who may do what on the channel, by the organisational units that every organisation's default policies name. */
const rolesOf: Readonly<Record<PolicyName, ReadonlySet<Role>>> = {
  Readers: new Set<Role>(['admin', 'peer', 'client', 'orderer']),
  Writers: new Set<Role>(['admin', 'client', 'orderer']),
};

/** The channel's policies for applications: any organisation's member of the right kind will do. */
export class ChannelAccess {
  readonly #msps: Msps;
  readonly #channel: string;

  constructor(msps: Msps, channel: string) {
    this.#msps = msps;
    this.#channel = channel;
  }

  /**
   * Checks the signature and that its author may do this on the channel.
   *
   * @throws Error in Fabric's words, which do not say what was wrong.
   */
  check(policy: PolicyName, channel: string, signed: SignedData): Identity {
    if (channel !== this.#channel) throw new Error(`Failed to get policy manager for channel [${channel}]`);
    const identity = this.#authorOf(signed);
    if (!identity?.role || !rolesOf[policy].has(identity.role)) {
      throw new Error(
        `Failed evaluating policy on signed data during check policy on channel [${channel}] with policy [/Channel/Application/${policy}]: [implicit policy evaluation failed - 0 sub-policies were satisfied, but this policy requires 1 of the '${policy}' sub-policies to be satisfied]`,
      );
    }
    return identity;
  }

  #authorOf({ identity: serialized, data, signature }: SignedData): Identity | undefined {
    try {
      const identity = this.#msps.identity(serialized);
      this.#msps.validate(identity);
      return this.#msps.verify(identity, data, signature) ? identity : undefined;
    } catch {
      return undefined;
    }
  }
}
