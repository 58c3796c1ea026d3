import type { Network } from '@hyperledger/fabric-gateway';
import { common } from '@hyperledger/fabric-protos';
import type { Logger } from 'pino';
import { Circuit } from '../ledger/circuit.js';
import { askInTurn } from '../ledger/ask-in-turn.js';
import { askLedger } from '../ledger/ask-ledger.js';
import { agreedBlock } from '../ledger/blocks/agreed-block.js';
import { Bell } from '../ledger/blocks/bell.js';
import { BlockSource } from '../ledger/blocks/block-source.js';
import { orderersAnnouncements } from '../ledger/blocks/orderer-announcements.js';
import { verdictsOf } from '../ledger/blocks/verdicts.js';
import { CommitWatcher } from '../ledger/commit-watcher.js';
import type { ConnectionProfile } from '../ledger/connection-profile.js';
import type { Metrics } from '../metrics.js';
import { PeerConnections } from '../ledger/peer-connections.js';
import { Signatory } from '../ledger/signatory.js';
import { ClerkSignatory } from '../people/clerk-signatory.js';
import type { Identity } from '../people/wallet.js';
import type { CleanUps } from './clean-ups.js';
import type { Wallets } from './keep-people.js';

/** The organisation's way to the network. */
export interface Reach {
  readonly connections: PeerConnections;
  /** The gateway's own identity, which reads blocks; fails while the gateway has no certificate for it. */
  readonly reader: () => Promise<Signatory>;
  readonly ownPeer: () => Promise<Network>;
  /** Whole blocks, verified: of the own peer, or as two of the government's have them where there is none. */
  readonly source: BlockSource;
  readonly bell: Bell;
  readonly watcher: CommitWatcher;
  /** Somebody who signs over the shared connections. */
  readonly signatory: (identity: Identity) => Signatory;
}

export interface BlockOptions {
  /** How long a peer may take to hand out a block. */
  readonly blockTimeoutMs: number;
  /** Told of each stream of blocks that ends. */
  readonly streamFailed: Metrics['streamFailed'];
}

/** How long a peer may take to say how many blocks it has. */
const heightTimeoutMs = 3_000;

/** Opens the connections to the peers; blocks come when bell and watcher are started. */
export function reachNetwork(
  mspId: string,
  profile: ConnectionProfile,
  { services, signingOf }: Pick<Wallets, 'services' | 'signingOf'>,
  { blockTimeoutMs, streamFailed }: BlockOptions,
  log: Logger,
  cleanUps: CleanUps,
): Reach {
  const address = { channel: profile.channel, chaincode: profile.chaincode.name, signingOf };
  const connections = new PeerConnections(profile, mspId, new Circuit());
  cleanUps.add(() => {
    connections.close();
  });
  const signatory = (identity: Identity) => new Signatory(identity, connections, address);
  // A gateway that has no certificate yet starts all the same and asks again: what needs none is served.
  const readers = new ClerkSignatory(async () => signatory(await services.reader()));
  cleanUps.add(() => readers.close());
  const reader = () => readers.get();
  const ownPeer = async () => (await reader()).network(mspId);
  const bell = new Bell(
    profile.orderers.map(
      (orderer) => async () => orderersAnnouncements(orderer, await reader(), profile.channel),
    ),
    log,
    () => {
      streamFailed('announcements');
    },
  );
  cleanUps.add(() => bell.stop());
  const place = async (entry: string, timeoutMs: number) => {
    const { channel } = profile;
    return { signatory: await reader(), entry, mspId: entry, channel, timeoutMs };
  };
  const blockOf = async (entry: string, number: number) => {
    const where = await place(entry, blockTimeoutMs);
    return common.Block.deserializeBinary(await askLedger(where, 'GetBlockByNumber', String(number)));
  };
  const source = new BlockSource(
    {
      height: async () => {
        const ask = async (entry: string) => askLedger(await place(entry, heightTimeoutMs), 'GetChainInfo');
        const info = await (connections.hasOwn ? ask(mspId) : askInTurn(connections, ask));
        return common.BlockchainInfo.deserializeBinary(info).getHeight();
      },
      block: (number) =>
        connections.hasOwn
          ? blockOf(mspId, number)
          : agreedBlock(connections, (entry) => blockOf(entry, number)),
    },
    bell,
  );
  const watcher = new CommitWatcher(
    (startBlock) => verdictsFrom(source, startBlock),
    log,
    () => {
      streamFailed('commits');
    },
  );
  cleanUps.add(() => watcher.stop());
  return { connections, reader, ownPeer, source, bell, watcher, signatory };
}

async function verdictsFrom(source: BlockSource, startBlock: number | undefined) {
  const blocks = await source.open(startBlock);
  return {
    close: () => {
      blocks.close();
    },
    [Symbol.asyncIterator]: async function* () {
      for await (const { number, block } of blocks) yield { number, verdicts: verdictsOf(block) };
    },
  };
}
