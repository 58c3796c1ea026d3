import type { common } from '@hyperledger/fabric-protos';
import { sha256 } from '../../evidence/block-header.js';
import { Kept } from '../../kept.js';
import { openEnvelope, type OpenedEnvelope } from './open-envelope.js';

/** Blocks whose envelopes stay open: whoever follows the chain is at most a few blocks ahead of the others. */
const opened = new Kept<readonly (OpenedEnvelope | undefined)[]>(16);

/**
 * The envelopes of a block, in their order; undefined in place of one that cannot be read. They are opened once for all in
 * this process who follow the chain: for the verdicts, for the tables, and for each organisation that it serves. What they
 * say follows from their bytes alone.
 */
export function openedEnvelopes(block: common.Block): readonly (OpenedEnvelope | undefined)[] {
  const data = block.getData()?.getDataList_asU8() ?? [];
  // The hash is over all bytes as if they were one: where each envelope ends belongs to the name, too.
  const name = `${sha256(...data).toString('latin1')} ${data.map(({ length }) => length).join()}`;
  return opened.of(name, () => data.map(openEnvelope));
}
