/** Version, trace, span and flags, as W3C's Trace Context writes them; a later version may say more behind. */
const pattern = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:$|-)/;
const longest = 512;

/**
 * Whose span a new one takes its place under.
 *
 * @returns undefined for what is no W3C traceparent: a trace is never a reason to refuse anything.
 */
export function readTraceparent(text: unknown): string | undefined {
  if (typeof text !== 'string' || text.length > longest || !pattern.test(text)) return undefined;
  return text.startsWith('00') && text.length !== 55 ? undefined : text.slice(0, 55);
}
