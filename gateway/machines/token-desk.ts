import type { X509Certificate } from 'node:crypto';
import type { OrganisationKind } from '@pledgeonce/chaincode/permissions.js';
import { readCertificate } from '../people/certificate.js';
import type { AuthorityWatch } from '../people/authority-watch.js';
import type { MayAct } from '../people/may-act.js';
import type { PeopleLog } from '../people/people-log.js';
import { personOf } from '../people/prove.js';
import type { SessionStore } from '../people/session-store.js';
import { AssertionError, claimedIdOf, proveAssertion } from './client-assertion.js';
import type { MachineCertificates } from './machine-certificates.js';
import type { MachineDesk } from './machine-desk.js';
import { kidOfCertificate } from './machine-keys.js';
import type { MachineRecord } from './machine-record.js';
import type { MachineRegister } from './machine-register.js';
import type { SeenAssertions } from './seen-assertions.js';

/** A token lives for so long, however busy it is; and so many of one machine live at once. */
const lifeMs = 15 * 60_000;
const mostTokens = 20;
/** How old the certificate authority's word may be, and how long is waited for a newer one. */
const wordAgeMs = 10_000;
const patienceMs = 5_000;

/** Nobody gets a token; the codes are OAuth 2's own. */
export class TokenError extends Error {
  override readonly name = 'TokenError';

  constructor(
    readonly error: 'invalid_client' | 'invalid_scope',
    readonly description: string,
  ) {
    super(description);
  }
}

export interface TokenParts {
  readonly organisation: { readonly mspId: string; readonly kind: OrganisationKind };
  readonly machines: MachineRegister;
  readonly certificates: MachineCertificates;
  readonly desk: Pick<MachineDesk, 'noteCertificate' | 'noteToken'>;
  readonly seen: SeenAssertions;
  readonly watch: Pick<AuthorityWatch, 'fresh'>;
  readonly sessions: SessionStore;
  readonly mayAct: MayAct;
  readonly people: Pick<PeopleLog, 'write'>;
  /** The addresses for which an assertion may be made. */
  readonly audiences: () => readonly string[];
  readonly clock?: () => number;
}

/** What a client has shown. */
export interface Shown {
  readonly clientId?: string | undefined;
  readonly assertion?: string | undefined;
  /** Of the TLS connection itself. */
  readonly certificate?: X509Certificate | undefined;
  /** Scopes, with spaces between; all that the machine has, unless given. */
  readonly scope?: string | undefined;
  readonly address: string;
}

export interface Granted {
  readonly token: string;
  readonly expiresAt: Date;
  readonly scopes: readonly string[];
}

/** Turns the proof that a machine holds its key into a short-lived token (OAuth 2 client credentials). */
export class TokenDesk {
  readonly #parts: TokenParts;
  readonly #clock: () => number;

  constructor(parts: TokenParts) {
    this.#parts = parts;
    this.#clock = parts.clock ?? Date.now;
  }

  /** @throws TokenError, CertificateAuthorityError where a certificate has yet to be made. */
  async grant(shown: Shown): Promise<Granted> {
    const id = shown.assertion === undefined ? shown.clientId : claimedIdOf(shown.assertion);
    const machine = id === undefined ? undefined : this.#parts.machines.find(id);
    if (machine === undefined || (shown.clientId ?? id) !== id) throw refused();
    const proof = await this.#proven(machine, shown).catch(async (error: unknown) => {
      if (!(error instanceof AssertionError)) throw error;
      await this.#log('machine-refused', machine, shown.address, error.message);
      throw refused();
    });
    return this.#enter(machine, proof, scopesOf(machine, shown.scope), shown.address);
  }

  async #proven(machine: MachineRecord, shown: Shown): Promise<{ kid: string; boundTo?: string }> {
    const { seen, audiences } = this.#parts;
    if (machine.state !== 'active') throw new AssertionError(machine.state);
    if (shown.assertion !== undefined) {
      return proveAssertion(shown.assertion, machine, audiences(), seen, this.#clock());
    }
    const { certificate } = shown;
    if (certificate === undefined) throw new AssertionError('nothing shown');
    const kid = await kidOfCertificate(certificate);
    if (!machine.keys.some((key) => key.kid === kid)) throw new AssertionError('certificate of another key');
    return { kid, boundTo: certificate.fingerprint256 };
  }

  async #enter(
    machine: MachineRecord,
    { kid, boundTo }: { readonly kid: string; readonly boundTo?: string },
    scopes: readonly string[],
    address: string,
  ): Promise<Granted> {
    const { organisation, certificates, desk, watch, sessions, mayAct } = this.#parts;
    await watch.fresh(wordAgeMs, patienceMs);
    const { identity, isNew } = await certificates.open(machine);
    if (isNew) await desk.noteCertificate(machine.id, identity);
    const person = personOf(identity, organisation);
    if (person?.id !== machine.id) throw refused();
    const endsAt = new Date(
      Math.min(readCertificate(identity.certificate).notAfter.getTime(), this.#clock() + lifeMs),
    );
    for (const old of sessions.allOf(machine.id).slice(0, 1 - mostTokens)) sessions.end(old.id);
    const under = { kid, scopes: new Set(scopes), ...(boundTo === undefined ? {} : { boundTo }) };
    const { token, expiresAt } = sessions.start(person, identity, endsAt, address, under);
    const session = sessions.find(token);
    const refusal = session === undefined ? 'ended' : mayAct(session);
    if (refusal !== undefined) {
      if (session !== undefined) sessions.end(session.id);
      await this.#log('machine-refused', machine, address, refusal);
      throw refused();
    }
    await desk.noteToken(machine.id);
    await this.#log('machine-token', machine, address, scopes.join(' '));
    return { token, expiresAt, scopes };
  }

  async #log(
    kind: 'machine-token' | 'machine-refused',
    { id, uscc }: MachineRecord,
    address: string,
    detail: string,
  ): Promise<void> {
    await this.#parts.people.write({
      kind,
      person: id,
      address,
      detail,
      ...(uscc === undefined ? {} : { uscc }),
    });
  }
}

/** One answer, whatever is wrong: it tells nobody which machines there are. */
function refused(): TokenError {
  return new TokenError(
    'invalid_client',
    'The client is not known here, or has not proved that it holds its key.',
  );
}

function scopesOf({ scopes }: MachineRecord, asked: string | undefined): readonly string[] {
  const wanted = (asked ?? '').split(' ').filter((one) => one !== '');
  if (wanted.length === 0) return scopes;
  const missing = wanted.find((one) => !scopes.includes(one));
  if (missing !== undefined) throw new TokenError('invalid_scope', 'The client does not have this scope.');
  return [...new Set(wanted)];
}
