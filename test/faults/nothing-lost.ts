import { signIn } from '@pledgeonce/scripts/rest/client.js';
import { at, moneyAt } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader } from '../acceptance/support/block-reader.js';
import { consortium } from '../acceptance/support/consortium.js';
import { verify } from '../acceptance/support/documents.js';
import { claimsPerDocument, remainingAfter } from './documents.js';
import type { Load } from './load.js';

/** Height of the chain, read without our gateways. */
export async function chainHeight(): Promise<bigint> {
  const reader = await BlockReader.open(consortium());
  try {
    return await reader.height();
  } finally {
    reader.close();
  }
}

/**
 * After a load has stopped: the chain has since then got exactly the claims that were acknowledged, their banks read
 * them, no document has given more than it had, and nobody was told anything that no client should ever be told.
 */
export async function expectNothingLost(load: Load, since: bigint): Promise<void> {
  expect(load.unexpected).toEqual([]);
  const acknowledged = load.acknowledged.map(({ id }) => id).sort();
  expect(await claimsOnChain(since)).toEqual(acknowledged);

  const clients = {
    BankAMSP: await signIn(consortium(), 'BankAMSP', 'officer'),
    BankBMSP: await signIn(consortium(), 'BankBMSP', 'officer'),
  };
  await inChunks(load.acknowledged, async ({ id, bank }) => {
    const { status, body } = await clients[bank].get(`/claims/${id}`);
    expect([status, at(body, 'state')]).toEqual([200, 'reserved']);
  });
  await inChunks(load.facts, async (fact) => {
    const claimed = load.acknowledged.filter((one) => one.fact === fact).length;
    expect(claimed).toBeLessThanOrEqual(claimsPerDocument);
    const { body } = await verify(clients.BankAMSP, fact);
    expect({ liveDraws: at(body, 'liveDraws'), remaining: moneyAt(body, 'remaining') }).toEqual({
      liveDraws: claimed,
      remaining: remainingAfter(claimed),
    });
  });
}

/** Ids of the claims that valid transactions wrote, sorted. */
export async function claimsOnChain(since: bigint): Promise<readonly string[]> {
  const reader = await BlockReader.open(consortium());
  try {
    const transactions = await reader.transactions(since);
    const keys = transactions.filter(({ isValid }) => isValid).flatMap(({ writes }) => [...writes.keys()]);
    const ids = keys.flatMap((key) => /^claim~(.+)$/.exec(key)?.[1] ?? []);
    return [...new Set(ids)].sort();
  } finally {
    reader.close();
  }
}

async function inChunks<T>(items: readonly T[], run: (item: T) => Promise<void>): Promise<void> {
  for (let start = 0; start < items.length; start += 20) {
    await Promise.all(items.slice(start, start + 20).map(run));
  }
}
