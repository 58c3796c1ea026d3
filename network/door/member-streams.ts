/** How many streams each member has open. Somebody who has not said who they are counts as nobody. */
export class MemberStreams {
  readonly #most: number;
  readonly #open = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /** @returns what ends the stream again; undefined when the member has too many. */
  begin(member: string): (() => void) | undefined {
    const open = this.#open.get(member) ?? 0;
    if (open >= this.#most) return undefined;
    this.#open.set(member, open + 1);
    let hasEnded = false;
    return () => {
      if (hasEnded) return;
      hasEnded = true;
      const left = (this.#open.get(member) ?? 1) - 1;
      if (left === 0) this.#open.delete(member);
      else this.#open.set(member, left);
    };
  }
}
