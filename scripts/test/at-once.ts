/**
 * Does work of which only so much may be under way at once, in the order given.
 *
 * @param most how many pieces at a time, one at least.
 * @returns what came of each piece, in the order given.
 */
export async function atOnce<T, R>(
  pieces: readonly T[],
  most: number,
  work: (piece: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Map<number, R>();
  const waiting = pieces.entries();
  const worker = async () => {
    for (const [place, piece] of waiting) results.set(place, await work(piece));
  };
  await Promise.all(Array.from({ length: Math.min(Math.max(1, most), pieces.length) }, worker));
  return [...results].sort(([left], [right]) => left - right).map(([, result]) => result);
}
