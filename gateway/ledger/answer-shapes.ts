/** Of a batch, for each item whether it is refused; of anything else nothing. */
export function refusedItems(output: unknown): boolean[] {
  if (typeof output !== 'object' || output === null || !('items' in output)) return [];
  const { items } = output;
  if (!Array.isArray(items)) return [];
  return items.map((item: { status?: unknown }) => item.status === 'refused');
}

/** The answer of a single record says in which transaction it stands. */
export function withId(output: unknown, transactionId: string): unknown {
  if (typeof output !== 'object' || output === null || 'items' in output) return output;
  return { ...output, transactionId };
}
