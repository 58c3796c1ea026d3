import type { Seeded } from '../seeded.js';
import type { SimulatedNetwork } from './simulated-network.js';
import type { SimulatedTables } from './simulated-tables.js';
import type { Tear } from './simulated-disk.js';

const minute = 60_000;

/** How often each thing went wrong. */
export interface Damage {
  powerCuts: number;
  tornWrites: number;
  fullDisks: number;
  flippedBits: number;
  chaincodeKills: number;
  clockJumps: number;
  gatewayKills: number;
  /** Damage that was there as the ledger was opened, and was not noticed. */
  readonly unnoticed: string[];
}

/** Lets things go wrong at moments that chance chooses, until the signal says that it is enough. */
export class Storm {
  readonly damage: Damage = {
    ...{ powerCuts: 0, tornWrites: 0, fullDisks: 0, flippedBits: 0, chaincodeKills: 0, clockJumps: 0 },
    gatewayKills: 0,
    unnoticed: [],
  };
  readonly #network: SimulatedNetwork;
  readonly #tables: readonly SimulatedTables[];
  readonly #seeded: Seeded;

  constructor(network: SimulatedNetwork, tables: readonly SimulatedTables[], seeded: Seeded) {
    this.#network = network;
    this.#tables = tables;
    this.#seeded = seeded;
  }

  async rage(signal: AbortSignal): Promise<void> {
    const { time } = this.#network;
    while (!signal.aborted) {
      // Somebody starts it again, whatever it died of.
      if (this.#network.served === undefined) await this.#again();
      else await this.#something();
      await time.sleep(this.#seeded.below(1_500));
    }
    this.#network.disk.onWrite = () => undefined;
    time.setRight();
    if (this.#network.served === undefined) await this.#again();
  }

  async #something(): Promise<void> {
    const { time, disk } = this.#network;
    switch (this.#seeded.below(12)) {
      case 0:
        this.damage.powerCuts += 1;
        this.#network.cutPower();
        break;
      case 1:
        await this.#flip();
        break;
      case 2:
        this.damage.chaincodeKills += 1;
        this.#network.killChaincode();
        break;
      case 3:
      case 4:
        this.damage.clockJumps += 1;
        time.setRight();
        if (this.#seeded.below(2) === 0) time.jump((this.#seeded.below(25) - 12) * minute);
        break;
      case 5:
      case 6:
        this.damage.gatewayKills += 1;
        this.#seeded.pick(this.#tables).die();
        break;
      default:
        this.#tear(this.#seeded.pick(['before', 'before', 'after', 'full'] as const), this.#seeded.below(3));
    }
    // A disk that nobody writes to tears nothing.
    if (disk.writes > 1_000_000) throw new Error('This disk is written to without end.');
  }

  /** The write after so many others is torn, or finds no room. */
  #tear(tear: Tear, after: number): void {
    const { disk } = this.#network;
    let left = after;
    disk.onWrite = () => {
      if (left-- > 0) return undefined;
      disk.onWrite = () => undefined;
      if (tear === 'full') this.damage.fullDisks += 1;
      else this.damage.tornWrites += 1;
      return tear;
    };
  }

  /** A bit flips, and sooner or later the program is started: it must not go on as if nothing were. */
  async #flip(): Promise<void> {
    const flipped = this.#network.disk.flipBit();
    if (flipped === undefined) return;
    this.damage.flippedBits += 1;
    await this.#network.time.sleep(this.#seeded.below(1_000));
    this.#network.disk.onWrite = () => undefined;
    this.#network.cutPower();
    const stands = flipped.stands();
    const isOpen = await this.#network.start();
    if (isOpen && stands)
      this.damage.unnoticed.push('a flipped bit was not noticed as the ledger was opened');
    flipped.undo();
    if (isOpen) return;
    this.#network.forgetDamage();
    await this.#again();
  }

  /** Started until it is there. */
  async #again(): Promise<void> {
    for (let attempt = 0; attempt < 5; attempt++) {
      this.#network.cutPower();
      if (await this.#network.start()) return;
    }
    throw new Error(`The network does not start: ${this.#network.troubles.damages.join('; ')}`);
  }
}
