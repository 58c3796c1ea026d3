import type { ChaincodeStub } from 'fabric-shim-api';
import type { KeyVersion, LedgerPort } from './port.js';
import { readAll, readOne } from './read-all.js';
import { writeAll } from './write-all.js';

/** The port on the real stub. */
export function stubPort(stub: ChaincodeStub): LedgerPort {
  return {
    get: async (collection, key) => textOf(await readOne(stub, collection, key)),
    getAll: async (collection, keys) => (await readAll(stub, collection, keys)).map(textOf),
    write: (writes) => writeAll(stub, writes),
    async hash(collection, key) {
      const hash = await stub.getPrivateDataHash(collection, key);
      return hash.length === 0 ? undefined : Buffer.from(hash).toString('hex');
    },
    async history(key) {
      const versions: KeyVersion[] = [];
      for await (const { txId, timestamp, value, isDelete } of stub.getHistoryForKey(key)) {
        if (isDelete) continue;
        versions.push({
          transactionId: txId,
          at: milliseconds(timestamp),
          value: Buffer.from(value).toString('utf8'),
        });
      }
      return versions;
    },
  };
}

/** Fabric does not tell an absent key from an empty value. */
function textOf(value: Uint8Array): string | undefined {
  return value.length === 0 ? undefined : Buffer.from(value).toString('utf8');
}

/** Milliseconds since 1970 of a protobuf timestamp as the shim hands it out. */
export function milliseconds({ seconds, nanos }: { seconds: { toString(): string }; nanos: number }): number {
  return Number(seconds.toString()) * 1000 + Math.floor(nanos / 1_000_000);
}
