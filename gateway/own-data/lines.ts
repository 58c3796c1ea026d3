import { ownThings } from '@pledgeonce/chaincode/events.js';
import { z } from 'zod';
import { evidenceSchema } from '../evidence/bundle.js';

const { channel, chaincode, versions, exporter, signature } = evidenceSchema.shape;
const digest = z.string().regex(/^[0-9a-f]{64}$/);
/** Where an export is gone on with: the kind and the place of the last record that came. */
export const placeSchema = z
  .string()
  .regex(/^[a-z]{1,20}\.\d{1,15}$/, 'Quote the `place` of a record as it stands.');

/** Says whose data follows. */
const headSchema = z.strictObject({
  kind: z.literal('export'),
  schema: z.literal(1),
  channel,
  chaincode,
  organisation: z.string(),
  /** Of the portal, whose; absent for all that the organisation holds. */
  enterprise: z.string().optional(),
  /** Blocks that are counted: what a later one says is not in it. */
  height: z.number().int().min(1),
  /** The record after which it begins; absent from the first. */
  after: placeSchema.optional(),
});

/** A block, before the first record that it proves; first those that configured the channel, from block 0 on. */
const blockSchema = z.strictObject({
  kind: z.literal('block'),
  ...evidenceSchema.shape.blocks.element.shape,
});

/** Everything that happened to one record, with the record as it was stored each time. */
const recordSchema = z.strictObject({
  kind: z.literal('record'),
  of: z.enum(ownThings),
  id: digest,
  place: placeSchema,
  versions,
});

/** The last line: an export without it was cut off. Its signature covers the SHA-256 of all lines before. */
const endSchema = z.strictObject({
  kind: z.literal('end'),
  records: z.number().int().min(0),
  digest,
  exporter,
  signature,
});

/** The lines of an export, in the order in which they come: a head, blocks and records, an end. */
export const exportLineSchema = z.discriminatedUnion('kind', [
  headSchema,
  blockSchema,
  recordSchema,
  endSchema,
]);
export type ExportLine = z.infer<typeof exportLineSchema>;
export type ExportHead = z.infer<typeof headSchema>;
export type ExportedRecord = z.infer<typeof recordSchema>;

/** Whether a text begins like an export. */
export function isExport(text: string): boolean {
  return text.startsWith('{"kind":"export"');
}
