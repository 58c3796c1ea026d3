/** Runs so many pieces of work, a bounded number of them at a time. */
export async function inParallel(
  count: number,
  most: number,
  run: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      await run(index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, count) }, worker));
}
