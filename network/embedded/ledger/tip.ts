/** Where the chain ends; written with each block. */
export interface Tip {
  readonly height: number;
  /** Header hash of the last block. */
  readonly hash: Buffer;
  readonly commitHash: Buffer;
}

/** Height (6 bytes), header hash (32), commit hash (the rest; none after block 0). */
export function encodeTip({ height, hash, commitHash }: Tip): Buffer {
  const head = Buffer.alloc(6);
  head.writeUIntBE(height, 0, 6);
  return Buffer.concat([head, hash, commitHash]);
}

/** What `encodeTip` has written. */
export function decodeTip(record: Buffer): Tip {
  return {
    height: record.readUIntBE(0, 6),
    hash: record.subarray(6, 38),
    commitHash: record.subarray(38),
  };
}

export const NO_BLOCKS: Tip = { height: 0, hash: Buffer.alloc(0), commitHash: Buffer.alloc(0) };
