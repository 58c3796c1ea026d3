import { z } from 'zod';
import { type Caller, authenticateByToken } from './authenticate.js';
import { ATTRIBUTES, changedAttributes, requireMayGive } from './attributes.js';
import type { Authority } from './authority.js';
import { CODES, CaError, authorizationFailure } from './errors.js';
import { requireManages } from './permissions.js';
import type { Attribute, Identity } from './records.js';
import { type CaRequest, type Reply, bodyOf } from './request.js';
import { hashSecret, newSecret } from './secret.js';
import { putIdentity } from './store.js';

/** No control characters: they part the keys of the store, and no name needs them. */
const id = z
  .string()
  .max(64)
  .regex(/^\P{Cc}*$/u);
export const attributes = z
  .array(
    z.object({
      name: z.string().min(1).max(128),
      value: z.string().max(2048).default(''),
      ecert: z.boolean().optional(),
    }),
  )
  .max(100);

export const registration = z.object({
  id: id.default(''),
  type: z.string().max(64).default(''),
  affiliation: z.string().max(1024).default(''),
  secret: z.string().max(256).default(''),
  max_enrollments: z.number().int().default(0),
  attrs: attributes.default([]),
});
export type Registration = z.infer<typeof registration>;

/** POST /register: a registrar admits somebody and learns the enrolment secret. */
export async function register(authority: Authority, request: CaRequest): Promise<Reply> {
  const wanted = bodyOf(request, registration);
  const caller = await authenticateByToken(authority, request);
  const { identity, secret } = await registerIdentity(authority, caller, wanted);
  return { result: { secret }, location: `/api/v1/identities/${encodeURIComponent(identity.id)}` };
}

/**
 * Registers an identity for a registrar.
 *
 * @throws CaError 403 when it is beyond the registrar's authority, 409 when the id is taken.
 */
export async function registerIdentity(
  authority: Authority,
  { identity: registrar }: Caller,
  wanted: Registration,
): Promise<{ readonly identity: Identity; readonly secret: string }> {
  if (wanted.id === '') throw new CaError(400, CODES.registration, 'Registration failed: the id is missing');
  const type = wanted.type === '' ? registrar.type : wanted.type;
  const affiliation = affiliationOf(wanted.affiliation, registrar);
  requireManages(registrar, { type, affiliation });
  if (affiliation !== '' && !(await authority.store.hasAffiliation(affiliation))) {
    throw authorizationFailure(`There is no affiliation '${affiliation}'`);
  }
  requireMayGive(registrar, wanted.attrs);

  const isRandom = wanted.secret === '';
  const secret = isRandom ? newSecret() : wanted.secret;
  const attrs = [
    ...changedAttributes([], wanted.attrs),
    ...fixedAttributes({ ...wanted, type, affiliation }),
  ];
  const identity = await newIdentity({ ...wanted, type, affiliation, secret, attrs }, isRandom);
  await authority.turns.run('write', async () => {
    if (await authority.store.identity(identity.id)) {
      throw new CaError(409, CODES.alreadyRegistered, `Identity '${identity.id}' is already registered`);
    }
    await authority.store.write([putIdentity(identity)]);
  });
  authority.log.info({ id: identity.id, type, affiliation, registrar: registrar.id }, 'identity registered');
  return { identity, secret };
}

/**
 * An identity as it is first kept.
 *
 * @param isRandom Whether its secret was just made, and not chosen.
 */
export async function newIdentity(wanted: Registration, isRandom: boolean): Promise<Identity> {
  return {
    id: wanted.id,
    type: wanted.type,
    affiliation: wanted.affiliation,
    attributes: wanted.attrs,
    maxEnrollments: maxEnrollmentsOf(wanted.max_enrollments),
    enrollments: 0,
    revoked: false,
    wrongSecrets: 0,
    secret: await hashSecret(wanted.secret, isRandom),
  };
}

/**
 * Enrolment id, type and affiliation as attributes of whom a registrar admits: they are in every certificate unless
 * others are asked for. Whom the authority's configuration names does not have them.
 */
export function fixedAttributes(identity: { id: string; type: string; affiliation: string }): Attribute[] {
  return [
    { name: ATTRIBUTES.enrollmentId, value: identity.id, ecert: true },
    { name: ATTRIBUTES.type, value: identity.type, ecert: true },
    { name: ATTRIBUTES.affiliation, value: identity.affiliation, ecert: true },
  ];
}

/** None asked for is the registrar's own; a dot is the root. */
function affiliationOf(wanted: string, registrar: Identity): string {
  if (wanted === '') return registrar.affiliation;
  return wanted === '.' ? '' : wanted;
}

function maxEnrollmentsOf(wanted: number): number {
  if (wanted < -1) {
    throw new CaError(
      400,
      CODES.invalidMaxEnrollments,
      `Max enrollment in registration request may not be less than -1, but was ${wanted}`,
    );
  }
  return wanted === 0 ? -1 : wanted;
}
