import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { OrganisationConfig } from '../config.js';
import { TlsDoor } from '../doors/tls-door.js';
import type { Metrics } from '../metrics.js';
import type { Follower } from '../projection/follower.js';
import { Forwarder } from '../replicas/forward.js';
import { Front } from '../replicas/front.js';
import { ownAddress, readConnectionString } from '../replicas/replica-config.js';
import type { ReplicaConfig } from '../replicas/replica-config.js';
import { standbyApp } from '../replicas/standby-app.js';
import { Seat } from '../storage/postgres/seat.js';
import { CleanUps } from './clean-ups.js';
import { listen } from './listen.js';
import { sharedPlaces } from './places.js';
import type { Places } from './places.js';

/** Before a replica begins anew that could not serve. */
const pauseMs = 1_000;

interface Following {
  readonly follower: Pick<Follower, 'lag'>;
  readonly metrics: Metrics;
}

/** How a gateway comes about, in two steps: what follows the ledger, and what serves. */
export interface ReplicaSteps<T extends Following> {
  /** Begins to follow the ledger. Nothing of what replicas share is read or written. */
  readonly follow: (places: Places, isFirst: boolean, cleanUps: CleanUps) => Promise<T>;
  /** Serves, once this replica leads. */
  readonly serve: (
    following: T,
    places: Places,
    door: { readonly url: string; readonly tls: TlsDoor | undefined },
    cleanUps: CleanUps,
  ) => Promise<{ readonly app: RequestListener; readonly endStreams: () => void }>;
}

export interface ReplicaParts {
  readonly config: OrganisationConfig & { readonly replicas: ReplicaConfig };
  readonly metricsToken: string | undefined;
  readonly drainMs: number;
  readonly log: Logger;
}

/** One life of a replica, from the first block that it reads to the end of its term. */
interface Life<T> {
  readonly following: T;
  readonly cleanUps: CleanUps;
}

/**
 * Runs one of several gateways of an organisation. It follows the ledger from the start; it serves while it leads, and what
 * it knew in memory ends with its term, exactly as with a process that ends and another that starts.
 *
 * @returns the address of its door, open from the start.
 * @throws Error when it cannot follow the ledger, or its door cannot be opened.
 */
export async function runReplica<T extends Following>(
  parts: ReplicaParts,
  steps: ReplicaSteps<T>,
  cleanUps: CleanUps,
): Promise<string> {
  const { host, port, tls: files, replicas } = parts.config;
  // A mistake in it is one of the configuration, not a database that is away.
  await readConnectionString(replicas);
  const tls = files === undefined ? undefined : await TlsDoor.open(files, parts.log);
  const replica = new Replica(parts, steps, tls);
  cleanUps.add(() => replica.stop());
  await replica.begin();
  const endStreams = () => {
    replica.front.endStreams();
  };
  const door = { host, port, drainMs: parts.drainMs, tls };
  const url = await listen(replica.front.handle, parts.log, door, endStreams, cleanUps);
  replica.opened(url);
  return url;
}

class Replica<T extends Following> {
  readonly front: Front;
  readonly #parts: ReplicaParts;
  readonly #steps: ReplicaSteps<T>;
  readonly #tls: TlsDoor | undefined;
  readonly #seat: Seat;
  readonly #places: Places;
  readonly #forwarder = new Forwarder();
  readonly #stopping = new AbortController();
  #url = '';
  #life: Life<T> | undefined;
  #living: Promise<void> | undefined;

  constructor(parts: ReplicaParts, steps: ReplicaSteps<T>, tls: TlsDoor | undefined) {
    const { config, metricsToken, log } = parts;
    this.#parts = parts;
    this.#steps = steps;
    this.#tls = tls;
    this.#seat = new Seat({
      connectionString: () => readConnectionString(config.replicas),
      organisation: config.msp,
      own: () => ({
        address: ownAddress(config.replicas, this.#url),
        ...(tls !== undefined && { certificate: tls.fingerprint }),
      }),
      log,
    });
    this.#places = sharedPlaces(this.#seat);
    this.front = new Front(
      standbyApp({
        standing: () => this.#seat.standing,
        following: () => this.#life?.following,
        forwarder: this.#forwarder,
        metricsToken,
        readinessFor: config.readinessFor,
      }),
    );
  }

  /** Begins to follow the ledger. */
  async begin(isFirst = true): Promise<void> {
    const cleanUps = new CleanUps();
    try {
      const following = await this.#steps.follow(this.#places, isFirst, cleanUps);
      this.#life = { following, cleanUps };
    } catch (error) {
      await cleanUps.run();
      throw error;
    }
  }

  /** The door is open: from now on it serves when it can. */
  opened(url: string): void {
    this.#url = url;
    // Said now, and not when it would lead.
    ownAddress(this.#parts.config.replicas, url);
    this.#living = this.#liveOn();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#living;
    await this.#life?.cleanUps.run();
    this.#forwarder.breakOff();
    await this.#seat.leave();
  }

  async #liveOn(): Promise<void> {
    const isStopping = () => this.#stopping.signal.aborted;
    while (!isStopping()) {
      try {
        if (this.#life === undefined) await this.begin(false);
        await this.#live();
      } catch (error) {
        if (isStopping()) return;
        this.#parts.log.error({ err: error }, 'this replica begins anew');
        await this.#seat.leave();
        await sleep(pauseMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      }
    }
  }

  async #live(): Promise<void> {
    const life = this.#life;
    if (life === undefined) return;
    try {
      const term = await this.#seat.taken(this.#stopping.signal);
      // What still waits for a former leader, which may only have frozen, waits in vain.
      this.#forwarder.breakOff();
      const door = { url: this.#url, tls: this.#tls };
      this.front.serve(await this.#steps.serve(life.following, this.#places, door, life.cleanUps));
      this.#parts.log.info('this replica leads');
      const over = AbortSignal.any([term.over, this.#stopping.signal]);
      if (!over.aborted) await once(over, 'abort');
    } finally {
      await this.front.standBy(this.#parts.drainMs);
      this.#life = undefined;
      await life.cleanUps.run();
    }
  }
}
