/**
 * Works on many things, a few at a time; the results come in the order of the things.
 *
 * @param most how many at a time.
 */
export async function eachAtOnce<T, R>(
  things: readonly T[],
  most: number,
  work: (thing: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results = new Map<number, R>();
  const waiting = things.entries();
  const worker = async () => {
    for (const [index, thing] of waiting) results.set(index, await work(thing, index));
  };
  await Promise.all(Array.from({ length: Math.min(most, things.length) }, worker));
  return things.map((_, index) => results.get(index) as R);
}
