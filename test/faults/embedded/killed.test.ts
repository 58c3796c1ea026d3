import { consortium } from '../../acceptance/support/consortium.js';
import { recordDocuments } from '../documents.js';
import { Load } from '../load.js';
import { chainHeight, expectNothingLost } from '../nothing-lost.js';
import { chaincodeServers } from './processes.js';

/** What is killed, in turn, while the load goes on. */
const victims: readonly (readonly [string, () => readonly number[]])[] = [
  ['one chaincode server', () => chaincodeServers(consortium().processes.network ?? -1).slice(0, 1)],
  ['every chaincode server', () => chaincodeServers(consortium().processes.network ?? -1)],
  ['the gateway', () => consortium().processes.gateways],
  ['the network', () => [consortium().processes.network ?? -1]],
  ['the network, once more', () => [consortium().processes.network ?? -1]],
  [
    'the gateway and the network',
    () => [...consortium().processes.gateways, consortium().processes.network ?? -1],
  ],
];

describe('killed at any moment', () => {
  it('no acknowledged claim is missing and nothing is pledged twice', async () => {
    const since = await chainHeight();
    const load = new Load(await recordDocuments(400), 8);
    try {
      for (const [, pids] of victims) {
        await load.progress(30);
        const killed = pids();
        expect(killed.length).toBeGreaterThan(0);
        for (const pid of killed) process.kill(pid, 'SIGKILL');
      }
      await load.progress(30);
    } finally {
      await load.stop();
    }
    await expectNothingLost(load, since);
  }, 600_000);
});
