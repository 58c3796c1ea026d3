import { createHash, randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { isAccount } from '@pledgeonce/chaincode/rules/accounts.js';
import { isLastAdmin, isTrusted, isWithinReach, needsSecondAdmin } from './admin-rules.js';
import { DeskError } from './desk-refusal.js';
import type { DeskRefusal } from './desk-refusal.js';
import { foldId } from './enrolment-id.js';
import { ForeignIdentityError } from './errands.js';
import type { Errands } from './errands.js';
import { codeOf, newInvitation } from './invitation-code.js';
import type { MayAct } from './may-act.js';
import type { LogKind, PeopleLog } from './people-log.js';
import type { PeopleRegister } from './people-register.js';
import type { Invitation, PersonRecord, Proposal, Way } from './person-record.js';
import { standingProposal } from './proposals.js';
import type { Session, SessionStore } from './session-store.js';
import { isTechnical } from './technical.js';
import type { IdentityStore } from './wallet.js';

type Role = PersonRecord['role'];

/** Requests that are remembered of each person. */
const mostRequests = 10;
/** How long an admin waits for the certificate authority to follow. */
const patienceMs = 5_000;

export interface DeskParts {
  readonly register: PeopleRegister;
  readonly sessions: SessionStore;
  readonly store: Pick<IdentityStore, 'remove'>;
  readonly errands: Errands;
  readonly people: PeopleLog;
  readonly mayAct: MayAct;
  /** Whether the consortium wants two admins for everybody of the organisation. */
  readonly wantsTwo: () => Promise<boolean>;
  readonly masterKey: Uint8Array;
  readonly registrarId: string;
  /** Only people of the portal act for an enterprise. */
  readonly isPortal: boolean;
  /** Whether the organisation has a provider by which people may come in. */
  readonly hasProvider: boolean;
  readonly invitationDays: number;
  readonly log: Logger;
  readonly clock?: () => number;
}

/** An admin's request, which is carried out once under its key. */
export interface AdminRequest {
  readonly session: Session;
  readonly key: string;
  readonly body: unknown;
}

/** Whom an admin invites. */
export interface Newcomer {
  readonly id: string;
  readonly role: Role;
  readonly uscc?: string | undefined;
  /** How they will come in: by a secret of their own unless stated. */
  readonly way?: Way | undefined;
}

/** A person after a change, and the code of an invitation that may be handed out now. */
export interface Changed {
  readonly person: PersonRecord;
  readonly code: string | undefined;
}

/** What admins do with the people of their organisation. Nothing here needs the certificate authority to hold at once. */
export class PeopleDesk {
  readonly #parts: DeskParts;
  readonly #clock: () => number;

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.#clock = parts.clock ?? Date.now;
  }

  /** People whom this person may see. */
  list({ uscc }: { readonly uscc?: string | undefined }): PersonRecord[] {
    return this.#parts.register.all().filter((person) => isWithinReach({ uscc }, person));
  }

  /** Invites somebody new. @throws DeskError */
  async admit(request: AdminRequest, { id, role, uscc, way = 'secret' }: Newcomer): Promise<Changed> {
    const { register, registrarId, wantsTwo } = this.#parts;
    const forEverybody = await wantsTwo();
    const record = await this.#turn(request, 'admit', id, async (known) => {
      if (known !== undefined || isTechnical(id, registrarId)) throw new DeskError('exists');
      const enterprise = this.#enterpriseOf(request.session.person, uscc);
      const fresh: PersonRecord = {
        id,
        role,
        ...(enterprise === undefined ? {} : { uscc: enterprise }),
        state: 'invited',
        since: this.#now(),
        by: request.session.person.id,
        secretAt: 'gateway',
        version: 1,
        admission: randomBytes(16).toString('base64url'),
        ...this.#invited({ role, kind: 'admission', way }, request, forEverybody),
        errands: ['register'],
        wrongAtAuthority: 0,
        requests: [],
      };
      return this.#write(request, fresh, 'admit', 'admitted', role, isTrusted(role));
    });
    if (record.invitation !== undefined) {
      try {
        await this.#tellAuthority(id);
      } catch (error) {
        if (!(error instanceof ForeignIdentityError)) throw error;
        await register.turn(() => register.forget(id));
        throw new DeskError('exists');
      }
    }
    return this.#changed(id);
  }

  /** A new code for whoever lost the secret, was locked, or let the first one run out. @throws DeskError */
  async invite(request: AdminRequest, id: string, way: Way = 'secret'): Promise<Changed> {
    const forEverybody = await this.#parts.wantsTwo();
    await this.#turn(request, 'invite', id, async (known) => {
      const person = this.#reached(request, known);
      if (person.state === 'removed' || person.state === 'suspended') throw new DeskError('state');
      const { invitation: _former, proposal: _proposal, returned: _returned, ...rest } = person;
      const kind = person.state === 'invited' ? 'admission' : 'invitation';
      const next = { ...rest, ...this.#invited({ role: person.role, kind, way }, request, forEverybody) };
      return this.#write(request, next, 'invite', 'invited-again', undefined, true);
    });
    return this.#changed(id);
  }

  /** The second admin's consent. @throws DeskError */
  async confirm(request: AdminRequest, id: string): Promise<Changed> {
    const { register, sessions } = this.#parts;
    await this.#turn(request, 'confirm', id, async (known) => {
      const person = this.#reached(request, known);
      const { proposal: _kept, ...rest } = person;
      const proposal = standingProposal(person, this.#clock());
      if (proposal === undefined) throw new DeskError('nothing-to-confirm');
      const admin = request.session.person.id;
      if ([proposal.by, person.id].some((one) => foldId(one) === foldId(admin))) {
        throw new DeskError('second-admin');
      }
      const confirmed =
        proposal.kind === 'role'
          ? this.#withRole(rest, proposal.role ?? person.role)
          : {
              ...rest,
              invitation: this.#invitation(admin, proposal.door === 'provider' ? 'provider' : 'secret'),
            };
      const detail = `${proposal.kind}, asked for by ${proposal.by}`;
      const written = await this.#write(request, confirmed, 'confirm', 'confirmed', detail, true);
      if (proposal.kind === 'role') sessions.endAllOf(person.id);
      return written;
    });
    try {
      await this.#tellAuthority(id);
    } catch (error) {
      if (!(error instanceof ForeignIdentityError)) throw error;
      await register.turn(() => register.forget(id));
      throw new DeskError('exists');
    }
    return this.#changed(id);
  }

  /**
   * Returns what waits for a second admin, with a reason; whoever proposed it takes it back in the same way. Nobody decides
   * about themselves.
   *
   * @throws DeskError
   */
  async giveBack(request: AdminRequest, id: string, reason: string): Promise<Changed> {
    await this.#turn(request, 'return', id, async (known) => {
      const person = this.#reached(request, known);
      const { proposal: _kept, ...rest } = person;
      const proposal = standingProposal(person, this.#clock());
      if (proposal === undefined) throw new DeskError('nothing-to-confirm');
      const admin = request.session.person.id;
      if (foldId(person.id) === foldId(admin)) throw new DeskError('second-admin');
      const returned = { ...proposal, returnedBy: admin, reason, at: this.#now() };
      const detail = `${proposal.kind}, asked for by ${proposal.by}: ${reason}`;
      return this.#write(request, { ...rest, returned }, 'return', 'returned', detail, true);
    });
    return this.#changed(id);
  }

  /** Another role; one that may approve waits for a second admin, as any does where the consortium says so. @throws DeskError */
  async changeRole(request: AdminRequest, id: string, role: Role): Promise<Changed> {
    const { register, sessions, wantsTwo } = this.#parts;
    const forEverybody = await wantsTwo();
    await this.#turn(request, 'role', id, async (known) => {
      const person = this.#changeable(request, known);
      if (person.role === role) return person;
      if (person.state === 'removed') throw new DeskError('state');
      if (isLastAdmin(person, register.all())) throw new DeskError('last-admin');
      const by = request.session.person.id;
      if (needsSecondAdmin(role, forEverybody)) {
        const proposal: Proposal = { kind: 'role', role, by, at: this.#now() };
        const { returned: _former, ...kept } = person;
        return this.#write(
          request,
          { ...kept, proposal },
          'role',
          'role-changed',
          `asked for: ${role}`,
          true,
        );
      }
      const { proposal: _proposal, returned: _returned, ...rest } = person;
      const written = await this.#write(
        request,
        this.#withRole(rest, role),
        'role',
        'role-changed',
        `${person.role} to ${role}`,
      );
      sessions.endAllOf(person.id);
      return written;
    });
    await this.#tellAuthority(id);
    return this.#changed(id);
  }

  /** Nobody suspended acts; nothing is withdrawn at the certificate authority. @throws DeskError */
  async setState(request: AdminRequest, id: string, state: 'active' | 'suspended'): Promise<Changed> {
    const { register, sessions } = this.#parts;
    await this.#turn(request, state, id, async (known) => {
      const person = this.#changeable(request, known);
      const from = state === 'suspended' ? ['active', 'locked'] : ['suspended'];
      if (person.state === state) return person;
      if (!from.includes(person.state)) throw new DeskError('state');
      if (state === 'suspended' && isLastAdmin(person, register.all())) throw new DeskError('last-admin');
      const next = { ...person, state, since: this.#now(), by: request.session.person.id };
      const kind = state === 'suspended' ? 'suspended' : 'resumed';
      const written = await this.#write(request, next, state, kind);
      if (state === 'suspended') sessions.endAllOf(person.id);
      return written;
    });
    return this.#changed(id);
  }

  /** Ends every session of a person, who may sign in again: for a device that was lost. @throws DeskError */
  async signOut(request: AdminRequest, id: string): Promise<void> {
    await this.#turn(request, 'sign-out', id, async (known) => {
      const person = this.#reached(request, known);
      const ended = this.#parts.sessions.endAllOf(person.id);
      return this.#write(request, person, 'sign-out', 'signed-out', `everywhere: ${ended} sessions`);
    });
  }

  /**
   * Cuts somebody off for good: sessions, streams and wallet at once, the certificates as soon as the authority answers.
   *
   * @returns whether the authority has followed already.
   * @throws DeskError
   */
  async remove(request: AdminRequest, id: string): Promise<{ readonly isRevoked: boolean }> {
    const { register, sessions, store } = this.#parts;
    await this.#turn(request, 'remove', id, async (known) => {
      const person = this.#reached(request, known);
      if (person.state === 'removed') return person;
      if (isLastAdmin(person, register.all())) throw new DeskError('last-admin');
      const { invitation: _invitation, proposal: _proposal, ...rest } = person;
      const written = await this.#write(
        request,
        {
          ...rest,
          state: 'removed',
          since: this.#now(),
          by: request.session.person.id,
          errands: ['revoke'],
        },
        'remove',
        'removed',
        undefined,
        isTrusted(person.role),
      );
      sessions.endAllOf(person.id);
      await store.remove(person.id);
      return written;
    });
    await this.#tellAuthority(id);
    return { isRevoked: register.find(id)?.errands.length === 0 };
  }

  /** One change at a time; whoever was cut off while waiting changes nothing; a repetition gets the first outcome. */
  async #turn(
    { session, key, body }: AdminRequest,
    what: string,
    id: string,
    change: (known: PersonRecord | undefined) => Promise<PersonRecord>,
  ): Promise<PersonRecord> {
    const { register, mayAct } = this.#parts;
    return register.turn(async () => {
      if (mayAct(session) !== undefined) throw new DeskError('cut-off');
      const known = register.find(id);
      const made = requestOf({ session, key, body }, what);
      const before = known?.requests.find((one) => one.key === made.key);
      if (known !== undefined && before !== undefined) {
        if (before.digest !== made.digest) throw new DeskError('key-reused');
        return known;
      }
      const isUsed = register.all().some(({ requests }) => requests.some((one) => one.key === made.key));
      if (isUsed) throw new DeskError('key-reused');
      try {
        return await change(known);
      } catch (error) {
        if (error instanceof DeskError) await this.#recordRefusal(session.person, id, known, error);
        throw error;
      }
    });
  }

  /** What an admin may not do and tried: slips are answered and forgotten. */
  async #recordRefusal(
    admin: Session['person'],
    id: string,
    known: PersonRecord | undefined,
    { refusal }: DeskError,
  ): Promise<void> {
    const isTechnicalId = isTechnical(id, this.#parts.registrarId);
    const isOfAnother = refusal === 'not-found' && known !== undefined;
    const detail = isOfAnother
      ? 'a person of another enterprise'
      : isTechnicalId
        ? 'an identity that programs use'
        : overstepped[refusal];
    if (detail === undefined) return;
    const uscc = known?.uscc ?? admin.uscc;
    await this.#parts.people.write({
      kind: 'refused-to-admin',
      person: known?.id ?? id,
      by: admin.id,
      detail,
      ...(uscc === undefined ? {} : { uscc }),
      alert: true,
    });
  }

  async #write(
    request: AdminRequest,
    record: PersonRecord,
    what: string,
    kind: LogKind,
    detail?: string,
    alert = false,
  ): Promise<PersonRecord> {
    const { register, people } = this.#parts;
    const requests = [...record.requests, requestOf(request, what)].slice(-mostRequests);
    const written = { ...record, requests, version: record.version + 1 };
    await register.put(written);
    await people.write({
      kind,
      person: record.id,
      by: request.session.person.id,
      ...(detail === undefined ? {} : { detail }),
      ...(record.uscc === undefined ? {} : { uscc: record.uscc }),
      alert,
    });
    return written;
  }

  #invited(
    {
      role,
      kind,
      way,
    }: { readonly role: Role; readonly kind: 'admission' | 'invitation'; readonly way: Way },
    { session }: AdminRequest,
    forEverybody: boolean,
  ): Pick<PersonRecord, 'proposal'> | Pick<PersonRecord, 'invitation'> {
    if (way === 'provider' && !this.#parts.hasProvider) throw new DeskError('no-provider');
    const by = session.person.id;
    const door = way === 'provider' ? { door: way } : {};
    if (needsSecondAdmin(role, forEverybody)) return { proposal: { kind, ...door, by, at: this.#now() } };
    return { invitation: this.#invitation(by, way) };
  }

  #invitation(by: string, way: Way): Invitation {
    const invitation = newInvitation(by, this.#parts.invitationDays, this.#clock());
    return way === 'provider' ? { ...invitation, door: way } : invitation;
  }

  #withRole(person: PersonRecord, role: Role): PersonRecord {
    const errands = person.errands.filter((one) => one !== 'attributes');
    const isRegistered = !errands.includes('register');
    return { ...person, role, errands: isRegistered ? [...errands, 'attributes'] : errands };
  }

  /** A person out of reach is one who is not there. */
  #reached({ session }: AdminRequest, known: PersonRecord | undefined): PersonRecord {
    if (known === undefined || !isWithinReach(session.person, known)) throw new DeskError('not-found');
    return known;
  }

  #changeable(request: AdminRequest, known: PersonRecord | undefined): PersonRecord {
    const person = this.#reached(request, known);
    if (foldId(person.id) === foldId(request.session.person.id)) throw new DeskError('own-person');
    return person;
  }

  #enterpriseOf(admin: { readonly uscc?: string }, wanted: string | undefined): string | undefined {
    if (!this.#parts.isPortal) {
      if (wanted !== undefined) throw new DeskError('number-not-here');
      return undefined;
    }
    const number = wanted ?? admin.uscc;
    if (number !== undefined && !isAccount(number)) throw new DeskError('number-wrong');
    if (admin.uscc !== undefined && number !== admin.uscc) throw new DeskError('number-of-another');
    return number;
  }

  /** Waits a little: an authority that is away follows in a later round. @throws ForeignIdentityError */
  async #tellAuthority(id: string): Promise<void> {
    const { errands, log } = this.#parts;
    const told = errands.run(id).catch((error: unknown) => {
      if (error instanceof ForeignIdentityError) throw error;
      log.warn({ err: error, person: id }, 'certificate authority not told yet');
    });
    // An answer that comes after nobody waits for it is in the register all the same.
    told.catch(() => undefined);
    let timer: NodeJS.Timeout | undefined;
    const impatience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patienceMs);
    });
    await Promise.race([told, impatience]).finally(() => {
      clearTimeout(timer);
    });
  }

  #changed(id: string): Changed {
    const person = this.#parts.register.find(id);
    if (person === undefined) throw new DeskError('not-found');
    const { invitation } = person;
    const isByCode = invitation !== undefined && invitation.door === undefined;
    return { person, code: isByCode ? codeOf(person.id, invitation, this.#parts.masterKey) : undefined };
  }

  #now(): string {
    return new Date(this.#clock()).toISOString();
  }
}

/** Refusals that say that an admin tried more than is theirs. */
const overstepped: Readonly<Partial<Record<DeskRefusal, string>>> = {
  'second-admin': 'confirming what they asked for themselves, or about themselves',
  'own-person': 'their own role or state',
  'last-admin': 'the last admin',
  'number-of-another': 'admitting somebody for another enterprise',
};

function requestOf({ session, key, body }: AdminRequest, what: string): { key: string; digest: string } {
  const hash = (parts: unknown) => createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
  return { key: hash([session.person.id, key]), digest: hash([what, body]) };
}
