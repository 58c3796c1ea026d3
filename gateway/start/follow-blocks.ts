import { common } from '@hyperledger/fabric-protos';
import type { Logger } from 'pino';
import { askLedger } from '../ledger/ask-ledger.js';
import { classify } from '../ledger/classify.js';
import type { ConnectionProfile } from '../ledger/connection-profile.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Signatory } from '../ledger/signatory.js';
import { assembledBlocks } from '../projection/assembled-blocks.js';
import { followedBlocks } from '../projection/followed-blocks.js';
import type { OpenFullBlocks } from '../projection/follower.js';
import { Follower } from '../projection/follower.js';
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
  /** How long a peer may take to hand out a block. */
  readonly timeoutMs: number;
  readonly log: Logger;
}

/** Keeps the tables up with the organisation's own peer, from when the follower is started. */
export function followBlocks(parts: FollowParts, cleanUps: CleanUps): Follower {
  const { reach, projection, log } = parts;
  const open = parts.government
    ? followedBlocks(
        async (startBlock) => (await reach.ownPeer()).getBlockAndPrivateDataEvents({ startBlock }),
        parts.profile.chaincode.name,
      )
    : assembled(parts);
  const follower = new Follower({
    projection,
    open,
    latestBlock: () => reach.watcher.latestBlock,
    height: () => heightOf(parts),
    log,
  });
  cleanUps.add(() => follower.stop());
  return follower;
}

/** How many blocks the organisation's peer has; undefined where the consortium keeps that from its members. */
async function heightOf({ mspId, profile, reach, timeoutMs }: FollowParts): Promise<number | undefined> {
  const place = { entry: mspId, mspId, channel: profile.channel, timeoutMs };
  const signatory = await reach.reader();
  try {
    const question = { ...place, signatory };
    return common.BlockchainInfo.deserializeBinary(await askLedger(question, 'GetChainInfo')).getHeight();
  } catch (error) {
    if (classify(error).kind === 'unavailable') throw error;
    return undefined;
  }
}

/** Where the peer holds no private data, the records are asked of the chaincode and put into their blocks. */
function assembled({ mspId, profile, reach, ledger, asClerk, timeoutMs }: FollowParts): OpenFullBlocks {
  const place = { entry: mspId, mspId, channel: profile.channel, timeoutMs };
  return assembledBlocks({
    mspId,
    chaincode: profile.chaincode.name,
    open: async (startBlock) => (await reach.ownPeer()).getFilteredBlockEvents({ startBlock }),
    block: async (number) => {
      const question = { ...place, signatory: await reach.reader() };
      return common.Block.deserializeBinary(await askLedger(question, 'GetBlockByNumber', String(number)));
    },
    records: async (keys) =>
      (await ledger.evaluate(await asClerk(), 'readOwnRecords', { keys: [...keys] })).records,
  });
}
