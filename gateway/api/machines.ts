import { z } from 'zod';
import { machineRoles, machineStates, publicJwkSchema } from '../machines/machine-record.js';
import type { MachineRecord } from '../machines/machine-record.js';
import { machineIdPattern } from '../people/technical.js';
import { accountIn, accountShape, debtorPartySchema, shownAccount } from './accounts.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { scopeTexts } from './http/scopes.js';

const admin = { roles: ['admin'] } as const;
const overseers = { roles: ['admin', 'auditor'] } as const;
const tag = 'machines';
const id = z
  .string()
  .max(50)
  .regex(machineIdPattern, 'The id of a machine is `machine-` with letters of a to z, digits and dashes.');
const params = z.object({ id });
const keyParams = z.object({ id, kid: z.string().regex(/^[\w-]{43}$/, 'The thumbprint of a key.') });
const scopes = z
  .array(z.enum(Object.keys(scopeTexts)))
  .min(1)
  .max(100);
const nothing = z.strictObject({});

const machineView = z.strictObject({
  id: z.string(),
  role: z.enum(machineRoles),
  ...accountShape,
  scopes: z.array(z.string()),
  state: z.enum(machineStates),
  keys: z.array(z.strictObject({ kid: z.string(), addedBy: z.string(), addedAt: z.iso.datetime() })),
  /** What a second admin has to confirm. */
  awaits: z
    .strictObject({
      kind: z.enum(['creation', 'key']),
      by: z.string(),
      at: z.iso.datetime(),
      kid: z.string().optional(),
    })
    .optional(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  /** Absent until the certificate authority has certified it. */
  certificateEndsAt: z.iso.datetime().optional(),
  lastTokenAt: z.iso.datetime().optional(),
  /** Tokens that are live at this moment. */
  tokens: z.number().int(),
  authority: z.enum(['followed', 'pending']),
});

/** Programs of the organisation that act by a key of their own, without any person's secret. */
export function machineEndpoints(context: ApiContext): Endpoint[] {
  return [createMachine, listMachines, getMachine, ...changesOfOne].map((make) => make(context));
}

function createMachine(context: ApiContext): Endpoint {
  const { machineDesk, organisation } = context;
  return endpoint({
    method: 'post',
    path: '/machines',
    tag,
    summary:
      'Let a program act for the organisation, by the public key that it signs its assertions with; with `people` in the policy a second admin confirms',
    access: admin,
    writes: true,
    body: z.strictObject({
      id,
      role: z.enum(machineRoles),
      scopes,
      key: publicJwkSchema,
      ...(organisation.kind === 'enterprise' && {
        uscc: z.string().max(18).optional(),
        party: debtorPartySchema.optional().describe('In place of uscc: a debtor abroad, by a registered id'),
      }),
    }),
    answers: { 201: { description: 'The machine', schema: machineView } },
    handle: async ({ body: { key: jwk, ...body }, caller: { session } }) => {
      const machine = await machineDesk.create(session, { ...body, jwk, uscc: accountIn(body) });
      return { status: 201, body: shown(context, machine) };
    },
  });
}

function listMachines(context: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/machines',
    tag,
    summary: 'The organisation’s machines, and what each may do',
    access: overseers,
    answers: {
      200: {
        description: 'In the order in which they were made',
        schema: z.strictObject({ items: z.array(machineView) }),
      },
    },
    handle: ({ caller: { session } }) => {
      const machines = context.machineDesk.list(session.person);
      machines.sort((one, other) => (one.createdAt < other.createdAt ? -1 : 1));
      return Promise.resolve({ status: 200, body: { items: machines.map((one) => shown(context, one)) } });
    },
  });
}

function getMachine(context: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/machines/{id}',
    tag,
    summary: 'One machine',
    access: overseers,
    params,
    answers: { 200: { description: 'The machine', schema: machineView } },
    handle: ({ params: { id: wanted }, caller: { session } }) => {
      const machine = context.machineDesk.find(session.person, wanted);
      return Promise.resolve({ status: 200, body: shown(context, machine) });
    },
  });
}

const changesOfOne = [
  (context: ApiContext) =>
    changing(context, 'post', '/machines/{id}/confirmation', 'A second admin’s consent', (session, one) =>
      context.machineDesk.confirm(session, one),
    ),
  (context: ApiContext) =>
    changing(
      context,
      'post',
      '/machines/{id}/certificate',
      'Have the gateway make another key and certificate to sign with; tokens end',
      (session, one) => context.machineDesk.reissue(session, one),
    ),
  (context: ApiContext) =>
    changing(
      context,
      'post',
      '/machines/{id}/revocation',
      'End a machine for good: tokens and key at once, its certificates at the authority',
      (session, one) => context.machineDesk.revoke(session, one),
    ),
  addKey,
  removeKey,
];

function changing(
  context: ApiContext,
  method: 'post',
  path: string,
  summary: string,
  change: (
    session: Parameters<ApiContext['machineDesk']['confirm']>[0],
    one: string,
  ) => Promise<MachineRecord>,
): Endpoint {
  return endpoint({
    method,
    path,
    tag,
    summary,
    access: admin,
    writes: true,
    params,
    body: nothing,
    answers: { 200: { description: 'The machine after it', schema: machineView } },
    handle: async ({ params: { id: one }, caller: { session } }) => ({
      status: 200,
      body: shown(context, await change(session, one)),
    }),
  });
}

function addKey(context: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/machines/{id}/keys',
    tag,
    summary: 'Another key beside the present one; the former is removed once the machine uses it',
    access: admin,
    writes: true,
    params,
    body: z.strictObject({ key: publicJwkSchema }),
    answers: { 200: { description: 'The machine after it', schema: machineView } },
    handle: async ({ params: { id: one }, body, caller: { session } }) => ({
      status: 200,
      body: shown(context, await context.machineDesk.addKey(session, one, body.key)),
    }),
  });
}

function removeKey(context: ApiContext): Endpoint {
  return endpoint({
    method: 'delete',
    path: '/machines/{id}/keys/{kid}',
    tag,
    summary: 'Take a key away; tokens that were given for it end at once',
    access: admin,
    writes: true,
    params: keyParams,
    answers: { 200: { description: 'The machine after it', schema: machineView } },
    handle: async ({ params: { id: one, kid }, caller: { session } }) => ({
      status: 200,
      body: shown(context, await context.machineDesk.removeKey(session, one, kid)),
    }),
  });
}

function shown({ sessions }: ApiContext, machine: MachineRecord): z.infer<typeof machineView> {
  const { id: name, role, uscc, keys, state, proposal, createdBy, createdAt, toRevoke } = machine;
  const { certificateEndsAt, lastTokenAt } = machine;
  return {
    id: name,
    role,
    ...shownAccount(uscc),
    scopes: machine.scopes,
    state,
    keys: keys.map(({ kid, addedBy, addedAt }) => ({ kid, addedBy, addedAt })),
    ...(proposal !== undefined && {
      awaits: {
        kind: proposal.kind,
        by: proposal.by,
        at: proposal.at,
        ...(proposal.key === undefined ? {} : { kid: proposal.key.kid }),
      },
    }),
    createdBy,
    createdAt,
    ...(certificateEndsAt === undefined ? {} : { certificateEndsAt }),
    ...(lastTokenAt === undefined ? {} : { lastTokenAt }),
    tokens: sessions.allOf(name).length,
    authority: toRevoke ? 'pending' : 'followed',
  };
}
