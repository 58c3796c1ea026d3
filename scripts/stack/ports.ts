import { readFileSync } from 'node:fs';
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

/** From where to where the system gives ports to whoever connects to somebody. */
type PortRange = readonly [first: number, last: number];

/**
 * What a person should know of ports that the system gives to clients too: for as long as such a connection lasts, a program
 * that is started again does not get its port.
 *
 * @returns undefined where there is none of that kind.
 */
export function warningOfClientPorts(
  needed: ReadonlyMap<number, string>,
  range = clientPorts(),
): string | undefined {
  if (range === undefined) return undefined;
  const [first, last] = range;
  const shared = [...needed.keys()].find((port) => port >= first && port <= last);
  if (shared === undefined) return undefined;
  return `Port ${shared} is one of those that the system gives to clients (${first} to ${last}): a program that is started again may find it taken. Choose --port-base and --rest-base below ${first}.`;
}

/** Only Linux says it in a file; elsewhere nobody is warned. */
function clientPorts(): PortRange | undefined {
  try {
    const [first, last] = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').split(/\s+/);
    return [Number(first), Number(last)];
  } catch {
    return undefined;
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
