import { createHash, randomBytes } from 'node:crypto';
import type { OrganisationKind, Role } from '@pledgeonce/chaincode/permissions.js';
import type { Identity } from './wallet.js';

/** A token says nothing of its holder: it is 256 random bits, and only its hash is kept. */
const tokenBytes = 32;

/** Who acts, as the certificate says. */
export interface Person {
  readonly id: string;
  readonly mspId: string;
  /** What their organisation is. */
  readonly kind: OrganisationKind;
  readonly role: Role;
  readonly uscc?: string;
}

/** What a machine's token is good for, and under which key of the machine it was given. */
export interface MachineToken {
  readonly kid: string;
  readonly scopes: ReadonlySet<string>;
  /** SHA-256 fingerprint of the client certificate without which it counts for nothing. */
  readonly boundTo?: string;
}

/** One sign-in. The private key lives here and nowhere else outside the encrypted wallet. */
export interface Session {
  readonly id: string;
  readonly person: Person;
  readonly identity: Identity;
  readonly startedAt: number;
  /** Where the sign-in came from. */
  readonly address: string | undefined;
  /** Absent where a person has signed in. */
  readonly machine?: MachineToken;
  /** When it ends however busy it is. */
  readonly endsAt: number;
  lastUsedAt: number;
}

export interface SessionLimits {
  /** A session that is not used for this long ends. */
  readonly idleMs: number;
  /** No session lives longer, however busy. */
  readonly mostMs: number;
}

/** Keeps sessions where another replica finds them. Nothing of it is waited for. */
export interface SessionKeeper {
  /** Those that a former replica has left, with an empty private key: it is sealed. */
  readonly found: readonly Session[];
  keep(token: string, session: Session): void;
  /** Told now and then that it goes on. */
  used(session: Session): void;
  forget(id: string): void;
  /** @returns the private key; undefined where this token does not open it. */
  open(id: string, token: string): string | undefined;
}

/** That a session is used is kept this often: where another replica takes over it may end so much earlier. */
const keptEveryMs = 60_000;

/** Sessions in memory; a restart ends them all, because the keys are nowhere in clear, unless replicas share them. */
export class SessionStore {
  readonly #limits: SessionLimits;
  readonly #clock: () => number;
  readonly #sessions = new Map<string, Session>();
  readonly #watchers = new Map<string, Set<() => void>>();
  readonly #onEnd: (session: Session) => void;
  readonly #keeper: SessionKeeper | undefined;
  /** Those whose holder has not come back yet, so that nobody can sign for them. */
  readonly #sealed = new Set<string>();
  /** When it was last kept that one is used. */
  readonly #keptAt = new Map<string, number>();

  /** @param onEnd Told once for every session that ends, so that what was opened for it can be closed. */
  constructor(
    limits: SessionLimits,
    onEnd: (session: Session) => void = () => undefined,
    clock: () => number = Date.now,
    keeper?: SessionKeeper,
  ) {
    this.#limits = limits;
    this.#onEnd = onEnd;
    this.#clock = clock;
    this.#keeper = keeper;
    for (const session of keeper?.found ?? []) {
      this.#sessions.set(session.id, session);
      this.#sealed.add(session.id);
    }
  }

  /**
   * @param certificateEnd No session outlives its certificate: the person signs in again, which renews it, instead of
   *   being refused by the network.
   * @returns the bearer token, and when it ends unless it is used before.
   */
  start(
    person: Person,
    identity: Identity,
    certificateEnd?: Date,
    address?: string,
    machine?: MachineToken,
  ): { token: string; expiresAt: Date } {
    this.endIdle();
    const now = this.#clock();
    const token = randomBytes(tokenBytes).toString('base64url');
    const session: Session = {
      id: hashOf(token),
      person,
      identity,
      startedAt: now,
      address,
      ...(machine !== undefined && { machine }),
      endsAt: Math.min(now + this.#limits.mostMs, certificateEnd?.getTime() ?? Infinity),
      lastUsedAt: now,
    };
    this.#sessions.set(session.id, session);
    this.#keeper?.keep(token, session);
    this.#keptAt.set(session.id, now);
    return { token, expiresAt: this.expiresAt(session) };
  }

  /** @returns undefined for a token that is made up, of another organisation, expired or signed out. */
  find(token: string): Session | undefined {
    const session = this.#opened(hashOf(token), token);
    if (session === undefined) return undefined;
    if (this.#isOver(session)) {
      this.end(session.id);
      return undefined;
    }
    session.lastUsedAt = this.#clock();
    if (
      this.#keeper !== undefined &&
      session.lastUsedAt >= (this.#keptAt.get(session.id) ?? 0) + keptEveryMs
    ) {
      this.#keptAt.set(session.id, session.lastUsedAt);
      this.#keeper.used(session);
    }
    return session;
  }

  /** Whether the session goes on at this moment; asking does not prolong it. */
  isLive(session: Session): boolean {
    return this.#sessions.has(session.id) && !this.#isOver(session);
  }

  /**
   * Calls once when the session ends, at once if it has ended: a stream need not wait for its next heartbeat.
   *
   * @returns what takes the call back.
   */
  whenEnded(session: Session, call: () => void): () => void {
    if (!this.isLive(session)) {
      call();
      return () => undefined;
    }
    const watchers = this.#watchers.get(session.id) ?? new Set();
    this.#watchers.set(session.id, watchers.add(call));
    return () => watchers.delete(call);
  }

  end(id: string): void {
    this.#endHere(id);
    this.#keeper?.forget(id);
  }

  #endHere(id: string): void {
    const session = this.#sessions.get(id);
    if (session === undefined) return;
    this.#sessions.delete(id);
    this.#sealed.delete(id);
    this.#keptAt.delete(id);
    const watchers = this.#watchers.get(id) ?? [];
    this.#watchers.delete(id);
    for (const call of watchers) call();
    this.#onEnd(session);
  }

  /** Ends every session of a person. @param except The one that goes on. @returns how many were live. */
  endAllOf(personId: string, except?: Session): number {
    const ended = this.allOf(personId).filter((session) => session !== except).length;
    for (const session of this.#sessions.values()) {
      if (session.person.id === personId && session !== except) this.end(session.id);
    }
    return ended;
  }

  /** The live sessions of a person, the earliest first. */
  allOf(personId: string): Session[] {
    return [...this.#sessions.values()].filter(
      (session) => session.person.id === personId && !this.#isOver(session),
    );
  }

  /** Ends the sessions of whom a question refuses. */
  endWhere(isOver: (session: Session) => boolean): void {
    for (const session of this.#sessions.values()) if (isOver(session)) this.end(session.id);
  }

  /** Forgets the keys of people who left without signing out. */
  endIdle(): void {
    for (const session of this.#sessions.values()) {
      if (this.#isOver(session)) this.end(session.id);
    }
  }

  /** The process ends; where replicas share sessions they go on at another. */
  endAll(): void {
    for (const id of this.#sessions.keys()) this.#endHere(id);
  }

  expiresAt(session: Session): Date {
    return new Date(Math.min(session.lastUsedAt + this.#limits.idleMs, session.endsAt));
  }

  /** One that another replica has left is whole again once its holder shows the token. */
  #opened(id: string, token: string): Session | undefined {
    const session = this.#sessions.get(id);
    if (session === undefined || !this.#sealed.has(id)) return session;
    const privateKey = this.#keeper?.open(id, token);
    if (privateKey === undefined) {
      this.end(id);
      return undefined;
    }
    const opened = { ...session, identity: { ...session.identity, privateKey } };
    this.#sealed.delete(id);
    this.#sessions.set(id, opened);
    return opened;
  }

  #isOver(session: Session): boolean {
    return this.#clock() >= this.expiresAt(session).getTime();
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
