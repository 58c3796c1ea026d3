import { setTimeout } from 'node:timers/promises';
import { codesOf, readBlock } from './blocks.js';
import { height } from './chain.js';
import type { Member } from './member.js';

const PATIENCE_MS = 20_000;

/**
 * Looks for the verdicts on a transaction id in the blocks from this one on, until there are as many as wanted.
 * For transactions whose fate the peer does not tell by their id, because the id is wrong or used twice.
 */
export async function awaitVerdicts(
  member: Member,
  txId: string,
  from: bigint,
  wanted: number,
): Promise<string[]> {
  const found: string[] = [];
  let next = from;
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end && found.length < wanted;) {
    if (next < (await height(member))) {
      found.push(...codesOf(await readBlock(member, next), txId));
      next += 1n;
    } else {
      await setTimeout(50);
    }
  }
  return found;
}
