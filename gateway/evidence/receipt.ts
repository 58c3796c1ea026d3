import { z } from 'zod';
import { inputSchemas, outputSchemas } from '@pledgeonce/chaincode/api.js';
import { EvidenceError } from './evidence-error.js';

/** What an organisation asked of the registry, and what two of its nodes answered with their signatures. */
export const receiptSchema = z.strictObject({
  kind: z.literal('verification-receipt'),
  schema: z.literal(1),
  channel: z.string(),
  chaincode: z.string(),
  items: z
    .array(
      z.strictObject({
        asked: inputSchemas.verifyDocument,
        answered: outputSchemas.verifyDocument.omit({ proof: true, asked: true }),
        transactionId: z.string().regex(/^[0-9a-f]{64}$/),
        /** Opens the answer in the transaction, which is sealed for whoever asked. Base64. */
        responseKey: z.base64().length(44),
        /** The proposal of who asked, and the nodes' signed answers to it. Base64. */
        transaction: z.base64(),
      }),
    )
    .max(500),
});
export type Receipt = z.infer<typeof receiptSchema>;

/** Whether a file is meant to be a receipt of verification, by its first member; it may still be damaged. */
export function isReceipt(text: string): boolean {
  return /^\s*\{\s*"kind"\s*:\s*"verification-receipt"/.test(text);
}

/** @throws EvidenceError when it is no receipt. */
export function readReceipt(text: string): Receipt {
  let parsed;
  try {
    parsed = receiptSchema.safeParse(JSON.parse(text));
  } catch {
    throw new EvidenceError('The file is not JSON.');
  }
  if (!parsed.success) throw new EvidenceError(`The file is no receipt: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
