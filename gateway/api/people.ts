import { z } from 'zod';
import { isLabel } from '../people/wallet-store.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { Problem } from './problem.js';

const roles = ['officer', 'approver', 'auditor', 'viewer', 'admin'] as const;
const enrolmentId = z.string().refine(isLabel, 'An id has up to 64 letters, digits, dots, dashes or @.');
const personSchema = z.strictObject({
  id: z.string(),
  role: z.enum(roles),
  uscc: z.string().optional(),
});
const admin = { roles: ['admin'] } as const;

/** Admins manage the people of their organisation and never transact. */
export function peopleEndpoints({ authority, services, sessions, identities, log }: ApiContext): Endpoint[] {
  const people = async () => {
    const all = await authority.list(await services.registrar());
    // Peers, orderers and the gateway itself have no role.
    return all.flatMap((person) => personSchema.safeParse(person).data ?? []);
  };
  return [
    endpoint({
      method: 'post',
      path: '/people',
      tag: 'people',
      summary: 'Register a person; the secret is shown this once',
      access: admin,
      body: z.strictObject({
        id: enrolmentId,
        role: z.enum(roles),
        uscc: z
          .string()
          .regex(/^[0-9A-HJ-NPQRTUWXY]{18}$/)
          .optional(),
      }),
      answers: {
        201: {
          description: 'Registered',
          schema: z.strictObject({ ...personSchema.shape, secret: z.string() }),
        },
      },
      handle: async ({ body, caller }) => {
        const { id, role, uscc } = body;
        const registration = { enrolmentId: id, role, ...(uscc === undefined ? {} : { uscc }) };
        const secret = await authority.register(registration, await services.registrar());
        log.info({ admin: caller.session.person.id, person: id, role }, 'person registered');
        return { status: 201, body: { ...body, secret } };
      },
    }),
    endpoint({
      method: 'get',
      path: '/people',
      tag: 'people',
      summary: 'The people of the organisation',
      access: admin,
      answers: { 200: { description: 'People', schema: z.strictObject({ items: z.array(personSchema) }) } },
      handle: async () => ({ status: 200, body: { items: await people() } }),
    }),
    endpoint({
      method: 'delete',
      path: '/people/{id}',
      tag: 'people',
      summary: 'Revoke every certificate of a person and end his sessions',
      access: admin,
      params: z.object({ id: enrolmentId }),
      answers: { 204: { description: 'Revoked' } },
      handle: async ({ params: { id }, caller }) => {
        if (!(await people()).some((person) => person.id === id)) throw new Problem('PERSON_NOT_FOUND');
        await authority.revoke(id, await services.registrar());
        sessions.endAllOf(id);
        await identities.remove(id);
        log.info({ admin: caller.session.person.id, person: id }, 'person revoked');
        return { status: 204, body: undefined };
      },
    }),
  ];
}
