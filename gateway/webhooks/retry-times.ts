const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** How long after each failed attempt the next one follows, as Standard Webhooks 1.0 proposes: about three days in all. */
const delays = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
] as const;

/**
 * When something is sent again that was not taken.
 *
 * @param attempts made so far, at least one.
 * @param now milliseconds since 1970.
 * @param random spreads what failed together, so that it does not come back together; from 0 to 1.
 * @returns milliseconds since 1970; undefined when it has been tried often enough.
 */
export function nextAttempt(attempts: number, now: number, random = Math.random): number | undefined {
  const delay = delays[attempts - 1];
  return delay === undefined ? undefined : now + Math.round(delay * (1 + 0.1 * random()));
}
