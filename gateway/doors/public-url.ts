/**
 * Where clients and browsers reach the gateway. What a request says in `Host` is not taken for it: an assertion that was
 * made for another organisation's gateway would then be good at this one.
 */
export class PublicUrl {
  #url: string | undefined;

  /** @param configured Absent where host and port of the configuration are what clients use. */
  constructor(configured?: string) {
    this.#url = configured;
  }

  /** The door is open at this address. */
  opened(url: string): void {
    this.#url ??= url;
  }

  /** @throws Error before the door is open. */
  get url(): string {
    if (this.#url === undefined) throw new Error('The gateway has no address yet.');
    return this.#url;
  }
}
