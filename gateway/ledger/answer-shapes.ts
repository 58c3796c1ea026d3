interface Item {
  readonly status?: unknown;
  readonly claim?: { readonly unchanged?: unknown };
}

/** Whether an item of a batch is refused. */
export function refusesSome(output: unknown): boolean {
  return itemsOf(output).some(isRefused);
}

/** Whether a batch leaves the ledger as it is: every item is refused, or was there before. */
export function leavesAllAsItIs(output: unknown): boolean {
  const items = itemsOf(output);
  return items.length > 0 && items.every((item) => isRefused(item) || item.claim?.unchanged === true);
}

function isRefused({ status }: Item): boolean {
  return status === 'refused';
}

/** Of anything else than a batch nothing. */
function itemsOf(output: unknown): readonly Item[] {
  if (typeof output !== 'object' || output === null || !('items' in output)) return [];
  return Array.isArray(output.items) ? (output.items as readonly Item[]) : [];
}

/** The answer of a single record says in which transaction it stands. */
export function withId(output: unknown, transactionId: string): unknown {
  if (typeof output !== 'object' || output === null || 'items' in output) return output;
  return { ...output, transactionId };
}
