import { inputSchemas, limits as ledgerLimits, outputSchemas } from '@pledgeonce/chaincode/api.js';
import { z } from 'zod';
import { receiptSchema } from '../evidence/receipt.js';
import type { Receipt } from '../evidence/receipt.js';
import type { AskingPace } from './http/asking-pace.js';
import type { ApiContext } from './context.js';
import { eachAtOnce } from './each-at-once.js';
import { endpoint } from './endpoint.js';
import type { Caller, Endpoint } from './endpoint.js';
import { problemSchema, toProblem } from './problem.js';
import { askAboutDocument } from './verify-document.js';

/** Questions of one batch that are asked at a time: others want answers too. */
const atOnce = 8;

const answered = outputSchemas.verifyDocument.omit({ proof: true, asked: true });
const verdictSchema = z.discriminatedUnion('status', [
  z.strictObject({ index: z.number().int(), status: z.literal('answered'), verification: answered }),
  z.strictObject({ index: z.number().int(), status: z.literal('refused'), problem: problemSchema }),
]);
type Verdict = z.infer<typeof verdictSchema>;
interface Done {
  readonly verdict: Verdict;
  readonly kept?: Receipt['items'][number];
}

/** Many documents at once: a verdict each, and on demand a receipt that others can verify. */
export function verificationBatchEndpoint(context: ApiContext, pace: AskingPace): Endpoint {
  const verify = async (caller: Caller, item: unknown, index: number): Promise<Done> => {
    try {
      const asked = inputSchemas.verifyDocument.parse(item);
      const { said, evidence } = await askAboutDocument(context, caller, asked);
      const verdict = { index, status: 'answered', verification: said } as const;
      return { verdict, ...(evidence && { kept: { asked, answered: said, ...evidence } }) };
    } catch (error) {
      return { verdict: { index, status: 'refused', problem: toProblem(error).toJSON() } };
    }
  };
  return endpoint({
    method: 'post',
    path: '/verifications/batch',
    tag: 'verifications',
    summary: 'Verify many documents, with a verdict on each, and a signed receipt where one is asked for',
    access: 'verifyDocument',
    body: z.strictObject({
      documents: z.array(z.unknown()).min(1).max(ledgerLimits.itemsPerBatch),
      receipt: z.boolean().default(false),
    }),
    answers: {
      200: {
        description: 'Verdicts in the order of the documents',
        schema: z.strictObject({ items: z.array(verdictSchema), receipt: receiptSchema.optional() }),
      },
    },
    handle: async ({ body, caller }) => {
      pace.take(caller, body.documents.length);
      const done = await eachAtOnce(body.documents, atOnce, (item, index) => verify(caller, item, index));
      const { channel, chaincode } = context.profile;
      const receipt: Receipt = {
        kind: 'verification-receipt',
        schema: 1,
        channel,
        chaincode: chaincode.name,
        items: done.flatMap(({ kept }) => kept ?? []),
      };
      const items = done.map(({ verdict }) => verdict);
      return { status: 200, body: { items, ...(body.receipt && { receipt }) } };
    },
  });
}
