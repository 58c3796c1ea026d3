import type { ChannelDefinition } from '../ledger/channel.js';
import { compilePolicy } from '../msp/compile-policy.js';
import type { Identity, Msps, Role } from '../msp/identity.js';
import { parsePolicy } from '../msp/parse-policy.js';
import type { Policy } from '../msp/policy.js';

/** Bytes that somebody claims to have signed. */
export interface SignedData {
  /** Serialized identity. */
  readonly identity: Uint8Array;
  readonly data: Uint8Array;
  readonly signature: Uint8Array;
}

type RolePolicy = 'Readers' | 'Writers';
export type PolicyName = RolePolicy | 'BlockEvents';

/** Who may do what on the channel, by the organisational units that every organisation's default policies name. */
const rolesOf: Readonly<Record<RolePolicy, ReadonlySet<Role>>> = {
  Readers: new Set<Role>(['admin', 'peer', 'client', 'orderer']),
  Writers: new Set<Role>(['admin', 'client', 'orderer']),
};

/**
 * The channel's policies for applications: any organisation's member of the right kind will do, but for whole blocks,
 * where the channel may name who.
 */
export class ChannelAccess {
  readonly #msps: Msps;
  readonly #channel: string;
  readonly #membersMsp: string | undefined;
  readonly #blockEvents: Policy | undefined;

  constructor(msps: Msps, { channel, membersMsp, blockEvents }: ChannelDefinition) {
    this.#msps = msps;
    this.#channel = channel;
    this.#membersMsp = membersMsp;
    this.#blockEvents = blockEvents === undefined ? undefined : compilePolicy(parsePolicy(blockEvents), msps);
  }

  /**
   * Checks the signature and that its author may do this on the channel.
   *
   * @throws Error in Fabric's words, which do not say what was wrong.
   */
  check(policy: PolicyName, channel: string, signed: SignedData): Identity {
    if (channel !== this.#channel) throw new Error(`Failed to get policy manager for channel [${channel}]`);
    const identity = this.#authorOf(signed);
    if (identity === undefined || !this.#satisfies(policy, identity)) {
      throw new Error(
        `Failed evaluating policy on signed data during check policy on channel [${channel}] with policy [/Channel/Application/${policy}]: [signature set did not satisfy policy]`,
      );
    }
    return identity;
  }

  #satisfies(policy: PolicyName, identity: Identity): boolean {
    if (policy === 'BlockEvents') {
      return this.#blockEvents?.satisfiedBy([identity]) ?? this.#satisfies('Readers', identity);
    }
    const { mspId, role } = identity;
    if (mspId === this.#membersMsp) return role === 'client';
    return role !== undefined && rolesOf[policy].has(role);
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
