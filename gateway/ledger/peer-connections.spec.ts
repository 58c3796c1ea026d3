import { setTimeout as sleep } from 'node:timers/promises';
import { rootCertificates } from 'node:tls';
import { freePort } from '../storage/testing/free-port.js';
import { Circuit } from './circuit.js';
import type { ConnectionProfile } from './connection-profile.js';
import { PeerConnections } from './peer-connections.js';

const [tlsRootCerts = ''] = rootCertificates;

/** What of a profile says where the peers are. */
async function profileOf(...members: readonly string[]): Promise<ConnectionProfile> {
  const organisations = await Promise.all(
    members.map(async (mspId) => {
      const peer = { endpoint: `127.0.0.1:${await freePort()}`, tlsRootCerts };
      return { mspId, government: true, peer };
    }),
  );
  return { organisations } as unknown as ConnectionProfile;
}

describe('connections to peers', () => {
  it('reach no peer to which none could be made, and any that has not been tried', async () => {
    const profile = await profileOf('CustomsMSP', 'TaxMSP');
    const connections = new PeerConnections(profile, 'CustomsMSP', new Circuit());
    try {
      expect(connections.reachable()).toEqual(['CustomsMSP', 'TaxMSP']);
      connections.client('CustomsMSP').getChannel().getConnectivityState(true);
      while (connections.reachable().length === 2) await sleep(10);
      expect(connections.reachable()).toEqual(['TaxMSP']);
      expect(connections.entries()).toHaveLength(2);
    } finally {
      connections.close();
    }
  });
});
