import { ledger } from '@hyperledger/fabric-protos';
import { z } from 'zod';
import { consortium } from '../../acceptance/support/consortium.js';
import { LedgerClient } from '../../acceptance/support/ledger-client.js';
import { blockWithPrivateData } from '../../conformance/harness/deliver.js';

const ring = z.object({ keys: z.array(z.object({ key: z.string() })) });
/** The ring is written as the registry begins: soon. */
const earliestBlocks = 60n;

/**
 * The registry's secret keys, as a person of the regulator who follows the blocks could take them along.
 *
 * @throws Error when none of the first blocks has them.
 */
export async function keysOfRegistry(): Promise<readonly Buffer[]> {
  const client = await LedgerClient.open(consortium(), 'RegulatorMSP', 'auditor');
  try {
    for (let number = 1n; number < earliestBlocks; number += 1n) {
      const delivered = await blockWithPrivateData(client.member, number);
      for (const [, set] of delivered.getPrivateDataMapMap().entries()) {
        for (const collection of set.getNsPvtRwsetList().flatMap((one) => one.getCollectionPvtRwsetList())) {
          const writes = ledger.rwset.kvrwset.KVRWSet.deserializeBinary(collection.getRwset_asU8());
          const found = writes.getWritesList().find((write) => write.getKey() === 'K');
          if (found === undefined) continue;
          const { keys } = ring.parse(JSON.parse(Buffer.from(found.getValue_asU8()).toString()));
          return keys.map(({ key }) => Buffer.from(key, 'base64'));
        }
      }
    }
    throw new Error('The registry’s keys are in none of the first blocks.');
  } finally {
    client.close();
  }
}
