import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { type gateway, peer } from '@hyperledger/fabric-protos';
import { openChannel, type Channel } from '@pledgeonce/network/embedded/open-channel.js';
import { LedgerDamaged } from '@pledgeonce/network/embedded/ledger/ledger-damaged.js';
import { ChannelAccess } from '@pledgeonce/network/embedded/peer/channel-access.js';
import { Collections } from '@pledgeonce/network/embedded/peer/collections.js';
import { withPrivateData } from '@pledgeonce/network/embedded/peer/deliver/responses.js';
import { commitStatus } from '@pledgeonce/network/embedded/peer/gateway/commit-status.js';
import { endorse } from '@pledgeonce/network/embedded/peer/gateway/endorse.js';
import { evaluate } from '@pledgeonce/network/embedded/peer/gateway/evaluate.js';
import { submit } from '@pledgeonce/network/embedded/peer/gateway/submit.js';
import { openEndorsers } from '@pledgeonce/network/embedded/start-peers.js';
import type { Seeded } from '../seeded.js';
import type { ConsortiumMaterial } from './consortium-material.js';
import { ChaincodeServer } from './chaincode-server.js';
import { PowerCut, type SimulatedDisk } from './simulated-disk.js';
import type { SimulatedTime } from './simulated-time.js';

const log = pino({ level: 'silent' });
/** The peer of this organisation is the one that clients reach. */
const home = 'CustomsMSP';

/** What a client asks of a peer's gateway service. */
export type Served = Readonly<Record<string, (request: never, signal: AbortSignal) => Promise<unknown>>>;

/** A block of which a stream has come to its turn, and at whose peer. */
export interface BlockQuestion {
  readonly mspId: string;
  readonly number: number;
}

/** What happened to the program of the network. */
export interface Troubles {
  lives: number;
  /** Found as it was opened, or while it ran. */
  damages: string[];
  failures: string[];
}

/** One life of the network's program: ledger, orderer, peers, and what they keep in memory. */
interface Life {
  readonly served: Served;
  readonly channel: Channel;
  readonly end: () => void;
}

/**
 * The embedded network without sockets: its own ledger, orderer, endorsers, gateway service and chaincode streams, on a disk and
 * in a time that are simulated. The program can die at any moment, and is started anew.
 */
export class SimulatedNetwork {
  readonly troubles: Troubles = { lives: 0, damages: [], failures: [] };
  readonly #server: ChaincodeServer;
  readonly #witness: string;
  #life: Life | undefined;

  constructor(
    readonly material: ConsortiumMaterial,
    readonly disk: SimulatedDisk,
    readonly time: SimulatedTime,
    readonly seeded: Seeded,
    folder: string,
  ) {
    const { name, version } = material.consortium.chaincode;
    this.#server = new ChaincodeServer(`${name}:${version}`);
    time.busyWhile(() => this.#server.isBusy());
    this.#witness = join(folder, 'acknowledged');
  }

  /** What is served at this moment; undefined while the program is dead. */
  get served(): Served | undefined {
    return this.#life?.served;
  }

  get channel(): Channel | undefined {
    return this.#life?.channel;
  }

  /** @returns false when the ledger is damaged and says so, or the power goes as it is opened. */
  async start(): Promise<boolean> {
    const { consortium, material, members } = this.material;
    const life = ++this.troubles.lives;
    try {
      const channel = await openChannel({
        ...{ consortium, material, members, extraChaincodes: [], clock: this.time, log },
        disk: this.disk.mount(),
        witness: this.#witness,
        onFailure: (error) => {
          // What an earlier life still learns concerns nobody.
          if (life === this.troubles.lives) this.#failed(error);
        },
      });
      this.#life = this.#live(channel);
      return true;
    } catch (error) {
      if (!this.#failed(error)) throw error;
      return false;
    }
  }

  /** The program is gone, and whatever the disk had not taken for certain. */
  cutPower(): void {
    this.#end();
    this.disk.cutPower();
    // What says how far was acknowledged is not synced: it may be older after a power cut.
    if (this.seeded.below(3) === 0 && existsSync(`${this.#witness}.before`)) {
      copyFileSync(`${this.#witness}.before`, this.#witness);
    } else if (existsSync(this.#witness)) {
      copyFileSync(this.#witness, `${this.#witness}.before`);
    }
  }

  /** The chaincode server is gone in the middle of whatever it does, and is there again. */
  killChaincode(): void {
    this.#server.kill();
  }

  /** An operator has put a sound copy back in place of a damaged ledger. */
  forgetDamage(): void {
    this.#end();
    rmSync(`${this.#witness}.damage`, { force: true });
  }

  #live(channel: Channel): Life {
    const { consortium, material } = this.material;
    const { ledger, msps, orderer, ordererMsp } = channel;
    const collections = new Collections(ledger.definition, msps.mspIds);
    const access = new ChannelAccess(msps, ledger.definition);
    const address = { address: 'in this process', connect: () => this.#server.connect() };
    const serversFor = () => new Map([[consortium.chaincode.name, [address]]]);
    const parts = { consortium, material, channel, serversFor, clock: this.time, log };
    const { peers, supports, planner } = openEndorsers(parts, collections, access);
    const nodes = { definition: ledger.definition, peers };
    const node = { orderer, address: 'the orderer', mspId: ordererMsp, channel: ledger.definition.channel };
    const served = {
      Endorse: (request: gateway.EndorseRequest) => endorse(request, nodes, home, planner),
      Evaluate: (request: gateway.EvaluateRequest) => evaluate(request, nodes, home),
      Submit: (request: gateway.SubmitRequest) => submit(request, node),
      CommitStatus: (request: gateway.SignedCommitStatusRequest, signal: AbortSignal) =>
        commitStatus(request, ledger, access, signal),
      DeliverWithPrivateData: async ({ mspId, number }: BlockQuestion) => {
        const block = ledger.block(number);
        if (block === undefined) throw new Error(`There is no block ${number} yet.`);
        const show = withPrivateData(ledger, mspId, collections);
        return peer.DeliverResponse.deserializeBinary(await show(block, mspId, false));
      },
    };
    return {
      served,
      channel,
      end: () => {
        for (const support of supports) support.close();
        // What goes on proving in the background would call the power cut a damage, which nobody dead writes down.
        ledger.close().catch(() => undefined);
      },
    };
  }

  /** @returns whether it is a failure that a program may have. */
  #failed(error: unknown): boolean {
    this.#end();
    if (error instanceof LedgerDamaged) this.troubles.damages.push(error.message);
    else if (error instanceof PowerCut || (error as NodeJS.ErrnoException).code === 'ENOSPC')
      this.troubles.failures.push(String(error));
    else return false;
    return true;
  }

  #end(): void {
    const life = this.#life;
    this.#life = undefined;
    life?.end();
  }
}
