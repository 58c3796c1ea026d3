import { z } from 'zod';
import { EvidenceError } from './evidence-error.js';

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const base64 = z.base64();
const blockNumber = z.number().int().min(0);

/** What a bundle says; the signature covers exactly these parts, in this order. */
const content = {
  schema: z.literal(2),
  subject: z.strictObject({ kind: z.enum(['claim', 'fact', 'payment']), id: digest }),
  channel: z.string(),
  chaincode: z.string(),
  /** Every version of the record, oldest first. */
  versions: z
    .array(
      z.strictObject({
        seq: z.number().int(),
        state: z.string(),
        at: z.string(),
        transactionId: digest,
        block: blockNumber,
        collection: z.string(),
        key: z.string(),
        /** The private record as stored; absent when the exporter does not hold it. */
        stored: z.string().optional(),
      }),
    )
    .min(1),
  /** Blocks that hold the transactions, and every block up to the last of them that set the channel's configuration. */
  blocks: z.array(z.strictObject({ number: blockNumber, raw: base64 })),
  exporter: z.strictObject({ mspId: z.string(), certificate: z.string() }),
};

const contentSchema = z.strictObject(content);
export const evidenceSchema = z.strictObject({ ...content, signature: base64 });
export type EvidenceContent = z.infer<typeof contentSchema>;
export type Evidence = z.infer<typeof evidenceSchema>;

/** The bytes that the exporter signs. */
export function signedBytes(evidence: EvidenceContent): Buffer {
  return Buffer.from(JSON.stringify(contentSchema.parse(evidence)));
}

/**
 * Reads a bundle, which has one spelling only: what is in the file but not in its meaning could be changed unseen.
 *
 * @throws EvidenceError when it is no bundle or not in that spelling.
 */
export function readEvidence(text: string): { evidence: Evidence; signed: Buffer } {
  let parsed;
  try {
    parsed = evidenceSchema.safeParse(JSON.parse(text));
  } catch {
    throw new EvidenceError('The file is not JSON.');
  }
  if (!parsed.success)
    throw new EvidenceError(`The file is no evidence bundle: ${z.prettifyError(parsed.error)}`);
  const evidence = parsed.data;
  const binary = [evidence.signature, ...evidence.blocks.map(({ raw }) => raw)];
  const isExact = binary.every((one) => Buffer.from(one, 'base64').toString('base64') === one);
  if (!isExact || JSON.stringify(evidence) !== text.replace(/\n$/, '')) {
    throw new EvidenceError('The file is not spelled as it was exported.');
  }
  const { signature: _, ...rest } = evidence;
  return { evidence, signed: signedBytes(rest) };
}
