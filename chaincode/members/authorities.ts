import { LedgerError } from '../errors.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import {
  isIssuedBy,
  issuerKeyIdentifierOf,
  keyIdentifierOf,
  readAuthorityCertificate,
} from '../rules/authority-certificate.js';
import type { Member } from './api.js';
import { authorityAt, memberAt } from './records.js';

type Work = Pick<UnitOfWork, 'read' | 'write'>;

/**
 * Puts a member on the register; one without a node is found by the key identifier of its authority from then on.
 *
 * @param identifier that one, where the certificate has just been read.
 */
export function register(work: Work, member: Member, identifier = identifierIn(member)): void {
  work.write(memberAt(member.id), member);
  if (identifier !== undefined) work.write(authorityAt(identifier), { member: member.id });
}

function identifierIn({ authority }: Member): string | undefined {
  return authority === undefined ? undefined : keyIdentifierOf(authority);
}

/** The certificate of a member's authority in the one spelling that the register keeps, and the identifier of its key. */
export type ReadAuthority = NonNullable<ReturnType<typeof readAuthorityCertificate>>;

/** @throws LedgerError MEMBER_INVALID for what is no root certificate of an authority. */
export function authorityIn(pem: string): ReadAuthority {
  const read = readAuthorityCertificate(pem);
  if (read === undefined)
    throw invalid(
      'This is not the root certificate of a certificate authority with an ECDSA P-256 or Ed25519 key and a key identifier.',
    );
  return read;
}

/**
 * Makes sure that an authority may be a member's own.
 *
 * @throws LedgerError MEMBER_INVALID where it bears the key identifier of another member's: of two that bear the same, only
 *   one could be found.
 */
export async function assertOwnAuthority(
  work: Pick<Work, 'read'>,
  id: string,
  { identifier }: ReadAuthority,
): Promise<void> {
  const known = await work.read(authorityAt(identifier));
  if (known !== undefined && known.member !== id)
    throw invalid('Another member has an authority with this key identifier.');
}

/**
 * Which member somebody belongs to who signs under the members' MSP: the one whose authority, as the register has it, has
 * signed their certificate. What the certificate says of its issuer only leads there; anybody can write another's name and
 * key identifier.
 */
export async function memberBehind(work: Work, pem: string): Promise<Member | undefined> {
  const identifier = issuerKeyIdentifierOf(pem);
  const found = identifier === undefined ? undefined : await work.read(authorityAt(identifier));
  const member = found === undefined ? undefined : await work.read(memberAt(found.member));
  return member?.authority !== undefined && isIssuedBy(pem, member.authority) ? member : undefined;
}

function invalid(detail: string): LedgerError {
  return new LedgerError('MEMBER_INVALID', { detail, field: 'authority' });
}
