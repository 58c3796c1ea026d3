import { inputSchemas, outputSchemas } from '@pledgeonce/chaincode/api.js';
import { z } from 'zod';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { transactionId } from './shared-schemas.js';

/** The register of members, which two government organisations keep. */
export function memberEndpoints(context: ApiContext): Endpoint[] {
  return [changeMember, readMember].map((make) => make(context));
}

function changeMember({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/registry/members',
    tag: 'registry',
    summary:
      'Say that an organisation is a member, or is suspended; it holds once a second organisation says so',
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
      const committed = await ledger.submit(caller.signatory, 'changeMember', body);
      return { status: 201, body: { ...committed.output, transactionId: committed.transactionId } };
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
