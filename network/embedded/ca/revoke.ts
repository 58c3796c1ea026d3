import { z } from 'zod';
import { type Caller, authenticateByToken } from './authenticate.js';
import { ATTRIBUTES } from './attributes.js';
import type { Authority } from './authority.js';
import { CODES, CaError, authorizationFailure } from './errors.js';
import { isTrue, requireManages } from './permissions.js';
import { type IssuedCertificate, canonicalHex } from './records.js';
import { type CaRequest, type Reply, bodyOf } from './request.js';
import { announceRevocation, reasonOf, revocationList, revoked } from './revocation.js';
import { putIdentity } from './store.js';

const body = z.object({
  id: z.string().default(''),
  serial: z.string().default(''),
  aki: z.string().default(''),
  reason: z.string().default(''),
  gencrl: z.boolean().default(false),
});
type Revocation = z.infer<typeof body>;

/** POST /revoke: one certificate by its serial number, or an identity with all its certificates. */
export async function revoke(authority: Authority, request: CaRequest): Promise<Reply> {
  const wanted = bodyOf(request, body);
  const caller = await authenticateByToken(authority, request);
  const serial = canonicalHex(wanted.serial);
  const aki = canonicalHex(wanted.aki);
  const certificates = await authority.turns.run('write', () => {
    if (serial !== '' && aki !== '') return revokeCertificate(authority, caller, { ...wanted, serial, aki });
    if (wanted.id !== '') return revokeIdentity(authority, caller, wanted);
    throw new CaError(
      400,
      CODES.missingRevocationTarget,
      'Either Name or Serial and AKI are required for a revoke request',
    );
  });
  await announceRevocation(authority, certificates);
  const crl = wanted.gencrl && certificates.length > 0 ? await revocationList(authority) : '';
  return {
    result: {
      RevokedCerts:
        certificates.length === 0 ? null : certificates.map((one) => ({ Serial: one.serial, AKI: one.aki })),
      CRL: Buffer.from(crl).toString('base64'),
    },
  };
}

async function revokeCertificate(
  authority: Authority,
  caller: Caller,
  { serial, aki, id, reason }: Revocation,
): Promise<IssuedCertificate[]> {
  const named = `Certificate with serial ${serial} and AKI ${aki}`;
  const certificate = await authority.store.certificate(serial, aki);
  if (!certificate) throw new CaError(404, CODES.revokedCertificateNotFound, `${named} was not found`);
  requireRevoker(caller, certificate.id);
  if (certificate.revokedAt) throw new CaError(404, CODES.alreadyRevoked, `${named} was already revoked`);
  if (id !== '' && id !== certificate.id) {
    throw new CaError(400, CODES.certificateOfAnother, `${named} is not owned by ${id}`);
  }
  const owner = await ownerOf(authority, certificate.id);
  if (serial !== caller.certificate.serial || aki !== caller.certificate.aki)
    requireManages(caller.identity, owner);
  const { certificates, changes } = revoked(authority, [certificate], reasonOf(reason));
  await authority.store.write(changes);
  return certificates;
}

async function revokeIdentity(
  authority: Authority,
  caller: Caller,
  { id, reason }: Revocation,
): Promise<IssuedCertificate[]> {
  requireRevoker(caller, id);
  const identity = await ownerOf(authority, id);
  if (caller.identity.id !== id) requireManages(caller.identity, identity);
  const { certificates, changes } = revoked(
    authority,
    await authority.store.certificates(id),
    reasonOf(reason),
  );
  await authority.store.write([...changes, putIdentity({ ...identity, revoked: true })]);
  return certificates;
}

/** Everybody may revoke what is their own. */
function requireRevoker({ identity }: Caller, owner: string): void {
  if (identity.id !== owner && !isTrue(identity, ATTRIBUTES.revoker)) {
    throw authorizationFailure('The caller has no authority to revoke');
  }
}

async function ownerOf(authority: Authority, id: string) {
  const identity = await authority.store.identity(id);
  if (!identity) throw new CaError(404, CODES.revokedIdentityNotFound, `Identity ${id} was not found`);
  return identity;
}
