import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { rootCertificates } from 'node:tls';
import { Circuit } from './circuit.js';
import type { ConnectionProfile } from './connection-profile.js';
import { PeerConnections } from './peer-connections.js';

const [tlsRootCerts = ''] = rootCertificates;

/** Where nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** What of a profile says where the peers are. */
async function profileOf(...members: readonly string[]): Promise<ConnectionProfile> {
  const organisations = await Promise.all(
    members.map(async (mspId) => {
      const peer = { endpoint: `127.0.0.1:${await closedPort()}`, tlsRootCerts };
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
