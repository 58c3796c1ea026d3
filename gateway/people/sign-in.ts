import { setTimeout as sleep } from 'node:timers/promises';
import type { OrganisationKind } from '@pledgeonce/chaincode/permissions.js';
import type { Logger } from 'pino';
import { AttemptRefusedError, Attempts } from './attempts.js';
import { isUnlisted } from './authority-word.js';
import type { AuthorityWatch } from './authority-watch.js';
import { CertificateAuthorityError } from './certificate-authority.js';
import { foldId } from './enrolment-id.js';
import { heldCertificate } from './may-act.js';
import type { MayAct } from './may-act.js';
import type { LogKind, PeopleLog } from './people-log.js';
import type { PeopleRegister } from './people-register.js';
import type { PersonRecord } from './person-record.js';
import type { Prove } from './prove.js';
import { personOf } from './prove.js';
import { RefusalWatch } from './refusal-watch.js';
import type { Person, SessionStore } from './session-store.js';
import { refusalOf } from './standing.js';
import type { IdentityStore } from './wallet.js';

/** Why nobody is signed in. */
export type SignInRefusal = 'wrong-secret' | 'paused' | 'busy' | 'not-a-person';

/** Nobody is signed in; the answer tells no more than the reason, whoever asks. */
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

/** How old the authority's word may be at a sign-in, and how long a sign-in waits for a newer one. */
const wordAgeMs = 1_000;
const patienceMs = 5_000;
/** Failures in a row after which the next attempt has to wait: worth somebody's attention. */
const noteworthyFailures = 5;
/** A refusal is answered at a whole multiple of this, so that its time does not tell how far it came. */
export const refusalStepMs = 1_000;

export interface SignInParts {
  /** What the organisation is. */
  readonly organisation: { readonly mspId: string; readonly kind: OrganisationKind };
  readonly register: PeopleRegister;
  readonly store: Pick<IdentityStore, 'pretend' | 'save' | 'remove'>;
  readonly watch: Pick<AuthorityWatch, 'fresh' | 'said'>;
  readonly prove: Prove;
  readonly sessions: SessionStore;
  readonly mayAct: MayAct;
  readonly people: PeopleLog;
  readonly log: Logger;
  readonly clock?: () => number;
  readonly pause?: (ms: number) => Promise<unknown>;
}

export interface SignedIn {
  readonly token: string;
  readonly expiresAt: Date;
  readonly person: Person;
  readonly certificateEndsAt: Date;
}

/** Turns an enrolment id and its secret into a session. */
export class SignIn {
  readonly #parts: SignInParts;
  readonly #clock: () => number;
  readonly #attempts: Attempts;
  readonly #refusals: RefusalWatch;

  constructor(parts: SignInParts) {
    this.#parts = parts;
    this.#clock = parts.clock ?? Date.now;
    this.#attempts = new Attempts(this.#clock);
    this.#refusals = new RefusalWatch(this.#clock);
  }

  /**
   * @param address Where the request came from.
   * @throws SignInError, and CertificateAuthorityError where it has never said who belongs to the organisation
   */
  async signIn(enrolmentId: string, secret: string, address: string): Promise<SignedIn> {
    const signedIn = await this.attempt(enrolmentId, address, (name) => this.#signIn(name, secret, address));
    if (signedIn === undefined) throw new SignInError('wrong-secret');
    return signedIn;
  }

  /**
   * An attempt to prove something that only one person knows: one at a time, counted before it is made, recorded when it
   * fails, and refused after a time that tells nothing.
   *
   * @param kind What a refusal is called in the log.
   * @throws SignInError
   */
  async attempt<T>(
    enrolmentId: string,
    address: string,
    prove: (name: string) => Promise<T | undefined>,
    kind: 'sign-in-refused' | 'invitation-refused' = 'sign-in-refused',
  ): Promise<T | undefined> {
    const began = this.#clock();
    const name = foldId(enrolmentId);
    try {
      const proven = await this.#attempts.make(name, address, () => prove(name));
      if (proven !== undefined) return proven;
    } catch (error) {
      if (!(error instanceof AttemptRefusedError)) throw error;
      throw new SignInError(error.reason, error.waitMs);
    }
    await this.#recordRefusal(enrolmentId, name, address, kind);
    const spent = this.#clock() - began;
    await (this.#parts.pause ?? sleep)(refusalStepMs - (spent % refusalStepMs));
    return undefined;
  }

  async #recordRefusal(enrolmentId: string, name: string, address: string, kind: LogKind): Promise<void> {
    const known = this.#parts.register.find(name);
    const failures = this.#attempts.failures(name, address);
    const isNoteworthy = failures >= noteworthyFailures;
    const person = known?.id ?? enrolmentId;
    const enterprise = known?.uscc === undefined ? {} : { uscc: known.uscc };
    await this.#parts.people.write({
      kind: isNoteworthy ? 'sign-in-paused' : kind,
      person,
      address,
      detail: `wrong secrets in a row: ${failures}`,
      ...enterprise,
      alert: isNoteworthy,
    });
    const detail = this.#refusals.refused(name, address);
    if (detail === undefined) return;
    await this.#parts.people.write({ kind: 'guessing', person, address, detail, ...enterprise, alert: true });
  }

  async #signIn(name: string, secret: string, address: string): Promise<SignedIn | undefined> {
    const { register, store, watch } = this.#parts;
    await watch.fresh(wordAgeMs, patienceMs);
    // Somebody who was registered a moment ago is asked for once more, before they are turned away.
    if (this.#admitted(name) === undefined) await watch.fresh(0, patienceMs);
    const record = this.#admitted(name);
    // A new gateway whose authority has not said a word yet knows nobody: that is no verdict on the secret.
    if (register.find(name) === undefined && watch.said().word.askedAt === 0) {
      throw new CertificateAuthorityError('The certificate authority has not named anybody yet.');
    }
    if (record === undefined) {
      await store.pretend(secret);
      return undefined;
    }
    const entered = await this.#proveAndEnter(record, secret, address);
    const now = this.#admitted(name);
    // Changed meanwhile by an admin or at the authority, and still one of ours: that is no verdict on the secret either.
    const isOther = now !== undefined && now.version !== record.version;
    return entered === undefined && isOther ? this.#proveAndEnter(now, secret, address) : entered;
  }

  async #proveAndEnter(record: PersonRecord, secret: string, address: string): Promise<SignedIn | undefined> {
    const { register, prove } = this.#parts;
    const proof = await prove(record, secret);
    if (proof === undefined) return undefined;
    return register.turn(() => this.#enter(record, secret, proof, address));
  }

  /** The person, if they may sign in once their secret proves right. */
  #admitted(name: string): PersonRecord | undefined {
    const record = this.#parts.register.find(name);
    if (record === undefined) return undefined;
    const certificate = isUnlisted(this.#parts.watch.said().word, record) ? 'unlisted' : 'in-order';
    return refusalOf({ state: record.state, certificate }, 'sign-in') === undefined ? record : undefined;
  }

  /** In the register's turn: nobody has been cut off since the attempt began, and nobody is until the session stands. */
  async #enter(
    { id, version }: PersonRecord,
    secret: string,
    { identity, isNew }: NonNullable<Awaited<ReturnType<Prove>>>,
    address: string,
  ): Promise<SignedIn | undefined> {
    const { register, store, sessions, mayAct, people, log } = this.#parts;
    const now = register.find(id);
    if (now?.version !== version) return undefined;
    const person = personOf(identity, this.#parts.organisation);
    if (person === undefined) throw new SignInError('not-a-person');
    const certificateEndsAt = new Date(heldCertificate(identity).endsAt);
    if (isNew) await store.save(id, secret, identity);
    const session = sessions.start(person, identity, certificateEndsAt, address);
    const started = sessions.find(session.token);
    const refusal = started === undefined ? 'signed-out' : mayAct(started);
    if (refusal !== undefined) {
      if (started !== undefined) sessions.end(started.id);
      log.warn({ person: id, refusal }, 'not signed in');
      return undefined;
    }
    await register.put({
      ...now,
      certificateEndsAt: certificateEndsAt.toISOString(),
      wrongAtAuthority: 0,
      signedInAt: new Date(this.#clock()).toISOString(),
      listedFrom: now.listedFrom ?? this.#clock(),
    });
    const uscc = now.uscc === undefined ? {} : { uscc: now.uscc };
    const unusual = this.#refusals.cameIn(id);
    const detail = unusual === undefined ? {} : { detail: unusual, alert: true };
    await people.write({ kind: 'signed-in', person: id, address, ...uscc, ...detail });
    return { ...session, person, certificateEndsAt };
  }
}
