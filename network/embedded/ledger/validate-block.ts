import { setImmediate as nextTurn } from 'node:timers/promises';
import { peer } from '@hyperledger/fabric-protos';
import { BlockUpdates, type CommittedState, rememberedState } from './block-updates.js';
import { EndorsementCheck, type EndorsementContext } from './check-endorsements.js';
import { envelopeFault, type EnvelopeContext } from './check-envelope.js';
import { readFault } from './check-reads.js';
import type { Disk } from './disk.js';
import type { ValidationCode } from './ledger.js';
import type { OpenedEnvelope } from './open-envelope.js';

const { TxValidationCode: Code } = peer;

/** Transactions that are checked before the event loop gets a turn, so that a full block holds up nobody for long. */
const TURN = 16;

/** Everything that validation asks of the channel. */
export interface ValidationContext extends EnvelopeContext, Pick<EndorsementContext, 'policies'> {
  readonly disk: Disk;
  readonly state: CommittedState;
}

/** The same for one block, while which nothing is committed. */
type BlockContext = ValidationContext & EndorsementContext;

/** What became of a block's transactions. */
export interface ValidatedBlock {
  readonly codes: readonly ValidationCode[];
  readonly updates: BlockUpdates;
}

/**
 * Validates a block as Fabric's peer does, in its order: each envelope by itself with its endorsements, against the
 * state before the block; then ids used twice; then, one after another, reads against the state and the block so far.
 */
export async function validateBlock(
  number: number,
  envelopes: readonly OpenedEnvelope[],
  channel: ValidationContext,
): Promise<ValidatedBlock> {
  // Block 0 is where trust begins: there is nobody yet who could have signed it.
  if (number === 0)
    return { codes: envelopes.map(() => Code.VALID), updates: new BlockUpdates(channel.state) };
  const context = ofOneBlock(channel);
  const codes = await checkEach(envelopes, context);
  markTwins(envelopes, codes);
  const updates = new BlockUpdates(context.state);
  for (const [tx, { transaction }] of envelopes.entries()) {
    if (codes[tx] !== Code.VALID || transaction?.action === undefined) continue;
    const { namespaces } = transaction.action;
    const fault = await readFault(namespaces, { disk: context.disk, state: context.state, updates });
    codes[tx] = fault ?? Code.VALID;
    if (fault === undefined) updates.add(namespaces, { block: number, tx });
  }
  return { codes, updates };
}

function ofOneBlock(channel: ValidationContext): BlockContext {
  const state = rememberedState(channel.state);
  return {
    ...channel,
    state,
    metadata: (...place) => state.public(...place)?.metadata,
    hashedMetadata: (...place) => state.hashed(...place)?.metadata,
  };
}

async function checkEach(
  envelopes: readonly OpenedEnvelope[],
  context: BlockContext,
): Promise<ValidationCode[]> {
  const endorsements = new EndorsementCheck(context);
  const codes: ValidationCode[] = [];
  for (const [index, opened] of envelopes.entries()) {
    const action = opened.transaction?.action;
    const fault = envelopeFault(opened, context) ?? (action && endorsements.faultOf(action));
    codes.push(fault ?? Code.VALID);
    if (index % TURN === TURN - 1) await nextTurn();
  }
  return codes;
}

/** Of several sound transactions with one id in a block the first counts. */
function markTwins(envelopes: readonly OpenedEnvelope[], codes: ValidationCode[]): void {
  const seen = new Set<string>();
  for (const [index, { transaction }] of envelopes.entries()) {
    if (codes[index] !== Code.VALID || transaction?.action === undefined) continue;
    if (seen.has(transaction.txId)) codes[index] = Code.DUPLICATE_TXID;
    seen.add(transaction.txId);
  }
}
