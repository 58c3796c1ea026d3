import { consortium } from '../../acceptance/support/consortium.js';
import { recordDocuments } from '../documents.js';
import { Load } from '../load.js';
import { chainHeight, expectNothingLost } from '../nothing-lost.js';
import { expectableStatuses, replaced } from '../replaced.js';
import { chaincodeServers } from './processes.js';

const servers = () => chaincodeServers(consortium().processes.network ?? -1);
const gateways = () => consortium().processes.gateways;

describe('an upgrade while claims flow', () => {
  it('replaces chaincode servers in turn, then the gateway, and nothing is lost or refused for it', async () => {
    const since = await chainHeight();
    const load = new Load(await recordDocuments(120), 6);
    try {
      await load.progress(15);
      for (const pid of servers()) {
        await replaced(pid, servers);
        await load.progress(10);
      }
      for (const pid of gateways()) await replaced(pid, gateways);
      await load.progress(15);
    } finally {
      await load.stop();
    }
    expect([...load.answers.keys()].filter((status) => !expectableStatuses.has(status))).toEqual([]);
    await expectNothingLost(load, since);
  }, 600_000);
});
