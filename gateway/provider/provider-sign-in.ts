import type { OrganisationKind } from '@pledgeonce/chaincode/permissions.js';
import type { AuthorityWatch } from '../people/authority-watch.js';
import { heldCertificate } from '../people/may-act.js';
import type { MayAct } from '../people/may-act.js';
import type { PeopleLog } from '../people/people-log.js';
import type { PeopleRegister } from '../people/people-register.js';
import type { PersonRecord } from '../people/person-record.js';
import { issue, personOf } from '../people/prove.js';
import type { ProveParts } from '../people/prove.js';
import type { SessionStore } from '../people/session-store.js';
import { refusalOf } from '../people/standing.js';
import type { Identity, IdentityStore } from '../people/wallet.js';
import { NotIdentifiedError } from './not-identified.js';
import type { Identified } from './identity-provider.js';

/** How old the certificate authority's word may be at a sign-in, and how long one waits for a newer one. */
const wordAgeMs = 1_000;
const patienceMs = 5_000;

export interface ProviderSignInParts extends Pick<ProveParts, 'authority' | 'services' | 'runErrands'> {
  readonly organisation: { readonly mspId: string; readonly kind: OrganisationKind };
  readonly register: PeopleRegister;
  readonly store: Pick<IdentityStore, 'remove'>;
  readonly watch: Pick<AuthorityWatch, 'fresh'>;
  readonly sessions: SessionStore;
  readonly mayAct: MayAct;
  readonly people: PeopleLog;
  readonly clock?: () => number;
}

/**
 * Signs in whom the organisation's provider has identified. Who belongs to the organisation, and in which role, the gateway's
 * register says; the provider says who is at the keyboard. The key to sign with is made for this session, lies in memory
 * alone, and is gone with it.
 */
export class ProviderSignIn {
  readonly #parts: ProviderSignInParts;
  readonly #clock: () => number;
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(parts: ProviderSignInParts) {
    this.#parts = parts;
    this.#clock = parts.clock ?? Date.now;
  }

  /**
   * @returns the session's token.
   * @throws NotIdentifiedError for whoever is not to come in by the provider.
   * @throws CertificateAuthorityError while nobody certifies the session's key.
   */
  async signIn(identified: Identified, address: string): Promise<string> {
    try {
      // Of one person one at a time: each certificate is asked for with a secret that the next one replaces.
      return await this.#turn(identified.id, () => this.#signIn(identified, address));
    } catch (error) {
      if (error instanceof NotIdentifiedError)
        await this.#recordRefusal(identified.id, address, error.message);
      throw error;
    }
  }

  /** Records that nobody came in, whoever it was. */
  async refused(reason: string, address: string): Promise<void> {
    await this.#recordRefusal('?', address, reason);
  }

  /**
   * Ends the sessions of whom the provider has signed out.
   *
   * @returns how many were live.
   */
  async signOut({ issuer, subject }: Omit<Identified, 'id'>, address: string): Promise<number> {
    const { register, sessions, people } = this.#parts;
    const person = register
      .all()
      .find(({ account }) => account?.issuer === issuer && account.subject === subject);
    if (person?.secretAt !== 'provider') return 0;
    // In the turn of sign-ins: one that is under way has its session by then.
    const ended = await this.#turn(person.id, () => Promise.resolve(sessions.endAllOf(person.id)));
    if (ended > 0) {
      const uscc = person.uscc === undefined ? {} : { uscc: person.uscc };
      const detail = `at the provider: ${ended} sessions`;
      await people.write({ kind: 'signed-out', person: person.id, address, detail, ...uscc });
    }
    return ended;
  }

  async #signIn(identified: Identified, address: string): Promise<string> {
    const { register, watch } = this.#parts;
    await watch.fresh(wordAgeMs, patienceMs);
    const person = register.find(identified.id);
    if (person === undefined) throw new NotIdentifiedError('nobody of this id has been invited');
    this.#assertAdmitted(person, identified);
    const identity = await issue(this.#parts, person.id);
    return register.turn(() => this.#enter(person, identity, identified, address));
  }

  /** Invited to come by the provider, or known to come by it and by the same account. */
  #assertAdmitted(person: PersonRecord, { issuer, subject }: Identified): void {
    if (isInvited(person, this.#clock())) return;
    if (person.secretAt !== 'provider') throw new NotIdentifiedError('this person signs in by a secret');
    const refusal = refusalOf({ state: person.state, certificate: 'in-order' }, 'sign-in');
    if (refusal !== undefined) throw new NotIdentifiedError(refusal);
    if (person.account?.issuer !== issuer || person.account.subject !== subject) {
      throw new NotIdentifiedError('the provider has another account under this id');
    }
  }

  /** In the register's turn: nobody has been cut off since, and nobody is until the session stands. */
  async #enter(
    { id, version }: PersonRecord,
    identity: Identity,
    { issuer, subject }: Identified,
    address: string,
  ): Promise<string> {
    const { register, store, sessions, mayAct, people, organisation } = this.#parts;
    const known = register.find(id);
    if (known?.version !== version) throw new NotIdentifiedError('changed meanwhile');
    const person = personOf(identity, organisation);
    if (person === undefined) throw new NotIdentifiedError('an identity without a role');
    const now = new Date(this.#clock()).toISOString();
    const isNew = isInvited(known, this.#clock());
    if (isNew) {
      const { invitation: _used, by: _by, certificateEndsAt: _end, ...rest } = known;
      const account = { issuer, subject };
      const since = { state: 'active', since: now, secretAt: 'provider', account } as const;
      await register.put({ ...rest, ...since, version: version + 1, wrongAtAuthority: 0 });
      // The former secret opens nothing any more.
      await store.remove(id);
      sessions.endAllOf(id);
    }
    const uscc = known.uscc === undefined ? {} : { uscc: known.uscc };
    if (isNew) await people.write({ kind: 'invitation-accepted', person: id, address, ...uscc });
    const endsAt = new Date(heldCertificate(identity).endsAt);
    const { token } = sessions.start(person, identity, endsAt, address);
    const started = sessions.find(token);
    const refusal = started === undefined ? 'signed-out' : mayAct(started);
    if (refusal !== undefined) {
      if (started !== undefined) sessions.end(started.id);
      throw new NotIdentifiedError(refusal);
    }
    const entered = register.find(id) ?? known;
    await register.put({ ...entered, signedInAt: now, listedFrom: entered.listedFrom ?? this.#clock() });
    await people.write({ kind: 'signed-in', person: id, address, ...uscc, detail: 'by the provider' });
    return token;
  }

  async #recordRefusal(person: string, address: string, detail: string): Promise<void> {
    const known = this.#parts.register.find(person);
    const uscc = known?.uscc === undefined ? {} : { uscc: known.uscc };
    const alert = detail.startsWith('the provider has another account');
    await this.#parts.people.write({
      kind: 'sign-in-refused',
      person: (known?.id ?? person).slice(0, 128),
      address,
      detail,
      ...uscc,
      alert,
    });
  }

  #turn<T>(id: string, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(id) ?? Promise.resolve();
    const mine = before.then(work, work);
    const done = mine
      .catch(() => undefined)
      .finally(() => {
        if (this.#turns.get(id) === done) this.#turns.delete(id);
      });
    this.#turns.set(id, done);
    return mine;
  }
}

function isInvited({ state, invitation }: PersonRecord, now: number): boolean {
  return (
    invitation?.door === 'provider' &&
    Date.parse(invitation.expiresAt) > now &&
    refusalOf({ state, certificate: 'in-order' }, 'invitation') === undefined
  );
}
