import type { Consortium } from './consortium.js';

/** The channel's policies that do not belong to one organisation: signature policies in Fabric's language. */
export interface ChannelPolicies {
  /** Whoever belongs to the consortium. One policy that names all is verified once; `ANY` once for each, until one fits. */
  readonly readers: string;
  readonly writers: string;
  /** Undefined where the description leaves it to the majority. */
  readonly governed: GovernedPolicies | undefined;
}

interface GovernedPolicies {
  /** Changes channel, members, access control and orderers. */
  readonly admins: string;
  /** The peers of the same organisations, which endorse a definition of a chaincode. */
  readonly endorsement: string;
}

/**
 * The policies of the channel as its description means them.
 *
 * @param msps whom the channel knows; of the members' MSP only people count, for any member can certify a node under it.
 */
export function channelPolicies({
  msps,
  membersMsp,
  administration,
}: {
  readonly msps: readonly string[];
  readonly membersMsp: string;
  readonly administration?: Consortium['administration'];
}): ChannelPolicies {
  const anyOf = (...roles: readonly string[]) => {
    const named = msps.flatMap((msp) =>
      (msp === membersMsp ? ['client'] : roles).map((role) => `'${msp}.${role}'`),
    );
    return `OR(${named.join(', ')})`;
  };
  return {
    readers: anyOf('member'),
    writers: anyOf('admin', 'client', 'orderer'),
    governed:
      administration === undefined
        ? undefined
        : { admins: administration, endorsement: administration.replaceAll(".admin'", ".peer'") },
  };
}
