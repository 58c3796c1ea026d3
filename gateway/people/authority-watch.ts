import type { Logger } from 'pino';
import { z } from 'zod';
import type { DurableStore } from '../storage/durable-store.js';
import type { CertificateAuthority, RegisteredPerson } from './certificate-authority.js';
import { authorityWordSchema, nothingSaid } from './authority-word.js';
import type { AuthorityWord } from './authority-word.js';
import type { RevocationList } from './revocation-list.js';
import { readRevocationList, RevocationListError } from './revocation-list.js';
import type { ServiceIdentities } from './service-identity.js';

const key = 'authority-word';
/** When the last answer was asked for of which everything that follows was done. */
const followedKey = 'authority-followed-at';
/** For how long an authority that did not answer is taken to be away. */
const awayMs = 1_000;

export interface AuthorityWatchParts {
  readonly authority: Pick<CertificateAuthority, 'list' | 'revocationList'>;
  readonly services: Pick<ServiceIdentities, 'registrar'>;
  /** Certificates of the authorities that may sign a revocation list, PEM. */
  readonly roots: string;
  /** Revocation lists in the channel's configuration, as far as they are this organisation's. */
  readonly channelLists: () => Promise<readonly Uint8Array[]>;
  /** Whether the MSP, and so its lists in the channel, are those of other members too. */
  readonly sharesMsp: boolean;
  readonly store: DurableStore;
  /** Called after every answer of the authority and every list, so that what follows from it is done at once. */
  readonly heard: (people: readonly RegisteredPerson[] | undefined, askedAt: number) => Promise<void>;
  readonly log: Logger;
  readonly clock?: () => number;
}

/**
 * Keeps the word of the certificate authority and of the channel about the organisation's people: asked in rounds and at
 * every sign-in, pushed by whoever revokes, and remembered while the authority is away, also over a restart.
 */
export class AuthorityWatch {
  readonly #parts: AuthorityWatchParts;
  readonly #clock: () => number;
  #word: AuthorityWord;
  #revoked: ReadonlySet<string> = new Set();
  #asking: { readonly since: number; readonly answer: Promise<boolean> } | undefined;
  /** When the last word was asked for whose consequences are done, or are waited for here. */
  #freshAt: number;
  #failedAt = -Infinity;
  /** Until what the last word means for people is done. */
  #followed: Promise<void> = Promise.resolve();

  private constructor(parts: AuthorityWatchParts, word: AuthorityWord, followedAt: number) {
    this.#parts = parts;
    this.#clock = parts.clock ?? Date.now;
    this.#word = word;
    this.#revoked = revokedOf(word);
    this.#freshAt = followedAt;
  }

  static async open(parts: AuthorityWatchParts): Promise<AuthorityWatch> {
    const word = authorityWordSchema.optional().parse(await parts.store.get(key)) ?? nothingSaid;
    const followedAt = z
      .number()
      .default(0)
      .parse(await parts.store.get(followedKey));
    // One that was heard as the program ended may not have been followed, and a clock may have been set back: then it is asked again.
    const isAllDone = followedAt >= word.askedAt && followedAt <= (parts.clock ?? Date.now)();
    return isAllDone
      ? new AuthorityWatch(parts, { ...word, askedAt: followedAt }, followedAt)
      : new AuthorityWatch(parts, word, 0);
  }

  /** The last word, whenever it was said. */
  said(): { readonly word: AuthorityWord; readonly revoked: ReadonlySet<string> } {
    return { word: this.#word, revoked: this.#revoked };
  }

  /** How old the last word is of which everything that follows was done, milliseconds; Infinity before the first. */
  get ageMs(): number {
    return this.#freshAt === 0 ? Infinity : this.#clock() - this.#freshAt;
  }

  /** True when the last question was answered. */
  get isThere(): boolean {
    return this.#word.askedAt > this.#failedAt;
  }

  /**
   * Asks the authority unless it was asked a moment ago; several who want to know share one question.
   *
   * @param maxAgeMs How old an answer may be.
   * @param patienceMs Nobody waits longer than this for an authority that does not answer.
   * @returns whether the word is as fresh as was asked for.
   */
  async fresh(maxAgeMs: number, patienceMs: number): Promise<boolean> {
    const now = this.#clock();
    if (this.#freshAt >= now - maxAgeMs && this.isThere) {
      // Whoever reads the word next must find the register as it says.
      const isFollowed = this.#followed.then(
        () => true,
        () => true,
      );
      return within(isFollowed, patienceMs);
    }
    // Whoever is known to be away is asked in rounds, not by everybody who signs in; without any word nobody could.
    const isAway = !this.isThere && this.#failedAt >= now - awayMs;
    if (isAway && this.#word.askedAt > 0) return false;
    if (this.#asking === undefined || this.#asking.since < now - maxAgeMs) this.#asking = this.#ask();
    return within(this.#asking.answer, patienceMs);
  }

  /** One round: the channel and the authority, each by itself, for either may be away. */
  async round(): Promise<void> {
    await Promise.all([this.#askChannel(), this.#ask().answer]);
  }

  /**
   * Takes a revocation list from whoever brings it.
   *
   * @returns how many certificates are new on it.
   * @throws RevocationListError when the organisation's certificate authority did not sign it.
   */
  async push(list: string): Promise<number> {
    const read = await readRevocationList(list, this.#parts.roots);
    const news = read.serials.filter((serial) => !this.#revoked.has(serial)).length;
    await this.#take(read);
    await this.#parts.heard(undefined, 0);
    return news;
  }

  #ask(): { readonly since: number; readonly answer: Promise<boolean> } {
    const since = this.#clock();
    const answer = this.#askAuthority(since).then(
      () => true,
      (error: unknown) => {
        this.#failedAt = this.#clock();
        this.#parts.log.warn({ err: error }, 'certificate authority not asked; its last word holds');
        return false;
      },
    );
    const asking = { since, answer };
    void answer.then(() => {
      if (this.#asking === asking) this.#asking = undefined;
    });
    return asking;
  }

  async #askAuthority(askedAt: number): Promise<void> {
    const { authority, services, roots, heard } = this.#parts;
    const registrar = await services.registrar();
    const [people, list] = await Promise.all([
      authority.list(registrar),
      authority.revocationList(registrar),
    ]);
    const read = await readRevocationList(list, roots);
    if (askedAt < this.#word.askedAt) return;
    const byId = people.flatMap(({ id, role, uscc }) =>
      role === undefined ? [] : [[id, { role, ...(uscc === undefined ? {} : { uscc }) }] as const],
    );
    this.#freshAt = askedAt;
    this.#followed = this.#follow({ ...this.#word, askedAt, people: Object.fromEntries(byId) }, read, () =>
      heard(people, askedAt),
    );
    await this.#followed;
    await this.#parts.store.put(followedKey, askedAt);
  }

  async #follow(word: AuthorityWord, list: RevocationList, heard: () => Promise<void>): Promise<void> {
    await this.#keep(word);
    await this.#take(list);
    await heard();
  }

  async #askChannel(): Promise<void> {
    try {
      const lists = await this.#parts.channelLists();
      const read = await Promise.all(lists.map((list) => this.#serialsOf(list)));
      const revokedAtChannel = [...new Set(read.flat())].sort();
      await this.#keep({ ...this.#word, revokedAtChannel });
      await this.#parts.heard(undefined, 0);
    } catch (error) {
      this.#parts.log.warn({ err: error }, "the channel's revocation list not read; what it said holds");
    }
  }

  /** What a list in the channel says of the own people; nothing where another member that shares the MSP has signed it. */
  async #serialsOf(list: Uint8Array): Promise<readonly string[]> {
    try {
      return (await readRevocationList(list, this.#parts.roots)).serials;
    } catch (error) {
      if (this.#parts.sharesMsp && error instanceof RevocationListError) return [];
      throw error;
    }
  }

  /** A list that is older than one that was seen says less, not more: nobody is taken off by it. */
  async #take({ serials, madeAt }: RevocationList): Promise<void> {
    if (madeAt < this.#word.listMadeAt) return;
    await this.#keep({ ...this.#word, revokedAtAuthority: [...serials].sort(), listMadeAt: madeAt });
  }

  async #keep(word: AuthorityWord): Promise<void> {
    const before = this.#word;
    this.#word = word;
    this.#revoked = revokedOf(word);
    if (contentOf(before) !== contentOf(word)) await this.#parts.store.put(key, word);
  }
}

function revokedOf({ revokedAtAuthority, revokedAtChannel }: AuthorityWord): ReadonlySet<string> {
  return new Set([...revokedAtAuthority, ...revokedAtChannel]);
}

/** What makes a difference: not when it was said. */
function contentOf({ people, revokedAtAuthority, revokedAtChannel }: AuthorityWord): string {
  return JSON.stringify([Object.entries(people).sort(), revokedAtAuthority, revokedAtChannel]);
}

async function within(answer: Promise<boolean>, patienceMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const impatience = new Promise<false>((resolve) => {
    timer = setTimeout(() => {
      resolve(false);
    }, patienceMs);
  });
  try {
    return await Promise.race([answer, impatience]);
  } finally {
    clearTimeout(timer);
  }
}
