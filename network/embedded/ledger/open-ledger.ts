import type { Msps } from '../msp/identity.js';
import type { ChannelDefinition } from './channel.js';
import { ChannelLedger } from './channel-ledger.js';
import { ChannelPolicies } from './channel-policies.js';
import { checkedDisk } from './checked-disk.js';
import type { Disk } from './disk.js';
import { keys } from './keys.js';
import { LedgerDamaged } from './ledger-damaged.js';
import { openEnvelope } from './open-envelope.js';
import { Proof, proofAtStart, type ProofPlan } from './proof.js';
import { readIntact } from './prove-chain.js';
import { sharePrivateData } from './share-private-data.js';
import { decodeTip, NO_BLOCKS, type Tip } from './tip.js';
import { TransientStore } from './transient-store.js';
import { Witness } from './witness.js';

export interface LedgerOptions {
  /** Where everything is kept; closed with the ledger. */
  readonly disk: Disk;
  /** The file that says how far the ledger has acknowledged. */
  readonly witness: string;
  readonly definition: ChannelDefinition;
  readonly msps: Msps;
  /** Serialized configuration envelope of block 0, asked for when the disk is empty. */
  readonly genesis: () => Uint8Array;
  /** That of a start unless given. */
  readonly proof?: ProofPlan | undefined;
  /** Told once when damage is found later. Nothing of the ledger may be served from then on. */
  readonly onDamage?: (damage: LedgerDamaged) => void;
}

/**
 * Opens the ledger of a channel. An empty disk gets block 0. Otherwise everything that was acknowledged must be there,
 * and as much of chain and state is proved as the plan says; the rest is proved while the ledger is in use.
 *
 * @throws LedgerDamaged
 */
export async function openLedger(options: LedgerOptions): Promise<ChannelLedger> {
  const { definition, msps, genesis, proof: plan = proofAtStart } = options;
  let damage: LedgerDamaged | undefined;
  let report: (found: LedgerDamaged) => void = () => undefined;
  const disk = checkedDisk(
    options.disk,
    (found) => {
      report(found);
    },
    () => damage,
  );
  let witness: Witness | undefined;
  try {
    const tip = readTip(disk);
    witness = Witness.open(options.witness, tip.height === 0);
    proveAcknowledged(disk, tip, witness);
    await sharePrivateData(disk);
    const transients = await TransientStore.open(disk);
    const proof = new Proof(disk, tip, new ChannelPolicies(definition, msps));
    const isProved = await proof.goOn(plan.budgetMs, plan.leastSteps);
    const ledger = new ChannelLedger({ disk, definition, msps, tip, transients, witness });
    if (ledger.height === 0) {
      const envelopes = [openEnvelope(genesis())];
      await ledger.commit({
        number: 0,
        previousHash: Buffer.alloc(0),
        envelopes,
        signatures: Buffer.alloc(0),
      });
    }
    report = (found) => {
      if (damage !== undefined) return;
      damage = found;
      witness?.condemn(found.message);
      options.onDamage?.(found);
    };
    if (!isProved) ledger.prove(proof, plan.restAfterMs, report);
    return ledger;
  } catch (error) {
    await options.disk.close().catch(() => undefined);
    if (error instanceof LedgerDamaged) witness?.condemn(error.message);
    witness?.close();
    throw error;
  }
}

function readTip(disk: Disk): Tip {
  const record = disk.get(keys.tip());
  return record === undefined ? NO_BLOCKS : decodeTip(record);
}

/**
 * A crash loses nothing that was acknowledged; whatever is less is damage. What lies beyond it was written, and nobody
 * had been told yet.
 */
function proveAcknowledged(disk: Disk, { height, hash }: Tip, { acknowledged }: Witness): void {
  if (height < acknowledged.height) {
    const lost = acknowledged.height - height;
    const blocks = lost === 1 ? `Block ${height}` : `Blocks ${height} to ${acknowledged.height - 1}`;
    throw new LedgerDamaged(`${blocks} had been acknowledged and cannot be read`, height);
  }
  if (acknowledged.height === 0) return;
  const number = acknowledged.height - 1;
  const last = height === acknowledged.height ? hash : readIntact(disk, number).hash;
  if (!last.equals(acknowledged.hash)) {
    throw new LedgerDamaged(`Block ${number} is not the one that was acknowledged`, number);
  }
}
