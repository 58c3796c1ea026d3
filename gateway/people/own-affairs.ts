import type { Errands } from './errands.js';
import { isCode } from './invitation-code.js';
import { heldCertificate } from './may-act.js';
import type { MayAct } from './may-act.js';
import { faultOf } from './own-secret.js';
import type { SecretFault } from './own-secret.js';
import type { PeopleLog } from './people-log.js';
import type { PeopleRegister } from './people-register.js';
import type { PersonRecord } from './person-record.js';
import { issue } from './prove.js';
import type { ProveParts } from './prove.js';
import { UnsealError } from './seal.js';
import type { Session, SessionStore } from './session-store.js';
import type { SignIn } from './sign-in.js';
import { refusalOf } from './standing.js';
import type { IdentityStore } from './wallet.js';

/** The secret that a person chose cannot be taken. */
export class SecretFaultError extends Error {
  override readonly name = 'SecretFaultError';

  constructor(readonly fault: SecretFault) {
    super(fault);
  }
}

export interface OwnAffairsParts extends Pick<ProveParts, 'authority' | 'services'> {
  readonly register: PeopleRegister;
  readonly store: IdentityStore;
  readonly errands: Errands;
  readonly signIn: Pick<SignIn, 'attempt'>;
  readonly sessions: SessionStore;
  readonly mayAct: MayAct;
  readonly people: PeopleLog;
  /** Of its names no secret consists. */
  readonly organisation: { readonly name: string; readonly title: string };
  readonly masterKey: Uint8Array;
  readonly clock?: () => number;
}

/** What people do with what only they know. */
export class OwnAffairs {
  readonly #parts: OwnAffairsParts;
  readonly #clock: () => number;

  constructor(parts: OwnAffairsParts) {
    this.#parts = parts;
    this.#clock = parts.clock ?? Date.now;
  }

  /**
   * Turns the code of an invitation into the person's own secret, under which a new key and certificate are kept. The
   * admin who handed out the code learns neither.
   *
   * @returns false when the code is wrong, used, or too old.
   * @throws SecretFaultError, SignInError, ForeignIdentityError, CertificateAuthorityError
   */
  async accept(enrolmentId: string, code: string, secret: string, address: string): Promise<boolean> {
    const fault = await faultOf(secret, enrolmentId, this.#names());
    if (fault !== undefined) throw new SecretFaultError(fault);
    const take = async (name: string) => {
      const person = this.#parts.register.find(name);
      if (person === undefined || !this.#isInvited(person, code)) return undefined;
      return this.#take(person, secret, address);
    };
    const accepted = await this.#parts.signIn.attempt(enrolmentId, address, take, 'invitation-refused');
    return accepted ?? false;
  }

  /**
   * Changes the own secret. Other sessions of the person end; where the former secret was the certificate authority's, it
   * is replaced there by one that nobody knows.
   *
   * @returns false when the present secret is wrong.
   * @throws SecretFaultError, SignInError
   */
  async changeSecret(session: Session, present: string, wanted: string, address: string): Promise<boolean> {
    const { register, store, sessions, mayAct, people, errands, signIn } = this.#parts;
    const { id } = session.person;
    const fault = present === wanted ? 'too-uniform' : await faultOf(wanted, id, this.#names());
    if (fault !== undefined) throw new SecretFaultError(fault);
    const changed = await signIn.attempt(id, address, async () => {
      const identity = await this.#opened(id, present);
      if (identity === undefined) return undefined;
      return register.turn(async () => {
        const person = register.find(id);
        if (person === undefined || mayAct(session, 'own-secret') !== undefined) return undefined;
        const toTell = person.secretAt === 'authority' ? (['secret'] as const) : [];
        // Written before the wallet: an interruption leaves the former secret in force at the gateway.
        await register.put({
          ...person,
          secretAt: 'gateway',
          version: person.version + 1,
          errands: [...person.errands.filter((one) => one !== 'secret'), ...toTell],
        });
        await store.save(id, wanted, identity);
        sessions.endAllOf(id, session);
        await people.write({ kind: 'secret-changed', person: id, address });
        return true;
      });
    });
    if (changed === true) errands.run(id).catch(() => undefined);
    return changed ?? false;
  }

  #names(): readonly string[] {
    const { name, title } = this.#parts.organisation;
    return [name, title];
  }

  #isInvited({ id, state, invitation }: PersonRecord, code: string): boolean {
    if (refusalOf({ state, certificate: 'in-order' }, 'invitation') !== undefined) return false;
    if (invitation === undefined || invitation.door === 'provider') return false;
    if (Date.parse(invitation.expiresAt) <= this.#clock()) return false;
    return isCode(code, id, invitation, this.#parts.masterKey);
  }

  async #take(person: PersonRecord, secret: string, address: string): Promise<true | undefined> {
    const { register, store, sessions, people, errands } = this.#parts;
    const { id } = person;
    const identity = await issue({ ...this.#parts, runErrands: (one) => errands.run(one) }, id);
    return register.turn(async () => {
      const now = register.find(id);
      // The same invitation, of somebody who has not been cut off meanwhile.
      if (now?.invitation === undefined || now.invitation.nonce !== person.invitation?.nonce)
        return undefined;
      if (refusalOf({ state: now.state, certificate: 'in-order' }, 'invitation') !== undefined)
        return undefined;
      await store.save(id, secret, identity);
      const { invitation: _used, by: _by, account: _account, ...rest } = now;
      await register.put({
        ...rest,
        state: 'active',
        since: new Date(this.#clock()).toISOString(),
        secretAt: 'gateway',
        version: now.version + 1,
        certificateEndsAt: new Date(heldCertificate(identity).endsAt).toISOString(),
        wrongAtAuthority: 0,
      });
      sessions.endAllOf(id);
      const uscc = now.uscc === undefined ? {} : { uscc: now.uscc };
      await people.write({ kind: 'invitation-accepted', person: id, address, ...uscc });
      return true;
    });
  }

  async #opened(id: string, secret: string) {
    const { store } = this.#parts;
    if (!(await store.holds(id))) return undefined;
    try {
      return await store.open(id, secret);
    } catch (error) {
      if (error instanceof UnsealError) return undefined;
      throw error;
    }
  }
}
