import type { Locator } from 'playwright-core';
import { eventually } from '../../acceptance/support/eventually.js';

/**
 * A page shows what it has read before until it has read it anew, so what is to be gone may stand there for a moment more.
 *
 * @throws Error when the page does not come to show so many of them.
 */
export async function thereAre(count: number, what: Locator): Promise<void> {
  let seen = 0;
  try {
    await eventually(async () => (seen = await what.count()) === count);
  } catch (error) {
    throw new Error(`${String(what)}: ${String(seen)} in place of ${String(count)}.`, { cause: error });
  }
}
