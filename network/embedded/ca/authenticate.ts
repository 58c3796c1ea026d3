import { X509Certificate, verify } from 'node:crypto';
import { isLowS } from '../msp/low-s.js';
import { authorityKeyIdentifier } from './certificate.js';
import type { Authority } from './authority.js';
import { CODES, CaError, authenticationFailure } from './errors.js';
import { type Identity, type IssuedCertificate, canonicalHex } from './records.js';
import { type CaRequest, requireThisAuthority } from './request.js';
import { matchesSecret } from './secret.js';
import { putIdentity } from './store.js';

/** Wrong secrets in a row after which an identity is locked, until a registrar sets a new one. */
const SECRET_ATTEMPTS = 10;

/** Who calls with a certificate, and with which. */
export interface Caller {
  readonly identity: Identity;
  readonly certificate: IssuedCertificate;
}

/**
 * The enrolment id and secret of the Authorization header.
 *
 * @throws CaError 401 when the header holds none.
 */
export function credentialsOf(request: CaRequest): { readonly id: string; readonly secret: string } {
  const header = requireAuthorization(request);
  const [, encoded = ''] = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(header) ?? [];
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) throw authenticationFailure('No enrolment id and secret in the authorization header');
  return { id: text.slice(0, colon), secret: text.slice(colon + 1) };
}

/**
 * Checks an enrolment secret, counts wrong ones and locks the identity after too many. To be called in the
 * identity's turn, so that guesses made at the same time are counted one by one.
 *
 * @throws CaError 401
 */
export async function authenticateBySecret(authority: Authority, request: CaRequest): Promise<Identity> {
  const { id, secret } = credentialsOf(request);
  requireThisAuthority(authority, request);
  const identity = await authority.store.identity(id);
  if (identity && identity.wrongSecrets >= SECRET_ATTEMPTS) {
    throw new CaError(
      401,
      CODES.tooManyPasswords,
      `Incorrect password entered ${identity.wrongSecrets} times, max incorrect password limit of ${SECRET_ATTEMPTS} reached`,
    );
  }
  const right = await matchesSecret(identity?.secret, secret);
  if (!identity) throw authenticationFailure('No such identity');
  await countWrongSecrets(authority, id, right ? () => 0 : (wrong) => wrong + 1);
  if (!right) throw authenticationFailure('Wrong secret');
  requireMayEnrol(identity);
  return identity;
}

/** @throws CaError 401 when the identity is revoked or its secret is used up. */
export function requireMayEnrol({ revoked, maxEnrollments, enrollments }: Identity): void {
  if (revoked) throw authenticationFailure('The identity is revoked');
  if (maxEnrollments !== -1 && enrollments >= maxEnrollments) {
    throw authenticationFailure('The identity has used up its enrolments');
  }
}

/**
 * Checks the token that fabric-ca-client makes: a certificate of this authority and a signature by its key over
 * method, path with query, body and certificate.
 *
 * @throws CaError 401
 */
export async function authenticateByToken(authority: Authority, request: CaRequest): Promise<Caller> {
  const header = requireAuthorization(request);
  requireThisAuthority(authority, request);
  const [encoded = '', signature, ...rest] = header.split('.');
  if (signature === undefined || rest.length > 0) throw authenticationFailure('The token has not two parts');
  const shown = readCertificate(encoded);
  const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64');
  const signed = Buffer.from([request.method, base64(request.uri), base64(request.body), encoded].join('.'));
  if (!signatureHolds(shown, signed, Buffer.from(signature, 'base64'))) {
    throw authenticationFailure('The signature of the token does not hold');
  }
  requireIssuedAndCurrent(authority, shown);

  const aki = authorityKeyIdentifier(authority);
  const certificate = await authority.store.certificate(canonicalHex(shown.serialNumber), aki);
  if (!certificate) throw authenticationFailure('The certificate is not on record');
  if (certificate.revokedAt) throw authenticationFailure('The certificate is revoked');
  const identity = await authority.store.identity(certificate.id);
  if (!identity) throw authenticationFailure('The owner of the certificate is no longer registered');
  return { identity, certificate };
}

function requireAuthorization({ authorization }: CaRequest): string {
  if (!authorization) throw new CaError(401, CODES.noAuthorization, 'No authorization header');
  return authorization;
}

async function countWrongSecrets(
  authority: Authority,
  id: string,
  count: (wrong: number) => number,
): Promise<void> {
  await authority.turns.run('write', async () => {
    const identity = await authority.store.identity(id);
    if (!identity) return;
    const wrongSecrets = count(identity.wrongSecrets);
    if (wrongSecrets !== identity.wrongSecrets) {
      await authority.store.write([putIdentity({ ...identity, wrongSecrets })]);
    }
  });
}

function readCertificate(encoded: string): X509Certificate {
  try {
    return new X509Certificate(Buffer.from(encoded, 'base64'));
  } catch {
    throw authenticationFailure('The token shows no certificate');
  }
}

function signatureHolds(certificate: X509Certificate, signed: Buffer, signature: Buffer): boolean {
  const { publicKey } = certificate;
  return (
    publicKey.asymmetricKeyType === 'ec' &&
    isLowS(signature) &&
    verify('sha256', signed, publicKey, signature)
  );
}

function requireIssuedAndCurrent(authority: Authority, certificate: X509Certificate): void {
  const root = new X509Certificate(authority.issuer.cert);
  if (certificate.ca || !certificate.checkIssued(root) || !certificate.verify(root.publicKey)) {
    throw authenticationFailure('The certificate was issued by another authority');
  }
  const now = authority.clock().getTime();
  if (now < Date.parse(certificate.validFrom) || now > Date.parse(certificate.validTo)) {
    throw authenticationFailure('The certificate has expired or is not yet valid');
  }
}
