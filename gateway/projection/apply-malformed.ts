import { validCode } from '../ledger/commit-watcher.js';
import { commonName } from '../people/certificate.js';
import type { Database } from './database.js';
import type { FeedEntry } from './feed-entry.js';
import { addToFeed } from './feed-table.js';
import type { Malformed, ReadBlock } from './read-block.js';

/** Tells the regulator which member's people had malformed transactions ordered: one alert per member and block. */
export function applyMalformed(
  database: Database,
  { number, transactions, malformed }: ReadBlock,
): FeedEntry[] {
  const byMember = new Map<string, [Malformed, ...Malformed[]]>();
  for (const one of malformed) {
    const mspId = one.signer?.mspId ?? 'unknown';
    const others = byMember.get(mspId);
    if (others === undefined) byMember.set(mspId, [one]);
    else others.push(one);
  }
  return [...byMember].map(([mspId, [first, ...others]]) => {
    // The envelope's own time may be anything; that of a neighbour is a real client's.
    const time = transactions.find(({ code }) => code === validCode)?.time ?? first.time;
    const content = {
      alert: 'malformed-transactions',
      mspId,
      person: nameOf(first),
      count: others.length + 1,
      block: number,
    };
    const place = { block: number, position: first.position, part: malformedPart };
    return addToFeed(database, place, { kind: 'alert', time, content });
  });
}

/** A part of the feed that no transaction fills: an envelope may be a transaction, and malformed. */
const malformedPart = 999_999;

function nameOf({ signer }: Malformed): string | undefined {
  try {
    return signer && commonName(signer.certificate);
  } catch {
    return undefined;
  }
}
