import { LedgerError } from '../errors.js';
import { isFor, type OrganisationKind, type Permission, type Role } from '../roles.js';
import type { LedgerPort } from './port.js';
import type { Reads } from './reads.js';
import type { UnitOfWork } from './unit-of-work.js';

/** Who signed the proposal, by their certificate. */
export interface Caller {
  /** Their organisation: its own id also where it has no node and they signed under the members' MSP. */
  readonly mspId: string;
  /**
   * All names under which records are theirs: their own first, then those of the removed members whose successor they are.
   * Whoever compares banks asks this. Left out by whoever acts for a bank that is named: then it is that bank's alone.
   */
  readonly names?: readonly string[];
  readonly kind: OrganisationKind;
  readonly role: Role;
  /** Enrolment id: tells two people of one organisation apart. Of a successor's people it names their organisation too. */
  readonly person: string;
  /** The account of the enterprise for which a user of the portal acts: its USCC, of a debtor abroad `SCHEME:id`. */
  readonly uscc?: string;
}

/** Everything a verb may use of one transaction. */
export interface Call {
  readonly work: UnitOfWork;
  readonly reads: Reads;
  /** For reading functions that look at hashes and histories. */
  readonly port: LedgerPort;
  readonly caller: Caller;
  /** Milliseconds since 1970 of the signed proposal; the same on every endorser. */
  readonly now: number;
}

/** The attributes of a certificate, as the CA of the organisation put them there. */
export interface Certificate {
  /** Of whom it was presented as; that of all members without a node is one. */
  readonly mspId: string;
  readonly pem: string;
  /** The holder's enrolment id. */
  readonly commonName: string;
  attribute(name: string): string | null;
}

const roles: ReadonlySet<string> = new Set<Role>([
  'officer',
  'approver',
  'auditor',
  'viewer',
  'admin',
  'service',
]);

/**
 * Checks that the signer may call the function.
 *
 * @param organisation what the register says that theirs is.
 * @throws LedgerError PERMISSION_DENIED or WRONG_ORGANISATION.
 */
export function authorise(
  permission: Permission,
  certificate: Certificate,
  {
    kind,
    isGovernment,
    names,
  }: {
    readonly kind: OrganisationKind;
    readonly isGovernment: boolean;
    readonly names?: readonly string[];
  },
): Caller {
  const role = certificate.attribute('role');
  if (role === null || !isRole(role) || !permission.roles.includes(role))
    throw new LedgerError('PERMISSION_DENIED');
  if (!isFor(permission, kind, isGovernment)) throw new LedgerError('WRONG_ORGANISATION');
  const uscc = certificate.attribute('uscc');
  return {
    mspId: certificate.mspId,
    ...(names !== undefined && { names }),
    kind,
    role,
    person: certificate.commonName,
    ...(uscc !== null && { uscc }),
  };
}

/** The names under which records are the caller's: their own first, then those of the members that they have succeeded. */
export function namesOf({ mspId, names }: Pick<Caller, 'mspId' | 'names'>): readonly string[] {
  return names ?? [mspId];
}

/** Whether a record that names an owner is the caller's, also by having succeeded a member that was removed. */
export function isOwnName(caller: Pick<Caller, 'mspId' | 'names'>, owner: string): boolean {
  return namesOf(caller).includes(owner);
}

function isRole(role: string): role is Role {
  return roles.has(role);
}
