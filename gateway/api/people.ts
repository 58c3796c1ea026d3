import { reason } from '@pledgeonce/chaincode/schemas.js';
import { z } from 'zod';
import type { Changed } from '../people/people-desk.js';
import { personRoles, personStates, ways } from '../people/person-record.js';
import type { PersonRecord } from '../people/person-record.js';
import { cameToNothing, endOf, standingProposal } from '../people/proposals.js';
import { choosePeople } from '../people/choose-people.js';
import { certificateWarning } from '../people/certificate-warning.js';
import { isLabel } from '../people/label.js';
import { accountIn, accountShape, debtorPartySchema, shownAccount } from './accounts.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { wholeNumber } from './shared-schemas.js';

const enrolmentId = z
  .string()
  .max(128)
  .refine(isLabel, 'An id has up to 64 letters of one script, digits, dots, dashes or @.');
const role = z.enum(personRoles);
const proposed = {
  kind: z.enum(['admission', 'invitation', 'role']),
  role: role.optional(),
  door: z.literal('provider').optional(),
  by: z.string(),
  at: z.iso.datetime(),
};
const personSchema = z.strictObject({
  id: z.string(),
  role,
  ...accountShape,
  state: z.enum(personStates),
  /** Since when, and by whom; without a name it was the certificate authority's operator. */
  since: z.iso.datetime(),
  by: z.string().optional(),
  /** What a second admin has to confirm, by when. */
  awaits: z.strictObject({ ...proposed, until: z.iso.datetime() }).optional(),
  /** What came of the latest proposal when nobody confirmed it. */
  cameToNothing: z
    .strictObject({
      ...proposed,
      outcome: z.enum(['returned', 'lapsed']),
      returnedBy: z.string().optional(),
      reason: z.string().optional(),
    })
    .optional(),
  invitedUntil: z.iso.datetime().optional(),
  /** By a secret of their own, or by the organisation's identity provider; of who is invited, how they will. */
  signsInBy: z.enum(ways),
  certificateEndsAt: z.iso.datetime().optional(),
  /** Says what to do about a certificate that has ended or is about to. */
  warning: z.string().optional(),
  /** The latest sign-in, and where the person is signed in at this moment. */
  signedInAt: z.iso.datetime().optional(),
  sessions: z.number().int(),
  /**
   * Whether the certificate authority has followed everything that was decided here; `unlisted`: it has the person no
   * more, so they may do nothing.
   */
  authority: z.enum(['followed', 'pending', 'unlisted']),
});
const changedSchema = z.strictObject({
  ...personSchema.shape,
  invitation: z
    .strictObject({ code: z.string(), expiresAt: z.iso.datetime() })
    .optional()
    .describe('Hand it to the person in private; absent while a second admin has to confirm'),
});
const params = z.object({ id: enrolmentId });
const admin = { roles: ['admin'] } as const;
const overseers = { roles: ['admin', 'auditor'] } as const;
const nothing = z.strictObject({});
const signsInBy = z
  .enum(ways)
  .optional()
  .describe('How they come in: by a secret of their own unless stated');
const changes = { access: admin, writes: true, repeats: 'itself' } as const;

/** Admins manage the people of their organisation and never transact. */
export function peopleEndpoints(context: ApiContext): Endpoint[] {
  return [
    createPerson,
    listPeople,
    changePerson,
    invitePerson,
    confirmPerson,
    returnPerson,
    deletePersonSessions,
    removePerson,
  ].map((make) => make(context));
}

function createPerson(context: ApiContext): Endpoint {
  const { desk, organisation } = context;
  return endpoint({
    ...changes,
    method: 'post',
    path: '/people',
    tag: 'people',
    summary:
      'Invite a person; the code is for them alone. Who may approve needs a second admin; with `people` in the policy, everybody',
    body: z.strictObject({
      id: enrolmentId,
      role,
      signsInBy,
      ...(organisation.kind === 'enterprise' && {
        uscc: z.string().max(18).optional(),
        party: debtorPartySchema.optional().describe('In place of uscc: a debtor abroad, by a registered id'),
      }),
    }),
    answers: { 201: { description: 'Invited', schema: changedSchema } },
    handle: async ({ body, key, caller: { session } }) => {
      return answer(
        context,
        201,
        await desk.admit({ session, key, body }, { ...body, uscc: accountIn(body), way: body.signsInBy }),
      );
    },
  });
}

function listPeople(context: ApiContext): Endpoint {
  const { desk } = context;
  return endpoint({
    method: 'get',
    path: '/people',
    tag: 'people',
    summary:
      'The people of the organisation; at the portal, an enterprise’s admin sees those of the enterprise',
    access: overseers,
    query: z.object({
      state: z.enum(personStates).optional(),
      certificateEndsWithinDays: wholeNumber(0, 366).optional(),
      withoutSignInDays: wholeNumber(1, 3_660).optional(),
    }),
    answers: { 200: { description: 'People', schema: z.strictObject({ items: z.array(personSchema) }) } },
    handle: ({ query, caller }) => {
      const people = choosePeople(desk.list(caller.session.person), query, Date.now());
      return Promise.resolve({
        status: 200,
        body: { items: people.map((person) => shown(context, person)) },
      });
    },
  });
}

function changePerson(context: ApiContext): Endpoint {
  const { desk } = context;
  return endpoint({
    ...changes,
    method: 'patch',
    path: '/people/{id}',
    tag: 'people',
    summary:
      'Change a role, suspend or let act again; a role that may approve, or with `people` in the policy any, needs a second admin',
    params,
    body: z.union([z.strictObject({ role }), z.strictObject({ state: z.enum(['active', 'suspended']) })]),
    answers: { 200: { description: 'The person after it', schema: changedSchema } },
    handle: async ({ params: { id }, body, key, caller: { session } }) => {
      const request = { session, key, body };
      const { person } =
        'role' in body
          ? await desk.changeRole(request, id, body.role)
          : await desk.setState(request, id, body.state);
      return { status: 200, body: shown(context, person) };
    },
  });
}

function invitePerson(context: ApiContext): Endpoint {
  const { desk } = context;
  return endpoint({
    ...changes,
    method: 'post',
    path: '/people/{id}/invitation',
    tag: 'people',
    summary:
      'A new code for whoever lost the secret, is locked, or whose certificate has ended; or to come by the provider from now on',
    params,
    body: z.strictObject({ signsInBy }),
    answers: { 201: { description: 'Invited again', schema: changedSchema } },
    handle: async ({ params: { id }, body, key, caller: { session } }) =>
      answer(context, 201, await desk.invite({ session, key, body }, id, body.signsInBy)),
  });
}

function confirmPerson(context: ApiContext): Endpoint {
  const { desk } = context;
  return endpoint({
    ...changes,
    method: 'post',
    path: '/people/{id}/confirmation',
    tag: 'people',
    summary: 'The second admin’s consent to an admission, an invitation or a role',
    params,
    body: nothing,
    answers: { 200: { description: 'Confirmed', schema: changedSchema } },
    handle: async ({ params: { id }, body, key, caller: { session } }) =>
      answer(context, 200, await desk.confirm({ session, key, body }, id)),
  });
}

function returnPerson(context: ApiContext): Endpoint {
  const { desk } = context;
  return endpoint({
    ...changes,
    method: 'post',
    path: '/people/{id}/return',
    tag: 'people',
    summary:
      'Return what waits for a second admin with a reason, or take it back; after seven days it lapses',
    params,
    body: z.strictObject({ reason }),
    answers: { 200: { description: 'Returned', schema: changedSchema } },
    handle: async ({ params: { id }, body, key, caller: { session } }) =>
      answer(context, 200, await desk.giveBack({ session, key, body }, id, body.reason)),
  });
}

function deletePersonSessions({ desk }: ApiContext): Endpoint {
  return endpoint({
    ...changes,
    method: 'delete',
    path: '/people/{id}/sessions',
    tag: 'people',
    summary: 'Sign a person out everywhere; they may sign in again',
    params,
    answers: { 204: { description: 'Signed out everywhere' } },
    handle: async ({ params: { id }, key, caller: { session } }) => {
      await desk.signOut({ session, key, body: undefined }, id);
      return { status: 204, body: undefined };
    },
  });
}

function removePerson({ desk }: ApiContext): Endpoint {
  return endpoint({
    ...changes,
    method: 'delete',
    path: '/people/{id}',
    tag: 'people',
    summary: 'Cut a person off: sessions, streams and wallet at once, the certificates at the authority',
    params,
    answers: {
      202: {
        description: 'Cut off here; the certificate authority is told as soon as it answers',
        schema: z.strictObject({
          id: z.string(),
          state: z.literal('removed'),
          authority: z.literal('pending'),
        }),
      },
      204: { description: 'Cut off, and every certificate revoked' },
    },
    handle: async ({ params: { id }, key, caller: { session } }) => {
      const { isRevoked } = await desk.remove({ session, key, body: undefined }, id);
      return isRevoked
        ? { status: 204, body: undefined }
        : { status: 202, body: { id, state: 'removed', authority: 'pending' } };
    },
  });
}

function describe(person: PersonRecord, sessions: number): z.infer<typeof personSchema> {
  const { id, role, uscc, state, since, by, invitation, certificateEndsAt, signedInAt } = person;
  const proposal = standingProposal(person, Date.now());
  const over = cameToNothing(person, Date.now());
  const warning = state === 'active' ? certificateWarning(certificateEndsAt, Date.now()) : undefined;
  return {
    id,
    role,
    ...shownAccount(uscc),
    state,
    since,
    ...(by === undefined ? {} : { by }),
    ...(proposal === undefined ? {} : { awaits: { ...proposal, until: endOf(proposal) } }),
    ...(over === undefined ? {} : { cameToNothing: over }),
    ...(invitation === undefined ? {} : { invitedUntil: invitation.expiresAt }),
    signsInBy: wayOf(person),
    ...(certificateEndsAt === undefined ? {} : { certificateEndsAt }),
    ...(warning === undefined ? {} : { warning }),
    ...(signedInAt === undefined ? {} : { signedInAt }),
    sessions,
    authority: authorityOf(person),
  };
}

/** As the invitation says that is open, or as they come in now. */
function wayOf({ invitation, proposal, secretAt }: PersonRecord): (typeof ways)[number] {
  const open = invitation ?? (proposal?.kind === 'role' ? undefined : proposal);
  if (open !== undefined) return open.door ?? 'secret';
  return secretAt === 'provider' ? 'provider' : 'secret';
}

function authorityOf({ errands, unlistedSince }: PersonRecord): 'followed' | 'pending' | 'unlisted' {
  if (errands.length > 0) return 'pending';
  return unlistedSince === undefined ? 'followed' : 'unlisted';
}

/** A person as the API shows them, and where they are signed in. */
function shown({ sessions }: ApiContext, person: PersonRecord) {
  return describe(person, sessions.allOf(person.id).length);
}

function answer(context: ApiContext, status: number, { person, code }: Changed) {
  const { invitation } = person;
  const handedOut =
    code === undefined || invitation === undefined
      ? {}
      : { invitation: { code, expiresAt: invitation.expiresAt } };
  return { status, body: { ...shown(context, person), ...handedOut } };
}
