import type { HistoryVersion } from '../api.js';
import { type Address, registry } from '../ledger/addresses.js';
import type { Call } from '../ledger/call.js';
import { decodeRecord } from '../ledger/records.js';
import { publicState } from '../ledger/versions.js';
import { instantText } from '../rules/dates.js';

/** The public line of every version, oldest first, joined with the private record under the version's own key. */
export async function timeline(
  { port, reads }: Pick<Call, 'port' | 'reads'>,
  publicKey: string,
  privateAt: (seq: number) => Address<unknown>,
): Promise<HistoryVersion[]> {
  const lines = await port.history(publicKey);
  const versions = await Promise.all(
    lines.map(async ({ transactionId, at, value }) => {
      const { seq, state } = decodeRecord(publicState, value);
      const address = privateAt(seq);
      const { collection = registry } = address;
      const key = (await reads.keyOf(address)) ?? address.key;
      const [stored, hash] = await Promise.all([port.get(collection, key), port.hash(collection, key)]);
      return { seq, state, transactionId, at: instantText(at), collection, key, stored, hash };
    }),
  );
  return versions.sort((left, right) => left.seq - right.seq);
}
