import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { ChannelProposal } from '../channel/proposal.js';
import type { ChaincodeProposal } from '../lifecycle/proposal.js';
import { collectionSchema } from '../../consortium.js';

/** What goes from one organisation to the next until enough have agreed. */
export type Proposal = ChannelProposal | ChaincodeProposal;

const schema = z.discriminatedUnion('kind', [
  z.strictObject({
    schema: z.literal(1),
    kind: z.literal('channel'),
    channel: z.string(),
    envelope: z.base64(),
  }),
  z.strictObject({
    schema: z.literal(1),
    kind: z.literal('chaincode'),
    channel: z.string(),
    name: z.string().regex(/^[A-Za-z0-9]+([-_][A-Za-z0-9]+)*$/),
    version: z.string().regex(/^[A-Za-z0-9_.+-]+$/),
    sequence: z.number().int().min(1),
    endorsement: z.string(),
    collections: z.array(collectionSchema),
    runBy: z.array(z.string()),
    packageId: z.string(),
  }),
]);

/**
 * Reads a proposal.
 *
 * @throws Error when the file is none, or is for another channel.
 */
export function readProposal(file: string, channel: string): Proposal {
  const result = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!result.success) throw new Error(`${file} is no proposal:\n${z.prettifyError(result.error)}`);
  if (result.data.channel !== channel) throw new Error(`${file} is for the channel ${result.data.channel}.`);
  return result.data;
}

/** Writes a proposal for the others to see. */
export function writeProposal(file: string, proposal: Proposal): void {
  writeFileSync(file, `${JSON.stringify(proposal, undefined, 2)}\n`);
}
