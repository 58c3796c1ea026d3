import { z } from 'zod';
import { validCode } from '../ledger/commit-watcher.js';
import { validationCodeName } from '../ledger/validation-code.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { Problem } from './problem.js';
import { transactionParams } from './shared-schemas.js';

/** Where to ask after a 202. */
export function operationEndpoints({ operations, outbox }: ApiContext): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/operations/{transactionId}',
      tag: 'operations',
      summary: 'The outcome of an operation that was still open when it was answered',
      access: 'session',
      params: transactionParams,
      answers: {
        200: {
          description: 'Its state; the result is the answer that the request would have had',
          schema: z.strictObject({
            transactionId: z.string(),
            status: z.enum(['pending', 'committed', 'refused']),
            code: z.string().optional(),
            startedAt: z.string(),
            result: z.unknown().optional(),
          }),
        },
      },
      handle: async ({ params: { transactionId }, caller }) => {
        const operation = await operations.find(transactionId);
        if (operation?.person !== caller.session.person.id) throw new Problem('OPERATION_NOT_FOUND');
        const { startedAt, expected: result } = operation;
        const commit = await outbox.settle(transactionId);
        const known = { transactionId, startedAt };
        if (commit === undefined) return { status: 200, body: { ...known, status: 'pending' } };
        const code = validationCodeName(commit.code);
        const outcome =
          commit.code === validCode ? { status: 'committed', code, result } : { status: 'refused', code };
        return { status: 200, body: { ...known, ...outcome } };
      },
    }),
  ];
}
