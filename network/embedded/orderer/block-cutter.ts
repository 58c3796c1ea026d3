import type { BatchLimits } from './orderer.js';

/** Something that takes room in a block. */
export interface Sized {
  readonly size: number;
}

/**
 * How many of the waiting envelopes the next block takes: up to both limits, but at least one, since an envelope
 * beyond the preferred size makes a block by itself.
 */
export function nextBatchSize(waiting: readonly Sized[], limits: BatchLimits): number {
  let bytes = 0;
  let count = 0;
  for (const { size } of waiting) {
    bytes += size;
    if (count > 0 && (count >= limits.maxMessages || bytes > limits.maxBytes)) break;
    count++;
  }
  return count;
}

/** True when no further envelope could join the next block, so that waiting for more is pointless. */
export function isFull(waiting: readonly Sized[], limits: BatchLimits): boolean {
  const count = nextBatchSize(waiting, limits);
  return count < waiting.length || count >= limits.maxMessages;
}
