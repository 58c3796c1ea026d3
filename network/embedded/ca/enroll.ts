import { z } from 'zod';
import { authenticateBySecret, authenticateByToken, credentialsOf, requireMayEnrol } from './authenticate.js';
import type { Authority } from './authority.js';
import { certify } from './certificate.js';
import { authenticationFailure } from './errors.js';
import { describeAuthority } from './info.js';
import type { IssuedCertificate } from './records.js';
import { type CaRequest, type Reply, bodyOf } from './request.js';
import { putCertificate, putIdentity } from './store.js';

const body = z.object({
  certificate_request: z.string().default(''),
  profile: z.string().default(''),
  attr_reqs: z
    .array(z.object({ name: z.string(), optional: z.boolean().optional() }))
    .max(100)
    .optional(),
});

/** POST /enroll: a certificate for who knows the enrolment secret. */
export async function enroll(authority: Authority, request: CaRequest): Promise<Reply> {
  return authority.turns.run(`enrol\0${credentialsOf(request).id}`, async () => {
    const identity = await authenticateBySecret(authority, request);
    const certificate = await certify(authority, identity, requestOf(request));
    await authority.turns.run('write', async () => {
      const current = await authority.store.identity(identity.id);
      if (!current) throw authenticationFailure('The identity was removed meanwhile');
      requireMayEnrol(current);
      await authority.store.write([
        ...putCertificate(certificate),
        putIdentity({ ...current, enrollments: current.enrollments + 1 }),
      ]);
    });
    return answer(authority, certificate);
  });
}

/** POST /reenroll: a new certificate for who holds a valid one. */
export async function reenroll(authority: Authority, request: CaRequest): Promise<Reply> {
  const { identity } = await authenticateByToken(authority, request);
  const certificate = await certify(authority, identity, requestOf(request));
  await authority.turns.run('write', async () => {
    const current = await authority.store.identity(identity.id);
    if (!current || current.revoked) throw authenticationFailure('The identity was revoked meanwhile');
    await authority.store.write(putCertificate(certificate));
  });
  return answer(authority, certificate);
}

function requestOf(request: CaRequest) {
  const { certificate_request: csr, profile, attr_reqs: attributes } = bodyOf(request, body);
  return { csr, profile, attributes };
}

function answer(authority: Authority, { id, serial, pem, notAfter }: IssuedCertificate): Reply {
  authority.log.info({ id, serial, notAfter }, 'certificate issued');
  return { result: { Cert: Buffer.from(pem).toString('base64'), ServerInfo: describeAuthority(authority) } };
}
