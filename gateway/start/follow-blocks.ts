import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import type { Logger } from 'pino';
import { classify } from '../ledger/classify.js';
import type { ConnectionProfile } from '../ledger/connection-profile.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Signatory } from '../ledger/signatory.js';
import type { Metrics } from '../metrics.js';
import { assembledBlocks, type OwnCopies } from '../projection/assembled-blocks.js';
import { followedBlocks } from '../projection/followed-blocks.js';
import type { OpenFullBlocks } from '../projection/follower.js';
import { Follower } from '../projection/follower.js';
import { Heir } from '../projection/heir.js';
import type { Projection } from '../projection/projection.js';
import type { CleanUps } from './clean-ups.js';
import type { Reach } from './reach-network.js';

export interface FollowParts {
  readonly mspId: string;
  readonly government: boolean;
  readonly profile: ConnectionProfile;
  readonly reach: Reach;
  readonly ledger: Ledger;
  readonly projection: Projection;
  /** The gateway's own identity, which asks for the organisation's records. */
  readonly asClerk: () => Promise<Signatory>;
  readonly metrics: Metrics;
  readonly log: Logger;
}

/** Keeps the tables up with the organisation's own peer, from when the follower is started. */
export function followBlocks(parts: FollowParts, cleanUps: CleanUps): Follower {
  const { reach, projection, metrics, log } = parts;
  const open = parts.government
    ? followedBlocks(
        async (startBlock) => (await reach.ownPeer()).getBlockAndPrivateDataEvents({ startBlock }),
        parts.profile.chaincode.name,
        (previous) => reach.source.chain(previous),
      )
    : assembled(parts);
  const follower = new Follower({
    projection,
    open,
    latestBlock: () => Math.max(reach.watcher.latestBlock, reach.source.height - 1),
    height: () => heightOf(reach),
    applied: ({ malformed }) => {
      for (const { signer } of malformed) metrics.malformed(signer?.mspId ?? 'unknown');
    },
    failed: () => {
      metrics.streamFailed('lists');
    },
    log,
  });
  cleanUps.add(() => follower.stop());
  return follower;
}

/** How many blocks the organisation's peer has; undefined where the consortium keeps that from its members. */
async function heightOf({ source }: Reach): Promise<number | undefined> {
  try {
    return await source.look();
  } catch (error) {
    if (classify(error).kind === 'unavailable') throw error;
    return undefined;
  }
}

/** Where the peer holds no private data, the own records are asked of the government's nodes and put into their blocks. */
function assembled(parts: FollowParts): OpenFullBlocks {
  const { profile, reach, projection } = parts;
  let wasRefused = false;
  const refused = () => {
    wasRefused = true;
  };
  const copies = new Map<string, OwnCopies>();
  const copiesIn = (member: string) => {
    const known = copies.get(member) ?? copiesOf(parts, member);
    copies.set(member, known);
    return known;
  };
  return assembledBlocks({
    chaincode: profile.chaincode.name,
    open: (startBlock, previous) => reach.source.open(startBlock, previous),
    ...copiesOf(parts, undefined, refused),
    inherited: () => projection.successions.inheritances().map(({ member }) => copiesIn(member)),
    isRemoved: () => wasRefused || projection.successions.isRemoved,
  });
}

/**
 * How records are found and read that are the organisation's own, or a member's that it has succeeded.
 *
 * @param refused told when the registry says that the organisation is no member any more.
 */
function copiesOf(
  { ledger, asClerk }: Pick<FollowParts, 'ledger' | 'asClerk'>,
  member?: string,
  refused?: () => void,
): OwnCopies {
  const signatory = async () => {
    const clerk = await asClerk();
    return member === undefined ? clerk : clerk.standingInFor(member);
  };
  const noting = <T>(answer: Promise<T>) =>
    answer.catch((error: unknown) => {
      if (error instanceof LedgerError && error.code === 'MEMBER_REMOVED') refused?.();
      throw error;
    });
  const key = onceKnown(
    async () => (await noting(ledger.evaluate(await signatory(), 'readAddresseeKey', {}))).key,
  );
  return {
    addresseeKey: key,
    records: async (keys, asking) => {
      const asked = ledger.evaluate(await signatory(), 'readOwnRecords', { keys: [...keys] }, asking);
      return (await noting(asked)).records;
    },
  };
}

/** Takes over what the organisation inherits, whenever it does; the government nodes follow everybody's anyway. */
export function takeOver(parts: Omit<FollowParts, 'metrics'>, cleanUps: CleanUps): Heir[] {
  const { government, profile, reach, projection, log } = parts;
  if (government) return [];
  const heir = new Heir({
    projection,
    open: (startBlock, previous) => reach.source.open(startBlock, previous),
    chaincode: profile.chaincode.name,
    copiesOf: (member) => copiesOf(parts, member),
    log,
  });
  cleanUps.add(() => heir.stop());
  return [heir];
}

/** Asks once for what never changes; again only where asking failed. */
function onceKnown<T>(ask: () => Promise<T>): () => Promise<T> {
  let known: Promise<T> | undefined;
  return () => {
    known ??= ask().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}
