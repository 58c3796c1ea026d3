import type { Msps } from '../msp/identity.js';
import type { ChannelDefinition } from './channel.js';
import { ChannelLedger } from './channel-ledger.js';
import { StoredBlock } from './committed-block.js';
import type { Disk } from './disk.js';
import { keys } from './keys.js';
import { openEnvelope } from './open-envelope.js';
import { decodeTip, NO_BLOCKS, type Tip } from './tip.js';
import { TransientStore } from './transient-store.js';

/** What is on the disk is not a chain that this ledger has written. */
export class LedgerDamaged extends Error {
  override readonly name = 'LedgerDamaged';
}

export interface LedgerOptions {
  /** Where everything is kept; closed with the ledger. */
  readonly disk: Disk;
  readonly definition: ChannelDefinition;
  readonly msps: Msps;
  /** Serialized configuration envelope of block 0, asked for when the disk is empty. */
  readonly genesis: () => Uint8Array;
}

/**
 * Opens the ledger of a channel. An empty disk gets block 0; otherwise the last block must be whole and linked to the
 * one before it, which a batch written whole guarantees unless somebody else has touched the disk.
 *
 * @throws LedgerDamaged
 */
export async function openLedger({ disk, definition, msps, genesis }: LedgerOptions): Promise<ChannelLedger> {
  const tip = readTip(disk);
  const transients = await TransientStore.open(disk);
  const ledger = new ChannelLedger({ disk, definition, msps, tip, transients });
  if (ledger.height === 0) {
    const envelopes = [openEnvelope(genesis())];
    await ledger.commit({ number: 0, previousHash: Buffer.alloc(0), envelopes, signatures: Buffer.alloc(0) });
  }
  return ledger;
}

function readTip(disk: Disk): Tip {
  const record = disk.get(keys.tip());
  if (record === undefined) return NO_BLOCKS;
  const tip = decodeTip(record);
  const last = readBlock(disk, tip.height - 1);
  if (!last.isIntact || !last.hash.equals(tip.hash)) {
    throw new LedgerDamaged(`Block ${tip.height - 1} is not the one that was committed`);
  }
  if (tip.height > 1 && !last.previousHash.equals(readBlock(disk, tip.height - 2).hash)) {
    throw new LedgerDamaged(`Block ${tip.height - 1} does not continue block ${tip.height - 2}`);
  }
  return tip;
}

function readBlock(disk: Disk, number: number): StoredBlock {
  const bytes = disk.get(keys.block(number));
  if (bytes === undefined) throw new LedgerDamaged(`Block ${number} is missing`);
  return StoredBlock.read(bytes);
}
