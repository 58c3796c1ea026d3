import { bringDown } from '@pledgeonce/network/fabric/native/down.js';
import { bringUp } from '@pledgeonce/network/fabric/native/up.js';
import { nodesOf } from '@pledgeonce/network/fabric/topology.js';
import { consortium } from '../../acceptance/support/consortium.js';
import { faultLimitMs, withClaimsFlowing } from './with-claims-flowing.js';

describe('the whole consortium', () => {
  it(
    'may be killed and started again: every node of the network, and then the gateways',
    async () => {
      await withClaimsFlowing(async (load, { network }) => {
        const killed = await bringDown(network.consortium, network.layout, 'SIGKILL');
        expect(killed).toBeGreaterThan(20);
        await bringUp(network, []);
        await load.progress(20);
        for (const pid of consortium().processes.gateways) process.kill(pid, 'SIGKILL');
        return nodesOf(network.consortium).flatMap(({ kind, name }) =>
          kind === 'ca' || kind === 'door' ? [] : [name],
        );
      });
    },
    faultLimitMs,
  );
});
