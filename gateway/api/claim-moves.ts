import { claimViewSchema, inputSchemas } from '@pledgeonce/chaincode/api.js';
import { z } from 'zod';
import { carriedOut } from './committed-answers.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { keepRefusedClaim } from './keep-question.js';
import { idParams, transactionId } from './shared-schemas.js';

/** A claim on an order goes on as one on what was invoiced of it. */
export function claimMoveEndpoints(context: ApiContext): Endpoint[] {
  const { ledger, proofs, questions } = context;
  return [
    endpoint({
      method: 'post',
      path: '/claims/{id}/moves',
      tag: 'claims',
      summary: 'Move what is drawn on an order onto what was invoiced of it, in one transaction',
      access: 'moveClaim',
      writes: true,
      params: idParams,
      body: inputSchemas.moveClaim.omit({ id: true, idempotencyKey: true, verified: true }),
      answers: {
        200: { description: 'Moved', schema: z.strictObject({ ...claimViewSchema.shape, ...transactionId }) },
      },
      handle: async ({ params: { id }, body, key, caller }) => {
        const { enterprise } = await ledger.evaluate(caller.signatory, 'readClaim', { id });
        const verified = await proofs.of({ enterprise, lines: body.lines });
        // Of what nobody here has verified, a move is a question too, as a claim is.
        if (verified.length < body.lines.length) questions.assertLeft(caller);
        const input = { ...body, id, idempotencyKey: key, ...(verified.length > 0 && { verified }) };
        try {
          return carriedOut(await ledger.submit(caller.signatory, 'moveClaim', input));
        } catch (error) {
          await keepRefusedClaim(context, caller, body, error);
          throw error;
        }
      },
    }),
  ];
}
