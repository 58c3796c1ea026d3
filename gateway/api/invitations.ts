import { z } from 'zod';
import type { ApiContext } from './context.js';
import { publicEndpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { Problem } from './problem.js';

/** What needs no session because it proves itself: the code of an invitation, a signed revocation list. */
export function invitationEndpoints({ affairs, watch, limits }: ApiContext): Endpoint[] {
  return [
    publicEndpoint({
      method: 'post',
      path: '/invitations/acceptance',
      tag: 'people',
      summary: 'Turn the one-time code of an invitation into a secret of one’s own',
      body: z.strictObject({
        enrolmentId: z.string().min(1).max(64),
        code: z.string().min(1).max(64),
        secret: z.string().min(1).max(256),
      }),
      perMinute: limits.signInsPerMinute,
      answers: { 204: { description: 'Accepted: sign in with the secret' } },
      handle: async ({ body: { enrolmentId, code, secret } }, request) => {
        if (!(await affairs.accept(enrolmentId, code, secret, request.ip ?? ''))) {
          throw new Problem('INVITATION_REFUSED');
        }
        return { status: 204, body: undefined };
      },
    }),
    publicEndpoint({
      method: 'post',
      path: '/revocation-lists',
      tag: 'people',
      summary: 'Hand over a revocation list of the organisation’s certificate authority: it holds at once',
      body: z.strictObject({ list: z.string().min(1).max(1_000_000) }),
      perMinute: limits.signInsPerMinute,
      answers: {
        200: {
          description: 'Taken; how many certificates are new on it',
          schema: z.strictObject({ added: z.number().int() }),
        },
      },
      handle: async ({ body: { list } }) => ({ status: 200, body: { added: await watch.push(list) } }),
    }),
  ];
}
