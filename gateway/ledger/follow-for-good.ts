import type { Logger } from 'pino';
import { backoffMs, pause } from './backoff.js';

/** A node that was killed is back in a few seconds: whoever follows it should not wait much longer. */
const [firstPauseMs, longestPauseMs] = [100, 500];

export interface FollowedForGood {
  /** Opens the stream and reads it to its end; tells of each block that came. */
  readonly follow: (onBlock: () => void) => Promise<void>;
  /** Told of each stream that breaks, or cannot be opened. */
  readonly lost: () => void;
  readonly log: Logger;
  /** What the log says of the first in a row that came to nothing; of those after it only `debug` tells. */
  readonly complaint: string;
  readonly signal: AbortSignal;
}

/** Follows a stream of blocks until the signal says so: one that ends is opened again. */
export async function followForGood({
  follow,
  lost,
  log,
  complaint,
  signal,
}: FollowedForGood): Promise<void> {
  // Asked again after every wait, during which it may have changed.
  const isOver = () => signal.aborted;
  for (let failures = 0; !isOver(); failures++) {
    try {
      await follow(() => {
        failures = 0;
      });
    } catch (error) {
      if (!isOver()) {
        lost();
        log[failures === 0 ? 'warn' : 'debug']({ err: error }, complaint);
      }
    }
    await pause(backoffMs(failures, firstPauseMs, longestPauseMs), signal);
  }
}
