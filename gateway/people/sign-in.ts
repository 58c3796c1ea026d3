import type { Logger } from 'pino';
import type { CertificateAuthority } from './certificate-authority.js';
import { EnrolmentRefusedError } from './certificate-authority.js';
import { readCertificate } from './certificate.js';
import { LockOut } from './lock-out.js';
import { UnsealError } from './seal.js';
import type { Person, SessionStore } from './session-store.js';
import type { Identity, IdentityStore } from './wallet.js';
import { isLabel } from './wallet-store.js';

/** Why nobody is signed in. */
export type SignInRefusal = 'wrong-secret' | 'locked' | 'not-a-person';

export class SignInError extends Error {
  override readonly name = 'SignInError';

  constructor(
    readonly refusal: SignInRefusal,
    /** Time to wait before the next attempt, milliseconds. */
    readonly waitMs = 0,
  ) {
    super(refusal);
  }
}

/** A certificate is renewed once less than this is left of its life. */
const renewalShare = 0.2;

export interface SignInParts {
  readonly mspId: string;
  readonly store: IdentityStore;
  readonly authority: CertificateAuthority;
  readonly sessions: SessionStore;
  readonly log: Logger;
  readonly clock?: () => number;
}

/** Turns an enrolment id and its secret into a session. */
export class SignIn {
  readonly #parts: SignInParts;
  readonly #clock: () => number;
  readonly #lockOut: LockOut;

  constructor(parts: SignInParts) {
    this.#parts = parts;
    this.#clock = parts.clock ?? Date.now;
    this.#lockOut = new LockOut(this.#clock);
  }

  /**
   * Opens the stored identity with the secret; without one, or when the secret has changed, the certificate
   * authority decides and a new identity replaces the old.
   *
   * @throws SignInError
   */
  async signIn(
    enrolmentId: string,
    secret: string,
  ): Promise<{ token: string; expiresAt: Date; person: Person }> {
    const waitMs = this.#lockOut.wait(enrolmentId);
    if (waitMs > 0) throw new SignInError('locked', waitMs);
    if (!isLabel(enrolmentId)) throw new SignInError('wrong-secret');
    const identity = await this.#authenticate(enrolmentId, secret);
    this.#lockOut.succeeded(enrolmentId);
    const person = personOf(identity);
    const { notAfter } = readCertificate(identity.certificate);
    const session = await this.#parts.sessions.start(person, identity, notAfter);
    return { ...session, person };
  }

  async #authenticate(enrolmentId: string, secret: string): Promise<Identity> {
    const { store, authority, mspId } = this.#parts;
    const stored = await this.#open(enrolmentId, secret);
    if (stored !== undefined) return this.#renewed(enrolmentId, secret, stored);
    try {
      const identity = await authority.enrol(enrolmentId, secret);
      if (identity.mspId !== mspId) throw new TypeError('The identity belongs to another organisation.');
      await store.save(enrolmentId, secret, identity);
      return identity;
    } catch (error) {
      if (!(error instanceof EnrolmentRefusedError)) throw error;
      this.#lockOut.failed(enrolmentId);
      throw new SignInError('wrong-secret');
    }
  }

  /** The stored identity, if the secret opens it and its certificate still holds. */
  async #open(enrolmentId: string, secret: string): Promise<Identity | undefined> {
    const { store } = this.#parts;
    // A file in clear proves nothing about who asks: only one that the secret opens does.
    if (!(await store.holds(enrolmentId))) return undefined;
    try {
      const identity = await store.open(enrolmentId, secret);
      return identity !== undefined && lifeLeft(identity, this.#clock()) > 0 ? identity : undefined;
    } catch (error) {
      if (error instanceof UnsealError) return undefined;
      throw error;
    }
  }

  async #renewed(enrolmentId: string, secret: string, identity: Identity): Promise<Identity> {
    if (lifeLeft(identity, this.#clock()) > renewalShare) return identity;
    const { store, authority, log } = this.#parts;
    try {
      const renewed = await authority.renew(identity);
      await store.save(enrolmentId, secret, renewed);
      return renewed;
    } catch (error) {
      // The present certificate still works; the next sign-in tries again.
      log.warn({ err: error, person: enrolmentId }, 'certificate not renewed');
      return identity;
    }
  }
}

/** Share of the certificate's life that is still ahead; 0 or less when it has ended. */
function lifeLeft(identity: Identity, now: number): number {
  const { notBefore, notAfter } = readCertificate(identity.certificate);
  return (notAfter.getTime() - now) / (notAfter.getTime() - notBefore.getTime());
}

function personOf(identity: Identity): Person {
  const { enrolmentId, role, uscc } = readCertificate(identity.certificate);
  if (role === undefined) throw new SignInError('not-a-person');
  return { id: enrolmentId, mspId: identity.mspId, role, ...(uscc === undefined ? {} : { uscc }) };
}
