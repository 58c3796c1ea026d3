const surrogate = /[\uD800-\uDFFF]/;

/**
 * Orders strings as their UTF-8 bytes, which is how Fabric sorts the keys of a read-write set and how LevelDB sorts
 * keys. JavaScript's own order is the same until a character outside the basic plane comes into play.
 */
export function byUtf8(a: string, b: string): number {
  if (surrogate.test(a) || surrogate.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : a > b ? 1 : 0;
}
