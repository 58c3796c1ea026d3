import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { ChaincodeServer } from '../chaincode-servers.js';
import { peopleOf, placesOf, type Consortium, type Organisation, type Placed } from '../consortium.js';
import type { ConnectionProfile } from '../connection-profile.js';
import { ensureCaServer, ensureMaterial, ensureMembers } from '../crypto/ensure.js';
import type { MemberMaterial, OrganisationMaterial } from '../crypto/material.js';
import { AddedMembers } from './added-members.js';
import type { CertificateAuthority } from './ca/options.js';
import { startOnDemand } from './ca/on-demand.js';
import { certificateAuthorityName, startCertificateAuthority } from './ca/server.js';
import { SharedChaincodeServers, extraServers, ownServer } from './chaincode-addresses.js';
import { connectionProfile, materialOf, startDiscoveryServer } from './discovery.js';
import type { ExtraChaincode } from './extra-chaincode.js';
import type { Clock } from './ledger/clock.js';
import { openLevelDisk } from './ledger/level-disk.js';
import type { ProofPlan } from './ledger/proof.js';
import { openChannel, type Channel } from './open-channel.js';
import { startPeers, type Peers } from './start-peers.js';
import { during, explain, StartupError } from './startup-error.js';
import { stateLayout, type StateLayout } from './state-layout.js';
import { writeWhole } from '../write-whole.js';

/** How long the chaincode may take to come up. */
const chaincodeStartMs = 30_000;
/** How long the first of the servers that peers share is left to come up alone. */
const firstServerMs = 5_000;
/** So long after it the others are started: meanwhile whoever waited for the network comes back. */
const othersAfterMs = 4_000;

interface SharedChaincodeOptions {
  readonly packageDir: string;
  readonly servers: number;
  /** By MSP: organisations whose operators run another package than the others, on servers of their own. */
  readonly packageOf?: Readonly<Record<string, string>>;
}

export interface NetworkOptions {
  readonly stateDir: string;
  readonly consortium: Consortium;
  /** Runs the consortium's chaincode from this folder; otherwise each organisation's operator does. */
  readonly chaincode?: SharedChaincodeOptions | undefined;
  readonly extraChaincodes: readonly ExtraChaincode[];
  /** How much of the ledger is proved before anybody is served; that of a start unless given. */
  readonly proof?: ProofPlan | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  /** Told when the disk refuses a block: nothing can be committed any more. */
  readonly onFailure: (error: unknown) => void;
}

/** A network that answers. */
export interface EmbeddedNetwork {
  readonly profile: ConnectionProfile;
  /** Where the connection profile is served. */
  readonly discovery: string;
  close(): Promise<void>;
}

/**
 * Starts, or resumes from the state folder, all organisations' certificate authorities and peers, the ordering
 * service between them, and the discovery document.
 *
 * @throws StartupError when the machine does not allow it.
 */
export async function startNetwork(options: NetworkOptions): Promise<EmbeddedNetwork> {
  const start = new Start(options);
  try {
    return await start.run();
  } catch (error) {
    await start.close();
    throw error;
  }
}

/** The consortium's chaincode when this process runs it. */
interface SharedChaincode {
  readonly servers: SharedChaincodeServers;
  readonly processes: readonly ChaincodeServer[];
  /** Starts those without which the network serves already. */
  readonly startOthers: () => void;
}

/** What has been started so far, so that a failure half-way, like a stop, can end it in reverse order. */
class Start {
  readonly #options: NetworkOptions;
  readonly #layout: StateLayout;
  readonly #added: AddedMembers;
  /** As it is described, with the members that have joined since. */
  #consortium: Consortium;
  readonly #authorities: CertificateAuthority[] = [];
  readonly #cleanups: (() => Promise<void> | void)[] = [];

  constructor(options: NetworkOptions) {
    this.#options = options;
    this.#layout = stateLayout(options.stateDir);
    this.#added = new AddedMembers(this.#layout.members);
    this.#consortium = options.consortium;
  }

  async run(): Promise<EmbeddedNetwork> {
    const { log } = this.#options;
    const { root, crypto } = this.#layout;
    const material = await during({ folder: root }, async () => {
      mkdirSync(root, { recursive: true, mode: 0o700 });
      const joined = this.#added.take();
      this.#consortium = withMembers(this.#consortium, joined);
      return byMsp(await ensureMaterial(this.#consortium, crypto));
    });
    // First, for they take longest to come up: meanwhile hundreds of members may get their keys.
    const shared = this.#startChaincode(material);
    const members = await during({ folder: root }, async () =>
      byMsp(await ensureMembers(this.#consortium, crypto)),
    );
    const channel = await this.#openChannel(material, [...members.values()]);
    const all = new Map<string, MemberMaterial>([...material, ...members]);
    await this.#startAuthorities(placesOf(this.#consortium), all, channel);
    const peers = await this.#startPeers(material, channel, shared?.servers);
    const profile = () => connectionProfile(this.#consortium, material, members);
    await during({ folder: root }, () => {
      this.#writeProfile(profile());
    });
    const server = await this.#startDiscovery(profile, channel, shared?.processes ?? []);
    if (shared !== undefined && !(await this.#isChaincodeReady(peers, shared))) {
      throw new StartupError(
        'CHAINCODE_NOT_READY',
        `The chaincode did not start within ${chaincodeStartMs / 1000} seconds.`,
        'Build it, and look at the log lines above for what its server says.',
      );
    }
    const organisations = this.#authorities.length;
    log.info({ height: channel.ledger.height, organisations }, 'the network is ready');
    const admit = async (member: Organisation) => {
      await this.#admit(member, members, channel);
      this.#writeProfile(profile());
      log.info({ msp: member.msp }, 'a member without a node has joined');
    };
    this.#cleanups.push(this.#added.follow(admit, log));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    return {
      profile: profile(),
      discovery: `http://127.0.0.1:${port ?? this.#consortium.ports.network}/`,
      close: () => this.close(),
    };
  }

  /** The other servers follow the first one, or come in its place where it does not come up. */
  async #isChaincodeReady(peers: Peers, { startOthers }: SharedChaincode): Promise<boolean> {
    const isReady = peers.chaincodesReady(chaincodeStartMs);
    const isFirstThere = await Promise.race([isReady, sleep(firstServerMs, false, { ref: false })]);
    if (isFirstThere) setTimeout(startOthers, othersAfterMs).unref();
    else startOthers();
    return isReady;
  }

  /** Trusts a member without a node, and starts its certificate authority, while everything else goes on. */
  async #admit(member: Organisation, members: Map<string, MemberMaterial>, channel: Channel): Promise<void> {
    const consortium = withMembers(this.#consortium, [member]);
    const [own] = await ensureMembers({ ...consortium, organisations: [member] }, this.#layout.crypto);
    const place = placesOf(consortium).at(-1);
    if (own === undefined || place === undefined) throw new Error(`${member.name} has a node.`);
    channel.msps.addRoots(consortium.membersMsp, own.ca.cert);
    members.set(member.msp, own);
    await this.#startAuthorities([place], members, channel);
    this.#consortium = consortium;
  }

  #writeProfile(profile: ConnectionProfile): void {
    writeWhole(this.#layout.connectionProfile, JSON.stringify(profile, undefined, 2));
  }

  /** Ends everything, last started first. */
  async close(): Promise<void> {
    for (const cleanup of this.#cleanups.splice(0).reverse()) await cleanup();
  }

  async #openChannel(
    material: ReadonlyMap<string, OrganisationMaterial>,
    members: readonly MemberMaterial[],
  ): Promise<Channel> {
    const { extraChaincodes, proof, clock, log, onFailure } = this.#options;
    const consortium = this.#consortium;
    const { ledger: folder } = this.#layout;
    const channel = await during({ folder }, async () => {
      const disk = await openLevelDisk(folder);
      return openChannel({
        witness: join(folder, 'acknowledged'),
        consortium,
        material,
        members,
        extraChaincodes,
        disk,
        proof,
        clock,
        log,
        onFailure: (error) => {
          onFailure(explain(error, { folder }));
        },
      });
    });
    this.#cleanups.push(async () => {
      await channel.orderer.stop();
      await channel.ledger.close();
    });
    return channel;
  }

  async #startAuthorities(
    places: readonly Placed[],
    material: ReadonlyMap<string, MemberMaterial>,
    { msps }: Channel,
  ): Promise<void> {
    const { log } = this.#options;
    const consortium = this.#consortium;
    if (this.#authorities.length === 0) {
      this.#cleanups.push(async () => {
        await Promise.all(this.#authorities.map((authority) => authority.close()));
      });
    }
    for (const { organisation, ports } of places) {
      const { name, msp, node } = organisation;
      const own = materialOf(material, msp);
      const { ca: port } = ports;
      const stateDir = this.#layout.authority(name);
      const startAuthority = node ? startCertificateAuthority : startOnDemand;
      const authority = await during({ folder: stateDir }, () =>
        during({ listening: `certificate authority of ${name}`, port }, () =>
          startAuthority({
            name: certificateAuthorityName(organisation),
            port,
            stateDir,
            issuer: own.ca,
            tls: async () => (await ensureCaServer(own, consortium)).caTls,
            people: { dir: this.#layout.people(name), list: peopleOf(consortium, organisation) },
            log: log.child({ ca: name }),
            onRevocation: (crlPem) => {
              msps.addRevocationList(node ? msp : consortium.membersMsp, crlPem);
            },
          }),
        ),
      );
      this.#authorities.push(authority);
    }
  }

  #startChaincode(material: ReadonlyMap<string, OrganisationMaterial>): SharedChaincode | undefined {
    const { chaincode, log } = this.#options;
    const consortium = this.#consortium;
    if (!chaincode) return undefined;
    const { packageDir, packageOf = {} } = chaincode;
    const servers = new SharedChaincodeServers(
      consortium,
      material,
      chaincode.servers,
      Object.keys(packageOf),
    );
    const { name, version } = consortium.chaincode;
    const code = { packageDir, packageOf, ccid: `${name}:${version}` };
    const { needed, others } = servers.prepare(code, material, this.#layout, log);
    const processes = [...needed, ...others];
    for (const process of needed) process.start();
    this.#cleanups.push(async () => {
      await Promise.all(processes.map((process) => process.stop()));
    });
    const startOthers = () => {
      for (const process of others) process.start();
    };
    return { servers, processes, startOthers };
  }

  async #startPeers(
    material: ReadonlyMap<string, OrganisationMaterial>,
    channel: Channel,
    shared: SharedChaincodeServers | undefined,
  ): Promise<Peers> {
    const { extraChaincodes, clock, log } = this.#options;
    const consortium = this.#consortium;
    const peers = await startPeers({
      consortium,
      material,
      channel,
      clock,
      log,
      serversFor: (mspId) => {
        const own = materialOf(material, mspId);
        return new Map([
          [consortium.chaincode.name, shared?.addressesFor(own) ?? ownServer(consortium, own)],
          ...extraChaincodes.map((extra) => [extra.name, extraServers(extra, own)] as const),
        ]);
      },
    });
    this.#cleanups.push(() => peers.close());
    return peers;
  }

  async #startDiscovery(
    profile: () => ConnectionProfile,
    { ledger }: Channel,
    chaincodeServers: readonly ChaincodeServer[],
  ): Promise<Server> {
    const { network: port } = this.#options.consortium.ports;
    const server = await during({ listening: 'discovery document', port }, () =>
      startDiscoveryServer({
        port,
        profile,
        health: () => ({
          status: 'ok',
          height: ledger.height,
          chaincodeServers: chaincodeServers.map(({ address, pid }) => ({ address, pid })),
        }),
      }),
    );
    this.#cleanups.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return server;
  }
}

function byMsp<T extends { readonly mspId: string }>(all: readonly T[]): Map<string, T> {
  return new Map(all.map((one) => [one.mspId, one]));
}

/** The consortium with those in it who have joined; one that is described by now is there once. */
function withMembers(consortium: Consortium, joined: readonly Organisation[]): Consortium {
  const { organisations } = consortium;
  const news = joined.filter(({ msp }) => !organisations.some((one) => one.msp === msp));
  return { ...consortium, organisations: [...organisations, ...news] };
}
