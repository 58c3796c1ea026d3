import { createHash, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { issueRoot } from '@pledgeonce/network/crypto/issue-root.js';
import { newKey } from '@pledgeonce/network/crypto/keys.js';

/** What a transaction cannot do without, whoever programs it and in whatever language. */
interface Need {
  /** Of the client, its proposal and its transaction; of two endorsers, their answers. */
  readonly signatures: number;
  /** At each endorser and at the orderer the client's; at the client both endorsements; as the block is taken up all three. */
  readonly verifications: number;
  /** To the gateway; from it to an endorser, from there to another one; to the orderer; for the verdict. */
  readonly calls: number;
  /** Of what is signed and sent each time, bytes. */
  readonly bytes: number;
}

const needs = { signatures: 4, verifications: 8, calls: 5 };

/** What the smallest way to so many claims costs on this machine, milliseconds of CPU for each claim. */
export interface FloorFigure {
  readonly claims: number;
  readonly signatures: number;
  readonly verifications: number;
  readonly hashes: number;
  readonly calls: number;
}

/** A claim alone, and a hundred in one transaction, as they lie in our transactions, bytes. */
const sizes = [
  { claims: 1, bytes: 8_000 },
  { claims: 100, bytes: 240_000 },
] as const;

/** Long enough that the clock of the process, which counts in microseconds, does not matter. */
const timesEach = 400;

/**
 * Measures, in this process and with nothing else in it, what signatures, verifications, hashes and calls over TLS cost: the
 * same number of them as a claim needs under our endorsement policy. No ledger, no rule, no disk.
 */
export async function measureFloor(): Promise<readonly FloorFigure[]> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const calls = await openCalls();
  try {
    const figures: FloorFigure[] = [];
    for (const { claims, bytes } of sizes) {
      figures.push(await floorOf(claims, { ...needs, bytes }, { privateKey, publicKey, call: calls.call }));
    }
    return figures;
  } finally {
    calls.close();
  }
}

interface Means {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly call: (body: Buffer) => Promise<void>;
}

async function floorOf(claims: number, need: Need, means: Means): Promise<FloorFigure> {
  const { privateKey, publicKey, call } = means;
  const message = Buffer.alloc(need.bytes, 'a');
  const signature = sign('sha256', message, privateKey);
  const each = async (times: number, work: () => unknown) => ((await cpuMs(work)) * times) / claims;
  return {
    claims,
    signatures: await each(need.signatures, () => sign('sha256', message, privateKey)),
    verifications: await each(need.verifications, () => verify('sha256', message, publicKey, signature)),
    // What is signed is hashed there; block, state and its proof hash it once more each.
    hashes: await each(3, () => createHash('sha256').update(message).digest()),
    calls: await each(need.calls, () => call(message)),
  };
}

/** Milliseconds of CPU of this process for doing something once. */
async function cpuMs(work: () => unknown): Promise<number> {
  for (let warm = 0; warm < timesEach / 4; warm++) await work();
  const before = process.cpuUsage();
  for (let time = 0; time < timesEach; time++) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / timesEach;
}

/** A server on loopback that takes a body and says that it has; both ends are paid for by this process. */
async function openCalls(): Promise<{ readonly call: Means['call']; readonly close: () => void }> {
  const key = newKey();
  const pem = key.export({ type: 'pkcs8', format: 'pem' });
  const cert = issueRoot([{ CN: ['floor'] }], key, new Date(), 1);
  const server = createServer({ key: pem, cert }, (incoming, answer) => {
    incoming.resume().once('end', () => answer.end('taken'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  // The certificate is its own root; that it names no host is of no concern on loopback.
  const agent = new Agent({ keepAlive: true, maxSockets: 1, ca: cert, checkServerIdentity: () => undefined });
  const call = async (body: Buffer) => {
    const sent = request({ host: '127.0.0.1', port, agent, method: 'POST' });
    sent.end(body);
    const [answer] = (await once(sent, 'response')) as [NodeJS.ReadableStream];
    answer.resume();
    await once(answer, 'end');
  };
  return {
    call,
    close: () => {
      agent.destroy();
      server.close();
    },
  };
}
