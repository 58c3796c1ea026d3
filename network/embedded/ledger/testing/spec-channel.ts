import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configurationEnvelope } from '../../orderer/channel-config.js';
import { openMsps } from '../../msp/open-msps.js';
import type { SigningIdentity } from '../../msp/identity.js';
import type { ChannelDefinition, CollectionDefinition } from '../channel.js';
import type { ChannelLedger } from '../channel-ledger.js';
import type { Disk } from '../disk.js';
import type { CommittedBlock } from '../ledger.js';
import { openLevelDisk } from '../level-disk.js';
import { openEnvelope } from '../open-envelope.js';
import { openLedger, type LedgerOptions } from '../open-ledger.js';
import { specOrganisation, type Enrolled, type SpecOrganisation } from './spec-organisation.js';
import { specReadWriteSet, type SpecNamespace } from './spec-read-write-set.js';
import { specTransaction, type Assembled, type SpecTransaction } from './spec-transaction.js';

const CHANNEL = 'spec';

/** Three organisations A, B and C with a peer each, a client of A, and a ledger that outlives its process. */
export interface SpecChannel {
  readonly organisations: Readonly<Record<'A' | 'B' | 'C', SpecOrganisation>>;
  readonly peers: Readonly<Record<'A' | 'B' | 'C', Enrolled>>;
  readonly client: Enrolled;
  readonly directory: string;
  readonly definition: ChannelDefinition;
  open(): Promise<ChannelLedger>;
  openWith(disk: Disk, directory: string, more: Partial<LedgerOptions>): Promise<ChannelLedger>;
  remove(): Promise<void>;
}

const collection = (name: string, members: string[], more: Partial<CollectionDefinition> = {}) => ({
  name,
  members,
  requiredPeers: 0,
  maxPeers: 1,
  blockToLive: 0,
  memberOnlyRead: false,
  memberOnlyWrite: false,
  ...more,
});

const DEFINITION: ChannelDefinition = {
  channel: CHANNEL,
  chaincodes: [
    {
      name: 'cc',
      version: '1.0',
      endorsement: `OutOf(2, 'A.peer', 'B.peer', 'C.peer')`,
      collections: [
        collection('ab', ['A', 'B']),
        collection('short', ['A', 'B'], { blockToLive: 1 }),
        collection('strict', ['A', 'B'], { endorsement: `AND('A.peer', 'B.peer')` }),
      ],
    },
    { name: 'other', version: '1.0', endorsement: `AND('C.peer')`, collections: [] },
  ],
};

export async function specChannel(): Promise<SpecChannel> {
  const [A, B, C] = [specOrganisation('A'), specOrganisation('B'), specOrganisation('C')];
  const [peerA, peerB, peerC, client] = await Promise.all([
    A.enrol('peer', 'peer'),
    B.enrol('peer', 'peer'),
    C.enrol('peer', 'peer'),
    A.enrol('somebody', 'client'),
  ]);
  const directory = await mkdtemp(join(tmpdir(), 'ledger-'));
  return {
    organisations: { A, B, C },
    peers: { A: peerA, B: peerB, C: peerC },
    client,
    directory,
    definition: DEFINITION,
    async open() {
      return openSpecLedger(directory, [A, B, C]);
    },
    openWith: (disk, folder, more) => openLedger({ ...optionsOf(disk, folder, [A, B, C]), ...more }),
    remove: () => rm(directory, { recursive: true }),
  };
}

/** Opens the ledger in a directory with these roots, as the child process of a crash spec does, too. */
export async function openSpecLedger(
  directory: string,
  organisations: readonly { readonly mspId: string; readonly rootCerts: string }[],
): Promise<ChannelLedger> {
  return openLedger(optionsOf(await openLevelDisk(directory), directory, organisations));
}

function optionsOf(
  disk: Disk,
  directory: string,
  organisations: readonly { readonly mspId: string; readonly rootCerts: string }[],
): LedgerOptions {
  return {
    disk,
    witness: join(directory, 'acknowledged'),
    definition: DEFINITION,
    msps: openMsps(organisations),
    genesis: () =>
      configurationEnvelope({
        channel: CHANNEL,
        membersMsp: 'MembersMSP',
        organisations: organisations.map((one) => ({ ...one, orderer: true })),
        limits: { maxMessages: 10, maxBytes: 1_000_000, timeoutMs: 100 },
        ordererAddresses: ['localhost:1'],
      }),
  };
}

/** Assembles a transaction of the channel, endorsed by A and B unless told otherwise. */
export function transact(
  channel: SpecChannel,
  namespaces: Readonly<Record<string, SpecNamespace>>,
  more: Partial<SpecTransaction> & { readonly by?: readonly SigningIdentity[] } = {},
): Assembled & { readonly privateBytes: Uint8Array } {
  const { publicBytes, privateBytes } = specReadWriteSet(namespaces);
  const assembled = specTransaction({
    channel: CHANNEL,
    creator: channel.client,
    endorsers: more.by ?? [channel.peers.A, channel.peers.B],
    results: publicBytes,
    ...more,
  });
  return { ...assembled, privateBytes };
}

/** Commits envelopes as the next block, without an orderer. */
export function commit(
  ledger: ChannelLedger,
  ...envelopes: readonly { bytes: Uint8Array }[]
): Promise<CommittedBlock> {
  return ledger.commit({
    number: ledger.height,
    previousHash: ledger.tip,
    envelopes: envelopes.map(({ bytes }) => openEnvelope(bytes)),
    signatures: new Uint8Array(),
  });
}

/** Commits envelopes and names what became of each. */
export async function codesOf(
  ledger: ChannelLedger,
  ...envelopes: { bytes: Uint8Array }[]
): Promise<number[]> {
  return (await commit(ledger, ...envelopes)).transactions.map(({ code }) => code);
}
