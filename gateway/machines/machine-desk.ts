import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { isAccount } from '@pledgeonce/chaincode/rules/accounts.js';
import { isWithinReach } from '../people/admin-rules.js';
import { readCertificate } from '../people/certificate.js';
import { ForeignIdentityError } from '../people/errands.js';
import type { MayAct } from '../people/may-act.js';
import type { LogKind, PeopleLog } from '../people/people-log.js';
import type { PeopleRegister } from '../people/people-register.js';
import type { Session, SessionStore } from '../people/session-store.js';
import type { Identity } from '../people/wallet.js';
import type { MachineCertificates } from './machine-certificates.js';
import { MachineError } from './machine-error.js';
import { kidOf } from './machine-keys.js';
import type { MachineKey, MachineRecord, PublicJwk } from './machine-record.js';
import type { MachineRegister } from './machine-register.js';

/** Machines of one organisation that are not revoked, and keys of one: the present one and the one that follows it. */
const most = { machines: 100, keys: 3 };

export interface MachineDeskParts {
  readonly machines: MachineRegister;
  readonly certificates: MachineCertificates;
  readonly register: Pick<PeopleRegister, 'find'>;
  readonly sessions: Pick<SessionStore, 'endWhere' | 'endAllOf'>;
  readonly people: Pick<PeopleLog, 'write'>;
  readonly mayAct: MayAct;
  /** Whether the consortium wants two admins for whoever may act for the organisation. */
  readonly wantsTwo: () => Promise<boolean>;
  /** Only machines of the portal act for an enterprise. */
  readonly isPortal: boolean;
  readonly log: Pick<Logger, 'warn'>;
  readonly clock?: () => number;
}

/** What an admin states of a new machine. */
export interface NewMachine {
  readonly id: string;
  readonly role: MachineRecord['role'];
  readonly scopes: readonly string[];
  readonly jwk: PublicJwk;
  readonly uscc?: string | undefined;
}

/** What admins do with the machines of their organisation. */
export class MachineDesk {
  readonly #parts: MachineDeskParts;
  readonly #clock: () => number;

  constructor(parts: MachineDeskParts) {
    this.#parts = parts;
    this.#clock = parts.clock ?? Date.now;
  }

  /** Machines that this person may see. */
  list(reader: { readonly uscc?: string | undefined }): MachineRecord[] {
    return this.#parts.machines.all().filter((one) => isWithinReach(reader, one));
  }

  /**
   * One of them.
   *
   * @throws MachineError
   */
  find(reader: { readonly uscc?: string | undefined }, id: string): MachineRecord {
    const machine = this.#parts.machines.find(id);
    if (machine === undefined || !isWithinReach(reader, machine)) throw new MachineError('not-found');
    return machine;
  }

  /** A new machine; without a second admin, where the consortium wants two, it may do nothing. @throws MachineError */
  async create(session: Session, { id, role, scopes, jwk, uscc }: NewMachine): Promise<MachineRecord> {
    const { machines, register, wantsTwo } = this.#parts;
    const key = await this.#keyOf(session, jwk);
    const enterprise = this.#enterpriseOf(session, uscc);
    const isProposal = await wantsTwo();
    const by = session.person.id;
    const machine = await this.#turn(session, async () => {
      if (machines.find(id) !== undefined || register.find(id) !== undefined)
        throw new MachineError('exists');
      const live = machines.all().filter(({ state }) => state !== 'revoked');
      if (live.length >= most.machines) throw new MachineError('too-many');
      const made: MachineRecord = {
        id,
        role,
        ...(enterprise === undefined ? {} : { uscc: enterprise }),
        scopes: [...new Set(scopes)].sort(),
        keys: [key],
        state: isProposal ? 'proposed' : 'active',
        createdBy: by,
        createdAt: this.#now(),
        ...(isProposal && { proposal: { kind: 'creation', by, at: this.#now() } }),
        admission: randomBytes(16).toString('base64url'),
        toRevoke: false,
      };
      return this.#write(session, made, 'machine-created', `${role}: ${made.scopes.join(' ')}`, true);
    });
    return isProposal ? machine : this.#certified(machine);
  }

  /** The second admin's consent. @throws MachineError */
  async confirm(session: Session, id: string): Promise<MachineRecord> {
    const machine = await this.#turn(session, async () => {
      const { proposal, ...known } = this.find(session.person, id);
      if (proposal === undefined || known.state === 'revoked') throw new MachineError('state');
      if (proposal.by === session.person.id) throw new MachineError('second-admin');
      const keys = proposal.key === undefined ? known.keys : [...known.keys, proposal.key];
      const detail = `${proposal.kind}, asked for by ${proposal.by}`;
      return this.#write(session, { ...known, state: 'active', keys }, 'machine-confirmed', detail, true);
    });
    return machine.listedFrom === undefined ? this.#certified(machine) : machine;
  }

  /** Another key beside the present one, so that the machine can change over. @throws MachineError */
  async addKey(session: Session, id: string, jwk: PublicJwk): Promise<MachineRecord> {
    const key = await this.#keyOf(session, jwk);
    const isProposal = await this.#parts.wantsTwo();
    return this.#turn(session, async () => {
      const machine = this.#active(session, id);
      if (machine.keys.some(({ kid }) => kid === key.kid)) throw new MachineError('key');
      if (machine.keys.length >= most.keys) throw new MachineError('too-many');
      const by = session.person.id;
      const next: MachineRecord = isProposal
        ? { ...machine, proposal: { kind: 'key', by, at: this.#now(), key } }
        : { ...machine, keys: [...machine.keys, key] };
      return this.#write(session, next, 'machine-key-added', key.kid, true);
    });
  }

  /** Takes a key away; what goes on under it ends at once. @throws MachineError */
  async removeKey(session: Session, id: string, kid: string): Promise<MachineRecord> {
    return this.#turn(session, async () => {
      const machine = this.#active(session, id);
      const keys = machine.keys.filter((key) => key.kid !== kid);
      if (keys.length === machine.keys.length) throw new MachineError('not-found');
      if (keys.length === 0) throw new MachineError('last-key');
      const written = await this.#write(session, { ...machine, keys }, 'machine-key-removed', kid, true);
      this.#parts.sessions.endWhere(({ person, machine: under }) => person.id === id && under?.kid === kid);
      return written;
    });
  }

  /** Another key and certificate to sign with. @throws MachineError, CertificateAuthorityError */
  async reissue(session: Session, id: string): Promise<MachineRecord> {
    const machine = this.#active(session, id);
    const identity = await this.#parts.certificates.issue(machine);
    this.#parts.sessions.endAllOf(id);
    await this.#log(session, machine, 'machine-certificate', undefined, false);
    return this.noteCertificate(id, identity);
  }

  /** Ends a machine for good: tokens and key at once, certificates as soon as the authority answers. @throws MachineError */
  async revoke(session: Session, id: string): Promise<MachineRecord> {
    const { sessions, certificates } = this.#parts;
    await this.#turn(session, async () => {
      const { proposal: _proposal, ...machine } = this.find(session.person, id);
      if (machine.state === 'revoked') return machine;
      const next: MachineRecord = { ...machine, state: 'revoked', toRevoke: true };
      const written = await this.#write(session, next, 'machine-revoked', undefined, true);
      sessions.endAllOf(id);
      await certificates.forget(id);
      return written;
    });
    await this.#tell(id).catch((error: unknown) => {
      this.#parts.log.warn({ err: error, machine: id }, 'certificate authority not told yet');
    });
    return this.find(session.person, id);
  }

  /** Tells the certificate authority of every machine that was revoked while it was away; one that fails keeps no other. */
  async tellAuthority(): Promise<void> {
    for (const { id, toRevoke } of this.#parts.machines.all()) {
      if (!toRevoke) continue;
      await this.#tell(id).catch((error: unknown) => {
        this.#parts.log.warn({ err: error, machine: id }, 'certificate authority not told yet');
      });
    }
  }

  /** Remembers what a new certificate says, for whoever lists the machines. */
  noteCertificate(id: string, { certificate }: Identity): Promise<MachineRecord> {
    const certificateEndsAt = readCertificate(certificate).notAfter.toISOString();
    return this.#changed(id, { certificateEndsAt, listedFrom: this.#clock() });
  }

  /** Remembers when a token was given last. */
  async noteToken(id: string): Promise<void> {
    await this.#changed(id, { lastTokenAt: this.#now() });
  }

  /** An authority that is away certifies it when it first asks for a token. */
  async #certified(machine: MachineRecord): Promise<MachineRecord> {
    const { certificates, machines, log } = this.#parts;
    try {
      return await this.noteCertificate(machine.id, await certificates.issue(machine));
    } catch (error) {
      if (error instanceof ForeignIdentityError) {
        await machines.turn(() => machines.forget(machine.id));
        throw new MachineError('exists', { cause: error });
      }
      log.warn({ err: error, machine: machine.id }, 'machine not certified yet');
      return machine;
    }
  }

  async #tell(id: string): Promise<void> {
    const { certificates, machines } = this.#parts;
    const machine = machines.find(id);
    if (machine?.toRevoke !== true) return;
    await certificates.revoke(machine);
    await this.#changed(id, { toRevoke: false });
  }

  #changed(id: string, change: Partial<MachineRecord>): Promise<MachineRecord> {
    const { machines } = this.#parts;
    return machines.turn(async () => {
      const machine = machines.find(id);
      if (machine === undefined) throw new MachineError('not-found');
      const next = { ...machine, ...change };
      await machines.put(next);
      return next;
    });
  }

  /** Whoever was cut off while waiting changes nothing. */
  #turn<T>(session: Session, change: () => Promise<T>): Promise<T> {
    return this.#parts.machines.turn(() => {
      if (this.#parts.mayAct(session) !== undefined) throw new MachineError('cut-off');
      return change();
    });
  }

  #active(session: Session, id: string): MachineRecord {
    const machine = this.find(session.person, id);
    if (machine.state !== 'active') throw new MachineError('state');
    return machine;
  }

  async #keyOf({ person }: Session, jwk: PublicJwk): Promise<MachineKey> {
    return { kid: await kidOf(jwk), jwk, addedBy: person.id, addedAt: this.#now() };
  }

  #enterpriseOf({ person }: Session, wanted: string | undefined): string | undefined {
    if (!this.#parts.isPortal) {
      if (wanted !== undefined) throw new MachineError('number-not-here');
      return undefined;
    }
    const number = wanted ?? person.uscc;
    if (number !== undefined && !isAccount(number)) throw new MachineError('number-wrong');
    if (person.uscc !== undefined && number !== person.uscc) throw new MachineError('number-of-another');
    return number;
  }

  async #write(
    session: Session,
    machine: MachineRecord,
    kind: LogKind,
    detail: string | undefined,
    alert: boolean,
  ): Promise<MachineRecord> {
    await this.#parts.machines.put(machine);
    await this.#log(session, machine, kind, detail, alert);
    return machine;
  }

  async #log(
    { person }: Session,
    { id, uscc }: MachineRecord,
    kind: LogKind,
    detail: string | undefined,
    alert: boolean,
  ): Promise<void> {
    await this.#parts.people.write({
      kind,
      person: id,
      by: person.id,
      ...(detail === undefined ? {} : { detail }),
      ...(uscc === undefined ? {} : { uscc }),
      alert,
    });
  }

  #now(): string {
    return new Date(this.#clock()).toISOString();
  }
}
