const shortestMs = 8_000;

/**
 * A deadline that comes soon, but not before a few requests are answered, on a machine however slow.
 *
 * @param tookMs how long one transaction took just now, milliseconds.
 */
export function soonEnough(tookMs: number): string {
  return new Date(Date.now() + Math.max(shortestMs, 10 * tookMs)).toISOString();
}
