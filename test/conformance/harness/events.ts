import { setTimeout } from 'node:timers/promises';
import type { ChaincodeEvent, ChaincodeEventsOptions } from '@hyperledger/fabric-gateway';
import { PROBE } from '../definition.js';
import type { Member } from './member.js';

/** Follows the probe chaincode's events until one has this transaction id, and returns all that came up to it. */
export async function eventsUntil(
  member: Member,
  txId: string,
  options: ChaincodeEventsOptions,
): Promise<ChaincodeEvent[]> {
  const stream = await member.channel.getChaincodeEvents(PROBE.name, options);
  const seen: ChaincodeEvent[] = [];
  try {
    for await (const event of stream) {
      seen.push(event);
      if (event.transactionId === txId) return seen;
    }
  } finally {
    stream.close();
  }
  throw new Error('the peer ended the stream of events');
}

/** Whether an iterator stays silent for a while. */
export async function silent(next: Promise<unknown>, ms = 1_000): Promise<boolean> {
  const quiet = Symbol('quiet');
  return (await Promise.race([next, setTimeout(ms, quiet)])) === quiet;
}
