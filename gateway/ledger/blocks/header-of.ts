import type { common } from '@hyperledger/fabric-protos';
import type { BlockHeader } from '../../evidence/block-header.js';

/** The header of a block, as it is hashed and signed. */
export function headerOf(block: common.Block): BlockHeader {
  const header = block.getHeader();
  return {
    number: header?.getNumber() ?? 0,
    previousHash: header?.getPreviousHash_asU8() ?? new Uint8Array(),
    dataHash: header?.getDataHash_asU8() ?? new Uint8Array(),
  };
}
