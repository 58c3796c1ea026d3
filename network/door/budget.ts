/** What one member may hand in at one door, on the average. */
export interface Allowance {
  readonly bytesPerSecond: number;
  readonly envelopesPerSecond: number;
}

/** Whoever was quiet may hand in so much at once: a member's work comes in bursts. */
const burstSeconds = 10;

interface Purse {
  bytes: number;
  envelopes: number;
  /** When it was filled, milliseconds since the epoch. */
  at: number;
}

/** What each member may still hand in. A member that floods uses up its own allowance, and nobody else's. */
export class Budget {
  readonly #allowance: Allowance;
  readonly #purses = new Map<string, Purse>();

  constructor(allowance: Allowance) {
    this.#allowance = allowance;
  }

  /**
   * Takes an envelope off what the member may hand in.
   *
   * @param now milliseconds since the epoch.
   * @returns whether there was enough left; nothing is taken otherwise.
   */
  take(mspId: string, bytes: number, now: number): boolean {
    const purse = this.#filled(mspId, now);
    if (purse.envelopes < 1 || purse.bytes < bytes) return false;
    purse.envelopes -= 1;
    purse.bytes -= bytes;
    return true;
  }

  #filled(mspId: string, now: number): Purse {
    const { bytesPerSecond, envelopesPerSecond } = this.#allowance;
    const most = { bytes: bytesPerSecond * burstSeconds, envelopes: envelopesPerSecond * burstSeconds };
    const purse = this.#purses.get(mspId);
    if (purse === undefined) {
      const full = { ...most, at: now };
      this.#purses.set(mspId, full);
      return full;
    }
    // A clock that was set back gives nothing, and takes nothing.
    const seconds = Math.max(0, now - purse.at) / 1000;
    purse.bytes = Math.min(most.bytes, purse.bytes + seconds * bytesPerSecond);
    purse.envelopes = Math.min(most.envelopes, purse.envelopes + seconds * envelopesPerSecond);
    purse.at = now;
    return purse;
  }
}
