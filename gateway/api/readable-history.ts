import { claimViewSchema, factViewSchema } from '@pledgeonce/chaincode/api.js';
import { claim } from '@pledgeonce/chaincode/claims/records.js';
import { claimView } from '@pledgeonce/chaincode/claims/view.js';
import { factVersion } from '@pledgeonce/chaincode/facts/records.js';
import { readKey } from '@pledgeonce/chaincode/ledger/addresses.js';
import { decodeRecord } from '@pledgeonce/chaincode/ledger/records.js';
import { paymentViewSchema } from '@pledgeonce/chaincode/payments/api.js';
import { payment } from '@pledgeonce/chaincode/payments/records.js';
import { paymentView } from '@pledgeonce/chaincode/payments/view.js';
import { historySchema, type HistoryVersion } from '@pledgeonce/chaincode/schemas.js';
import { z } from 'zod';

const versionSchema = historySchema.shape.versions.element;
const factSaysSchema = factViewSchema.omit({
  nearDuplicates: true,
  underlying: true,
  overdrawn: true,
  awaiting: true,
  returned: true,
});

/** What a version says beside the bytes as they are stored: amounts with their decimals, days and times as people read them. */
const saysSchema = z.union([claimViewSchema, paymentViewSchema, factSaysSchema]);
type Says = z.infer<typeof saysSchema>;

export const readableVersionSchema = z.strictObject({ ...versionSchema.shape, says: saysSchema.optional() });
export const readableHistorySchema = z.strictObject({
  ...historySchema.shape,
  versions: z.array(readableVersionSchema),
});
type Readable = HistoryVersion & { readonly says?: Says };

/** How each kind of record is read, by the letters of its key. */
const readers: ReadonlyMap<string, (stored: string) => Says> = new Map<string, (stored: string) => Says>([
  [claim.letters, (stored) => claimView(decodeRecord(claim, stored))],
  [payment.letters, (stored) => paymentView(decodeRecord(payment, stored))],
  [
    factVersion.letters,
    (stored) => {
      const { content, by: _by, proposedBy: _proposer, ...version } = decodeRecord(factVersion, stored);
      return { ...version, ...content };
    },
  ],
]);

/** A history with what each version says. The stored bytes stay beside it: they are what the hash on the ledger proves. */
export function readable<T extends { readonly versions: readonly HistoryVersion[] }>(
  history: T,
): Omit<T, 'versions'> & { versions: Readable[] } {
  return { ...history, versions: history.versions.map(withWords) };
}

function withWords(version: HistoryVersion): Readable {
  const { key, stored } = version;
  const says = stored === undefined ? undefined : readers.get(readKey(key).letters)?.(stored);
  return { ...version, ...(says && { says }) };
}
