import { randomBytes } from 'node:crypto';
import { SignJWT, jwtVerify } from 'jose';
import type { Role } from '@pledgeonce/chaincode/permissions.js';
import type { Identity } from './wallet.js';

const issuer = 'pledgeonce-gateway';
const algorithm = 'HS256';

/** Who acts, as the certificate says. */
export interface Person {
  readonly id: string;
  readonly mspId: string;
  readonly role: Role;
  readonly uscc?: string;
}

/** One sign-in. The private key lives here and nowhere else outside the encrypted wallet. */
export interface Session {
  readonly id: string;
  readonly person: Person;
  readonly identity: Identity;
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

/** Sessions in memory; a restart ends them all, because the keys are nowhere in clear. */
export class SessionStore {
  readonly #key: Uint8Array;
  readonly #audience: string;
  readonly #limits: SessionLimits;
  readonly #clock: () => number;
  readonly #sessions = new Map<string, Session>();
  readonly #onEnd: (session: Session) => void;

  /** @param onEnd Told once for every session that ends, so that what was opened for it can be closed. */
  constructor(
    key: Uint8Array,
    audience: string,
    limits: SessionLimits,
    onEnd: (session: Session) => void = () => undefined,
    clock: () => number = Date.now,
  ) {
    this.#key = key;
    this.#audience = audience;
    this.#limits = limits;
    this.#onEnd = onEnd;
    this.#clock = clock;
  }

  /**
   * @param certificateEnd No session outlives its certificate: the person signs in again, which renews it, instead of
   *   being refused by the network.
   * @returns the bearer token, and when it ends unless it is used before.
   */
  async start(
    person: Person,
    identity: Identity,
    certificateEnd?: Date,
  ): Promise<{ token: string; expiresAt: Date }> {
    this.endIdle();
    const now = this.#clock();
    const session: Session = {
      id: randomBytes(18).toString('base64url'),
      person,
      identity,
      endsAt: Math.min(now + this.#limits.mostMs, certificateEnd?.getTime() ?? Infinity),
      lastUsedAt: now,
    };
    const token = await new SignJWT({ role: person.role })
      .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
      .setIssuer(issuer)
      .setAudience(this.#audience)
      .setSubject(person.id)
      .setJti(session.id)
      .setIssuedAt(Math.floor(now / 1000))
      .setExpirationTime(Math.ceil(session.endsAt / 1000))
      .sign(this.#key);
    this.#sessions.set(session.id, session);
    return { token, expiresAt: this.expiresAt(session) };
  }

  /** @returns undefined for a token that is forged, of another organisation, expired or signed out. */
  async find(token: string): Promise<Session | undefined> {
    const id = await this.#verify(token);
    const session = id === undefined ? undefined : this.#sessions.get(id);
    if (session === undefined) return undefined;
    if (this.#isOver(session)) {
      this.end(session.id);
      return undefined;
    }
    session.lastUsedAt = this.#clock();
    return session;
  }

  end(id: string): void {
    const session = this.#sessions.get(id);
    if (session === undefined) return;
    this.#sessions.delete(id);
    this.#onEnd(session);
  }

  /** Ends every session of a person who may no longer act. */
  endAllOf(personId: string): void {
    for (const session of this.#sessions.values()) {
      if (session.person.id === personId) this.end(session.id);
    }
  }

  /** Forgets the keys of people who left without signing out. */
  endIdle(): void {
    for (const session of this.#sessions.values()) {
      if (this.#isOver(session)) this.end(session.id);
    }
  }

  endAll(): void {
    for (const id of this.#sessions.keys()) this.end(id);
  }

  expiresAt(session: Session): Date {
    return new Date(Math.min(session.lastUsedAt + this.#limits.idleMs, session.endsAt));
  }

  #isOver(session: Session): boolean {
    return this.#clock() >= this.expiresAt(session).getTime();
  }

  async #verify(token: string): Promise<string | undefined> {
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        issuer,
        audience: this.#audience,
        algorithms: [algorithm],
        currentDate: new Date(this.#clock()),
      });
      return payload.jti;
    } catch {
      return undefined;
    }
  }
}
