import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readConnectionProfile } from './connection-profile.js';

describe('a connection profile from a discovery service', () => {
  let server: Server;
  let asked: number;
  let url: string;
  beforeEach(async () => {
    asked = 0;
    // Away for two questions; then it answers, though with nothing that is a profile.
    server = createServer((_request, response) => {
      asked += 1;
      response.writeHead(asked > 2 ? 200 : 503).end('{}');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('is waited for while the service is away, for as long as somebody has patience', async () => {
    await expect(readConnectionProfile(url, 60_000)).rejects.toThrow('is not a connection profile');
    expect(asked).toBe(3);
  });

  it('is not there where nobody waits', async () => {
    await expect(readConnectionProfile(url)).rejects.toThrow('answers 503');
    expect(asked).toBe(1);
  });
});
