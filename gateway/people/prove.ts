import { randomBytes } from 'node:crypto';
import type { OrganisationKind } from '@pledgeonce/chaincode/permissions.js';
import type { Logger } from 'pino';
import { wordOf } from './authority-word.js';
import type { AuthorityWatch } from './authority-watch.js';
import type { CertificateAuthority, SecretVerdict } from './certificate-authority.js';
import { CertificateAuthorityError } from './certificate-authority.js';
import { readCertificate } from './certificate.js';
import { heldCertificate } from './may-act.js';
import type { PeopleLog } from './people-log.js';
import type { PeopleRegister } from './people-register.js';
import type { PersonRecord } from './person-record.js';
import { UnsealError } from './seal.js';
import type { ServiceIdentities } from './service-identity.js';
import type { Person, SessionStore } from './session-store.js';
import type { CertificateWord } from './standing.js';
import type { Identity, IdentityStore } from './wallet.js';

/** A certificate is renewed once less than this is left of its life. */
const renewalShare = 0.2;
/**
 * Wrong secrets that reach the certificate authority, which locks an identity for good at the tenth. Beyond these only a
 * secret that opens the wallet counts.
 */
const mostWrongAtAuthority = 8;

export interface ProveParts {
  /** The MSP of which the organisation's people have certificates. */
  readonly signsAs: string;
  readonly register: PeopleRegister;
  readonly store: Pick<IdentityStore, 'holds' | 'open' | 'pretend' | 'remove'>;
  readonly authority: Pick<CertificateAuthority, 'judge' | 'enrol' | 'renew' | 'setSecret'>;
  readonly services: Pick<ServiceIdentities, 'registrar'>;
  readonly watch: Pick<AuthorityWatch, 'said'>;
  /** Tells the certificate authority what it has yet to be told of a person. */
  readonly runErrands: (id: string) => Promise<void>;
  readonly sessions: Pick<SessionStore, 'endAllOf'>;
  readonly people: PeopleLog;
  readonly log: Logger;
  readonly clock?: () => number;
}

/** An identity that may sign for the person, and whether the wallet has yet to get it. */
interface Proof {
  readonly identity: Identity;
  readonly isNew: boolean;
}

/**
 * Holds a secret against the person's. Always opens, or pretends to open, the wallet, so that it takes as long whether or
 * not the person has signed in before.
 *
 * @returns undefined when the secret is wrong.
 * @throws CertificateAuthorityError when only the authority could tell, and it does not answer.
 */
export type Prove = (record: PersonRecord, secret: string) => Promise<Proof | undefined>;

/** Proves secrets against where each person has theirs: in the wallet here, or at the certificate authority. */
export function proveBy(parts: ProveParts): Prove {
  return async (record, secret) => {
    const opened = await open(parts, record, secret);
    // Whoever comes by the provider has no secret; the answer takes as long as to one that is wrong.
    if (record.secretAt === 'provider') return undefined;
    return record.secretAt === 'gateway'
      ? proveOwnSecret(parts, record, opened)
      : proveAtAuthority(parts, record, secret, opened);
  };
}

/** Reads who signs with this identity, for this organisation; undefined for technical identities. */
export function personOf(
  identity: Identity,
  { mspId, kind }: { readonly mspId: string; readonly kind: OrganisationKind },
): Person | undefined {
  const { enrolmentId, role, uscc } = readCertificate(identity.certificate);
  if (role === undefined) return undefined;
  return { id: enrolmentId, mspId, kind, role, ...(uscc === undefined ? {} : { uscc }) };
}

/** The person's own secret: whoever opens the wallet knows it, and the authority is asked for certificates only. */
async function proveOwnSecret(
  parts: ProveParts,
  record: PersonRecord,
  opened: Identity | undefined,
): Promise<Proof | undefined> {
  if (opened === undefined) return undefined;
  switch (standing(parts, record, opened)) {
    case 'in-order':
      return renewed(parts, record, opened);
    case 'ended':
    case 'other-role':
      return { identity: await issue(parts, record.id), isNew: true };
    default:
      return undefined;
  }
}

/** A secret of the certificate authority's: it is asked each time, for only it knows whether the secret still holds. */
async function proveAtAuthority(
  parts: ProveParts,
  record: PersonRecord,
  secret: string,
  opened: Identity | undefined,
): Promise<Proof | undefined> {
  const usable = opened !== undefined && standing(parts, record, opened) === 'in-order' ? opened : undefined;
  switch (await judged(parts, record, secret, opened !== undefined, usable !== undefined)) {
    case 'right': {
      if (usable !== undefined) return renewed(parts, record, usable);
      await parts.runErrands(record.id);
      const identity = await parts.authority.enrol(record.id, secret);
      if (identity.mspId !== parts.signsAs)
        throw new TypeError('The identity belongs to another organisation.');
      return { identity, isNew: true };
    }
    case 'wrong':
      if (opened !== undefined) await forgetFormerSecret(parts, record);
      return undefined;
    case 'unheard':
      // Strangers can lock an identity at the authority; they cannot open the wallet.
      return usable === undefined ? undefined : { identity: usable, isNew: false };
  }
}

/** What the authority says; `unheard` when it takes no secret, or is away and the wallet can stand in for it. */
async function judged(
  parts: ProveParts,
  { id, version }: PersonRecord,
  secret: string,
  isOpened: boolean,
  isUsable: boolean,
): Promise<Exclude<SecretVerdict, 'locked'> | 'unheard'> {
  const { register, authority } = parts;
  if (!isOpened && !(await countWrong(register, id, version))) return lock(parts, id);
  try {
    const verdict = await authority.judge(id, secret);
    return verdict === 'locked' ? await lock(parts, id) : verdict;
  } catch (error) {
    if (error instanceof CertificateAuthorityError && isUsable) return 'unheard';
    throw error;
  }
}

/** Counts before the authority is asked. @returns false when no more may be asked. */
function countWrong(register: PeopleRegister, id: string, version: number): Promise<boolean> {
  return register.turn(async () => {
    const now = register.find(id);
    if (now?.version !== version || now.wrongAtAuthority >= mostWrongAtAuthority) return false;
    await register.put({ ...now, wrongAtAuthority: now.wrongAtAuthority + 1 });
    return true;
  });
}

/** Whoever has a wallet goes on with it; who has none needs an invitation, and an admin sees why. */
async function lock({ register, store, people, clock }: ProveParts, id: string): Promise<'unheard'> {
  if (await store.holds(id)) return 'unheard';
  await register.turn(async () => {
    const now = register.find(id);
    if (now?.state !== 'active') return;
    const since = new Date((clock ?? Date.now)()).toISOString();
    const { by: _by, ...rest } = now;
    await register.put({ ...rest, state: 'locked', since, version: now.version + 1 });
    const detail = 'too many wrong secrets before the first sign-in; a new invitation helps';
    await people.write({ kind: 'locked', person: id, detail, alert: true });
  });
  return 'unheard';
}

/** The secret that opens the wallet is no longer the right one: neither it nor what was opened with it goes on. */
async function forgetFormerSecret({ register, store, sessions, people }: ProveParts, record: PersonRecord) {
  await register.turn(async () => {
    await store.remove(record.id);
    sessions.endAllOf(record.id);
    const detail = 'changed at the certificate authority; the former one was tried';
    await people.write({ kind: 'secret-changed', person: record.id, detail, alert: true });
  });
}

function standing({ watch, clock }: ProveParts, record: PersonRecord, identity: Identity): CertificateWord {
  const { word, revoked } = watch.said();
  return wordOf(word, revoked, record, heldCertificate(identity), (clock ?? Date.now)());
}

async function open(
  { store }: ProveParts,
  { id }: PersonRecord,
  secret: string,
): Promise<Identity | undefined> {
  // A file in clear proves nothing about who asks: only one that the secret opens does.
  if (!(await store.holds(id))) {
    await store.pretend(secret);
    return undefined;
  }
  try {
    return await store.open(id, secret);
  } catch (error) {
    if (error instanceof UnsealError) return undefined;
    throw error;
  }
}

/** A certificate under a secret that nobody ever learns: the registrar sets it, and it is used this once. */
export async function issue(
  {
    authority,
    services,
    runErrands,
    people,
  }: Pick<ProveParts, 'authority' | 'services' | 'runErrands' | 'people'>,
  id: string,
): Promise<Identity> {
  await runErrands(id);
  const once = randomBytes(24).toString('base64url');
  await authority.setSecret(id, once, await services.registrar());
  const identity = await authority.enrol(id, once);
  await people.write({ kind: 'certificate-issued', person: id });
  return identity;
}

async function renewed(parts: ProveParts, { id }: PersonRecord, identity: Identity): Promise<Proof> {
  const { notBefore, notAfter } = readCertificate(identity.certificate);
  const left =
    (notAfter.getTime() - (parts.clock ?? Date.now)()) / (notAfter.getTime() - notBefore.getTime());
  if (left > renewalShare) return { identity, isNew: false };
  try {
    return { identity: await parts.authority.renew(identity), isNew: true };
  } catch (error) {
    // The present certificate still works; the next sign-in tries again.
    parts.log.warn({ err: error, person: id }, 'certificate not renewed');
    return { identity, isNew: false };
  }
}
