import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { common } from '@hyperledger/fabric-protos';
import { BlockSource } from '@pledgeonce/gateway/ledger/blocks/block-source.js';
import { assembledBlocks } from '@pledgeonce/gateway/projection/assembled-blocks.js';
import { Database } from '@pledgeonce/gateway/projection/database.js';
import { Projection } from '@pledgeonce/gateway/projection/projection.js';
import type { ReadBlock } from '@pledgeonce/gateway/projection/read-block.js';
import type { OpenFullBlocks } from '@pledgeonce/gateway/projection/follower.js';
import { followedBlocks } from '@pledgeonce/gateway/projection/followed-blocks.js';
import type { Viewpoint } from '@pledgeonce/gateway/projection/viewpoint.js';
import { viewpointOf } from '@pledgeonce/gateway/projection/testing/viewpoint-of.js';
import type { Seeded } from '../seeded.js';
import type { SimulatedClient } from './simulated-client.js';
import type { SimulatedNetwork } from './simulated-network.js';

/** How long a gateway that lost its peer waits before it looks for it again. */
const pauseMs = 300;
/** After the storm nobody is away for longer than so many looks. */
const looks = 20;
/** What SQLite keeps of a database. */
const files = ['projection.sqlite', 'projection.sqlite-wal'];

/** Whose tables, and where they are. */
interface TablesParts {
  readonly network: SimulatedNetwork;
  /** Of the gateway itself, who asks for what is its organisation's. */
  readonly client: SimulatedClient;
  readonly seeded: Seeded;
  readonly folder: string;
  /** Takes in a block without its records now and then: a fault that has to be noticed. */
  readonly overlooks?: boolean;
}

/** One life of a gateway's program. */
interface Life {
  readonly projection: Projection;
  readonly stop: () => void;
}

/**
 * The tables of a gateway: its own code reads the blocks of its organisation's peer, verifies them, adds what is private, and puts
 * all into SQLite, on a real disk. The program dies and comes back, and may find what its disk had some time before.
 */
export class SimulatedTables {
  readonly #network: SimulatedNetwork;
  readonly #client: SimulatedClient;
  readonly #seeded: Seeded;
  readonly #folder: string;
  readonly #overlooks: boolean;
  readonly #viewpoint: Viewpoint;
  #life: Life | undefined;
  #failure: unknown;

  constructor({ network, client, seeded, folder, overlooks = false }: TablesParts) {
    this.#network = network;
    this.#client = client;
    this.#seeded = seeded;
    this.#folder = folder;
    this.#overlooks = overlooks;
    this.#viewpoint = viewpointOf(client.mspId);
    mkdirSync(join(folder, 'former'), { recursive: true });
  }

  /** Whether it is a government node's, which sees everybody's. */
  get government(): boolean {
    return this.#viewpoint.government;
  }

  /** Keeps up with the chain until the signal says so, one life after the other. */
  async follow(signal: AbortSignal): Promise<void> {
    const stop = (): void => this.#life?.stop();
    signal.addEventListener('abort', stop);
    // Asked again after every wait, during which it may have changed.
    const isOver = () => signal.aborted;
    while (!isOver()) {
      await this.#liveUntil(Infinity);
      if (!isOver()) await this.#network.time.sleep(pauseMs);
    }
    signal.removeEventListener('abort', stop);
  }

  /** The program is gone; its disk has all that was written, or what it had as the last one died. */
  die(): void {
    const life = this.#life;
    this.#life = undefined;
    life?.projection.close();
    life?.stop();
    const former = join(this.#folder, 'former');
    if (this.#seeded.below(2) === 0) copyTables(former, this.#folder);
    else copyTables(this.#folder, former);
  }

  /** Takes in what is missing. @throws Error when it cannot be had. */
  async catchUp(height: number): Promise<void> {
    this.#client.calm = true;
    for (let look = 0; look < looks; look++) {
      await this.#liveUntil(height);
      if (this.#failure === undefined) return;
      await this.#network.time.sleep(pauseMs);
    }
    throw new Error(`The tables do not come to block ${height - 1}: ${String(this.#failure)}`);
  }

  /** Everything that is in the tables, in an order of its own, each table under its name. */
  content(): ReadonlyMap<string, readonly string[]> {
    const database = new Database(join(this.#folder, 'projection.sqlite'));
    const names = database.all("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
    const content = new Map(
      names.map(({ name }) => {
        const rows = database.all(`SELECT * FROM "${String(name)}"`);
        return [String(name), rows.map((row) => JSON.stringify(row)).sort()] as const;
      }),
    );
    database.close();
    return content;
  }

  /** Follows the chain until it dies, somebody stops it, or it has so many blocks. */
  async #liveUntil(height: number): Promise<void> {
    const stopped = new AbortController();
    const projection = new Projection(join(this.#folder, 'projection.sqlite'), this.#viewpoint);
    const life = { projection, stop: stopped.abort.bind(stopped) };
    this.#life = life;
    const isDead = () => this.#life !== life;
    this.#failure = undefined;
    try {
      if (projection.nextBlock >= height) return;
      const blocks = await this.#blocks()(projection.nextBlock, projection.lastHash);
      stopped.signal.addEventListener('abort', () => {
        blocks.close();
      });
      if (stopped.signal.aborted) blocks.close();
      for await (const block of blocks) {
        if (isDead() || stopped.signal.aborted) return;
        projection.apply(this.#overlooks && this.#seeded.below(4) === 0 ? withoutRecords(block) : block);
        if (projection.nextBlock >= height) return;
      }
    } catch (error) {
      this.#failure = error;
    } finally {
      stopped.abort();
      if (!isDead()) {
        this.#life = undefined;
        projection.close();
      }
    }
  }

  /** As the gateway reads them. */
  #blocks(): OpenFullBlocks {
    const client = this.#client;
    const { chaincode } = this.#network.material.consortium;
    const source = new BlockSource(
      {
        height: async () =>
          common.BlockchainInfo.deserializeBinary(await client.askLedger('GetChainInfo')).getHeight(),
        block: async (number) =>
          common.Block.deserializeBinary(await client.askLedger('GetBlockByNumber', String(number))),
      },
      // Nobody announces anything: it looks once a second.
      { latest: -1, rung: (milliseconds) => this.#network.time.sleep(milliseconds) },
    );
    if (this.#viewpoint.government)
      return followedBlocks(
        (startBlock) => Promise.resolve(this.#delivered(Number(startBlock), source)),
        chaincode.name,
        (previous) => source.chain(previous),
      );
    return assembledBlocks({
      chaincode: chaincode.name,
      open: (startBlock, previous) => source.open(startBlock, previous),
      addresseeKey: async () => (await client.ask('readAddresseeKey', {})).key,
      records: async (keys) => (await client.ask('readOwnRecords', { keys: [...keys] })).records,
      inherited: () => [],
      isRemoved: () => false,
    });
  }

  /** The stream of a government node, which holds what is private. */
  #delivered(first: number, source: BlockSource) {
    let isOpen = true;
    const blocks = async function* (this: SimulatedTables) {
      for (let number = first; isOpen;) {
        if (number < (await source.look())) yield await this.#client.deliver(number++);
        else await this.#network.time.sleep(1_000);
      }
    };
    return {
      close: () => {
        isOpen = false;
      },
      [Symbol.asyncIterator]: blocks.bind(this),
    };
  }
}

function withoutRecords(block: ReadBlock): ReadBlock {
  return { ...block, transactions: block.transactions.map((one) => ({ ...one, values: [] })) };
}

function copyTables(from: string, to: string): void {
  for (const file of files) {
    rmSync(join(to, file), { force: true });
    if (existsSync(join(from, file))) copyFileSync(join(from, file), join(to, file));
  }
}
