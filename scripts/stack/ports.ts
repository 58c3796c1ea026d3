import { createServer } from 'node:net';
import { portsOf, type Consortium } from '@pledgeonce/network/consortium.js';
import { Failure } from './failure.js';
import type { StackOptions } from './options.js';

/** Every port that a consortium will listen on, with who needs it. */
export function portsNeeded(
  consortium: Consortium,
  { on, gateways }: Pick<StackOptions, 'on' | 'gateways'>,
): ReadonlyMap<number, string> {
  const needed = new Map<number, string>();
  if (on === 'embedded') needed.set(consortium.ports.network, 'the discovery document');
  consortium.organisations.forEach((organisation, index) => {
    const { rest, peer, ca } = portsOf(consortium, index);
    if (gateways?.includes(organisation.name) ?? true)
      needed.set(rest, `the gateway of ${organisation.title}`);
    if (organisation.node) needed.set(peer, `the peer of ${organisation.title}`);
    needed.set(ca, `the certificate authority of ${organisation.title}`);
  });
  return needed;
}

/**
 * Checks that nobody listens there yet.
 *
 * @throws Failure that names the port, who needs it, and how to move.
 */
export async function checkPorts(needed: ReadonlyMap<number, string>): Promise<void> {
  for (const [port, purpose] of needed) {
    if (await isFree(port)) continue;
    throw new Failure(
      `Port ${port}, needed for ${purpose}, is taken by another program.`,
      'Stop that program, or move these ports: --port-base 7200 --rest-base 4200',
    );
  }
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
