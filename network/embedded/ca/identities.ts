import { z } from 'zod';
import { authenticateByToken } from './authenticate.js';
import { ATTRIBUTES, changedAttributes, requireMayGive } from './attributes.js';
import type { Authority } from './authority.js';
import { CODES, CaError } from './errors.js';
import {
  canActOnType,
  containsAffiliation,
  requireAffiliation,
  requireManages,
  requireRegistrar,
} from './permissions.js';
import type { Identity } from './records.js';
import { attributes, fixedAttributes, registerIdentity, registration } from './register.js';
import { type CaRequest, type Reply, bodyOf, switchOf } from './request.js';
import { announceRevocation, reasonOf, revoked } from './revocation.js';
import { hashSecret } from './secret.js';
import { putIdentity, removeIdentity } from './store.js';

/** GET /identities: those that the registrar may manage. */
export async function listIdentities(authority: Authority, request: CaRequest): Promise<Reply> {
  const { identity: caller } = await authenticateByToken(authority, request);
  requireRegistrar(caller);
  const all = await authority.store.identities();
  const identities = all
    .filter(({ affiliation, type }) => containsAffiliation(caller, affiliation) && canActOnType(caller, type))
    .map(describeIdentity);
  return { result: { identities, caname: authority.name } };
}

/** GET /identities/{id} */
export async function readIdentity(authority: Authority, request: CaRequest): Promise<Reply> {
  const { identity: caller } = await authenticateByToken(authority, request);
  const identity = await existing(authority, request.subject);
  requireManages(caller, identity);
  return { result: { ...describeIdentity(identity), caname: authority.name } };
}

/** POST /identities: registers, and answers with the whole identity. */
export async function addIdentity(authority: Authority, request: CaRequest): Promise<Reply> {
  const caller = await authenticateByToken(authority, request);
  const wanted = bodyOf(request, registration);
  if (wanted.id === '') {
    throw new CaError(400, CODES.addIdentity, "Missing 'ID' in request to add a new identity");
  }
  const { identity, secret } = await registerIdentity(authority, caller, wanted);
  return { result: { ...describeIdentity(identity), secret, caname: authority.name } };
}

const modification = z.object({
  type: z.string().max(64).default(''),
  affiliation: z.string().max(1024).default(''),
  secret: z.string().max(256).default(''),
  max_enrollments: z.number().int().min(-2).default(0),
  attrs: attributes.default([]),
});

/** PUT /identities/{id}: changes what the body names; a new secret unlocks. */
export async function modifyIdentity(authority: Authority, request: CaRequest): Promise<Reply> {
  const { identity: caller } = await authenticateByToken(authority, request);
  const id = request.subject;
  requireManages(caller, await existing(authority, id));
  const wanted = bodyOf(request, modification);
  const affiliation = wanted.affiliation === '.' ? '' : wanted.affiliation;
  if (affiliation !== '' && !(await authority.store.hasAffiliation(affiliation))) {
    throw new CaError(400, CODES.modifyIdentity, `Affiliation '${affiliation}' is not supported`);
  }
  if (wanted.affiliation !== '') requireAffiliation(caller, affiliation);
  if (wanted.type !== '') requireManages(caller, { type: wanted.type, affiliation: caller.affiliation });

  const secret = wanted.secret === '' ? undefined : await hashSecret(wanted.secret);
  const changed = await authority.turns.run('write', async () => {
    const current = await existing(authority, id);
    requireMayGive(caller, wanted.attrs, current);
    const names = {
      id,
      type: wanted.type === '' ? current.type : wanted.type,
      affiliation: wanted.affiliation === '' ? current.affiliation : affiliation,
    };
    const fixed = fixedAttributes(names).filter(
      ({ name }) =>
        (name === ATTRIBUTES.type && wanted.type !== '') ||
        (name === ATTRIBUTES.affiliation && wanted.affiliation !== ''),
    );
    const identity: Identity = {
      ...current,
      ...names,
      maxEnrollments: changedMaxEnrollments(current.maxEnrollments, wanted.max_enrollments),
      attributes: [
        ...changedAttributes(current.attributes, wanted.attrs).filter(
          ({ name }) => !fixed.some((attribute) => attribute.name === name),
        ),
        ...fixed,
      ],
      ...(secret ? { secret, wrongSecrets: 0 } : {}),
    };
    await authority.store.write([putIdentity(identity)]);
    return identity;
  });
  authority.log.info({ id, registrar: caller.id }, 'identity modified');
  return {
    result: {
      ...describeIdentity(changed),
      ...(wanted.secret === '' ? {} : { secret: wanted.secret }),
      caname: authority.name,
    },
  };
}

/** DELETE /identities/{id}: removes it and revokes its certificates. */
export async function deleteIdentity(authority: Authority, request: CaRequest): Promise<Reply> {
  const { identity: caller } = await authenticateByToken(authority, request);
  const id = request.subject;
  if (id === caller.id && !switchOf(request, 'force')) {
    throw new CaError(403, CODES.removeIdentity, "Need to use 'force' option to delete your own identity");
  }
  const identity = await existing(authority, id);
  requireManages(caller, identity);
  const certificates = await authority.turns.run('write', async () => {
    const gone = revoked(authority, await authority.store.certificates(id), reasonOf('cessationofoperation'));
    await authority.store.write([...gone.changes, removeIdentity(id)]);
    return gone.certificates;
  });
  await announceRevocation(authority, certificates);
  authority.log.info({ id, registrar: caller.id }, 'identity removed');
  return { result: { ...describeIdentity(identity), caname: authority.name } };
}

/** An identity as Fabric CA shows it. */
export function describeIdentity({ id, type, affiliation, attributes: attrs, maxEnrollments }: Identity) {
  return { id, type, affiliation, attrs, max_enrollments: maxEnrollments };
}

async function existing(authority: Authority, id: string): Promise<Identity> {
  const identity = await authority.store.identity(id);
  if (!identity) throw new CaError(404, CODES.notFound, `Failed to get User: there is no identity '${id}'`);
  return identity;
}

/** 0 leaves it, -2 stops further enrolments. */
function changedMaxEnrollments(current: number, wanted: number): number {
  if (wanted === 0) return current;
  return wanted === -2 ? 0 : wanted;
}
