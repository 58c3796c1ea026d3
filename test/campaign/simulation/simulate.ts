import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { members } from '@pledgeonce/chaincode/testing/fake-ledger.js';
import { Seeded } from '../seeded.js';
import type { ConsortiumMaterial, SimulatedPerson } from './consortium-material.js';
import { type GatewayTables, violationsInTables, violationsOf } from './invariants.js';
import { SimulatedClient } from './simulated-client.js';
import { type Lies, SimulatedDisk } from './simulated-disk.js';
import { SimulatedNetwork } from './simulated-network.js';
import { SimulatedTables } from './simulated-tables.js';
import { begin, play, type Told } from './simulated-players.js';
import { SimulatedTime } from './simulated-time.js';
import { type Damage, Storm } from './storm.js';

/** How much is played under one seed, and which faults are planted. */
export interface Plan {
  readonly workers: number;
  /** Of each worker. */
  readonly transactions: number;
  readonly documents: number;
  readonly largestBatch: number;
  readonly lies?: Lies;
  readonly forgetsKeys?: boolean;
  readonly overlooksRecords?: boolean;
}

/** What came of one seed. */
export interface Outcome {
  readonly seed: number;
  readonly told: Told;
  readonly damage: Damage;
  readonly lives: number;
  readonly violations: readonly string[];
}

/** Half a thousand claims, of which a machine plays many seeds; one seed in eight goes on for three times as long. */
const usual: Plan = { workers: 6, transactions: 4, documents: 10, largestBatch: 100 };
const long: Plan = { ...usual, transactions: 12 };

/** Plays a whole registry under one seed, lets everything go wrong meanwhile, and looks at what is left. */
export async function simulate(
  material: ConsortiumMaterial,
  seed: number,
  plan: Plan = seed % 8 === 0 ? long : usual,
): Promise<Outcome> {
  const seeded = new Seeded(seed);
  const time = new SimulatedTime();
  const folder = mkdtempSync(join(tmpdir(), 'simulation-'));
  const showRealTime = time.install();
  try {
    const disk = new SimulatedDisk(seeded, plan.lies);
    const network = new SimulatedNetwork(material, disk, time, seeded, folder);
    return await time.until(run(network, seeded, plan, folder));
  } finally {
    showRealTime();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(network: SimulatedNetwork, seeded: Seeded, plan: Plan, folder: string): Promise<Outcome> {
  const { people, services } = network.material;
  const client = (person: SimulatedPerson) => new SimulatedClient(network, person, seeded);
  const gateways = services.map((service) => {
    const parts = { network, client: client(service), seeded };
    const { overlooksRecords: overlooks = false } = plan;
    return {
      kept: new SimulatedTables({ ...parts, folder: join(folder, service.mspId), overlooks }),
      fresh: new SimulatedTables({ ...parts, folder: join(folder, `${service.mspId} anew`) }),
    };
  });
  const tables = gateways.map(({ kept }) => kept);
  const clients = { a: client(people.bankA), b: client(people.bankB), customs: client(people.customs) };
  const regulator = client(people.regulator);
  const players = {
    ...{ banks: [clients.a, clients.b], customs: clients.customs, regulator, seeded, time: network.time },
    largestBatch: plan.largestBatch,
    ...(plan.forgetsKeys === true && { forgetsKeys: true }),
  };
  const told: Told = {
    ...{ claims: [], documents: [], unexpected: [] },
    ...{ attempts: 0, requests: 0, refused: 0, unknown: 0 },
  };
  const registry = {
    fingerprintKey: seeded.bytes(32).toString('base64'),
    members: members.map((one) => ({ ...one, title: one.id })),
  };
  await network.start();
  await begin(players, told, registry, plan.documents);

  const storm = new Storm(network, tables, seeded);
  const enough = new AbortController();
  const following = tables.map((one) => one.follow(enough.signal));
  const raging = storm.rage(enough.signal);
  const workers = Array.from({ length: plan.workers }, (_, index) =>
    play(players, told, index % 2 === 0 ? clients.a : clients.b, plan.transactions),
  );
  const failed = await Promise.race([
    Promise.all(workers).then(() => undefined),
    raging.then(() => undefined, String),
  ]);
  enough.abort();
  const unable = failed ?? (await raging.then(() => undefined, String));
  await Promise.all(following);
  const outcome = { seed: seeded.seed, told, damage: storm.damage, lives: network.troubles.lives };
  if (unable !== undefined) return { ...outcome, violations: [unable] };
  clients.a.calm = true;
  const violations = await judged(network, told, clients.a, gateways);
  return { ...outcome, violations: [...storm.damage.unnoticed, ...violations] };
}

/** Started once more, with everything proved that is on the disk, and looked at. */
async function judged(
  network: SimulatedNetwork,
  told: Told,
  bank: SimulatedClient,
  gateways: readonly GatewayTables[],
): Promise<readonly string[]> {
  network.cutPower();
  const isOpen = await network.start();
  const { channel } = network;
  if (!isOpen || channel === undefined) return network.troubles.damages.slice(-1);
  const { ledger } = channel;
  return [...(await violationsOf(ledger, told, bank)), ...(await violationsInTables(ledger, gateways))];
}
