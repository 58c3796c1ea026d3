/** Which of several things belong together, directly or through others. */
export class Groups<T> {
  readonly #members: Map<T, T[]>;

  constructor(all: Iterable<T>) {
    this.#members = new Map([...all].map((one) => [one, [one]]));
  }

  /** Things that are not known are left alone. */
  join(one: T, other: T): void {
    const [first, second] = [this.#members.get(one), this.#members.get(other)];
    if (first === undefined || second === undefined || first === second) return;
    const [kept, moved] = first.length < second.length ? [second, first] : [first, second];
    kept.push(...moved);
    for (const member of moved) this.#members.set(member, kept);
  }

  /** Everything that belongs together with one of them. */
  of(one: T): readonly T[] | undefined {
    return this.#members.get(one);
  }

  all(): ReadonlySet<readonly T[]> {
    return new Set(this.#members.values());
  }
}
