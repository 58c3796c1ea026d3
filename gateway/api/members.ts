import { inputSchemas, outputSchemas } from '@pledgeonce/chaincode/api.js';
import { memberSchema } from '@pledgeonce/chaincode/members/api.js';
import { governmentKind, governmentMsps } from '@pledgeonce/chaincode/roles.js';
import { z } from 'zod';
import { created } from './committed-answers.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { listTable } from './list-table.js';
import { page, pageOf, transactionId } from './shared-schemas.js';

/** The register of members, which two government organisations keep. */
export function memberEndpoints(context: ApiContext): Endpoint[] {
  return [changeMember, listMembers, readMember, listSuccessions].map((make) => make(context));
}

function changeMember({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/registry/members',
    tag: 'registry',
    summary:
      'Say that an organisation is a member, is suspended, or is removed and who succeeds it; it holds once a second organisation says so',
    access: 'changeMember',
    writes: true,
    body: inputSchemas.changeMember,
    answers: {
      201: {
        description: 'What the register says now',
        schema: z.strictObject({ ...outputSchemas.changeMember.shape, ...transactionId }),
      },
    },
    handle: async ({ body, caller }) => {
      return created(await ledger.submit(caller.signatory, 'changeMember', body));
    },
  });
}

const { kind, state } = memberSchema.shape;
/** The three government nodes found the consortium, and stand on no register. */
const governmentSchema = z.strictObject({ id: z.string(), title: z.string(), kind: z.string() });

function listMembers({ projection, follower, profile }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/registry/members',
    tag: 'registry',
    summary:
      'Who is in the consortium, who is suspended, and what waits for a second government organisation',
    access: 'readMember',
    query: z.strictObject({
      kind: kind.optional(),
      state,
      /** Those of whom one government organisation has said what no second one has. */
      proposed: z.enum(['true', 'false']).optional(),
      ...page,
    }),
    answers: {
      200: {
        description: 'A page of the register, in the order in which members came onto it',
        schema: pageOf(memberSchema).extend({ government: z.array(governmentSchema) }),
      },
    },
    csv: listTable('members', memberSchema),
    handle: async ({ query: { proposed, ...query } }) => {
      await follower.caughtUp();
      const filter = { ...query, ...(proposed !== undefined && { proposed: proposed === 'true' }) };
      return { status: 200, body: { government: governing(profile), ...projection.members.list(filter) } };
    },
  });
}

function readMember({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/registry/members/{id}',
    tag: 'registry',
    summary: 'What the register says of an organisation',
    access: 'readMember',
    params: z.strictObject({ id: inputSchemas.readMember.shape.id }),
    answers: { 200: { description: 'The member', schema: outputSchemas.readMember } },
    handle: async ({ params, caller }) => ({
      status: 200,
      body: await ledger.evaluate(caller.signatory, 'readMember', { id: params.id }),
    }),
  });
}

const successionSchema = z.strictObject({
  member: z.string(),
  successor: z.string(),
  /** Who has its holdings now: the successor, or the last one in a chain of them. */
  holder: z.string(),
  since: z.string(),
  /** To the holder: how many of the blocks until then its tables have the records of. */
  takenOver: z.strictObject({ blocks: z.number().int(), of: z.number().int() }).optional(),
});

function listSuccessions({ projection, follower }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/registry/successions',
    tag: 'registry',
    summary:
      'Members that were removed, who has what they held, and to that one how much of it is in its tables',
    access: 'readMember',
    answers: {
      200: { description: 'All of them', schema: z.strictObject({ items: z.array(successionSchema) }) },
    },
    handle: async () => {
      await follower.caughtUp();
      const { successions } = projection;
      const own = new Map(successions.inheritances().map((one) => [one.member, one]));
      const items = successions.removed().map(({ member, successor, since }) => {
        const taken = own.get(member);
        const takenOver = taken && { blocks: taken.nextBlock, of: taken.sinceBlock + 1 };
        const holder = successions.holderOf(member);
        return { member, successor, holder, since, ...(takenOver && { takenOver }) };
      });
      return { status: 200, body: { items } };
    },
  });
}

function governing({ organisations }: ApiContext['profile']): z.infer<typeof governmentSchema>[] {
  return governmentMsps.map((id) => ({
    id,
    title: organisations.find(({ mspId }) => mspId === id)?.title ?? id,
    kind: String(governmentKind(id)),
  }));
}
