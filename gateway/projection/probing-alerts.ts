import { readKey } from '@pledgeonce/chaincode/ledger/addresses.js';
import { decodeRecord } from '@pledgeonce/chaincode/ledger/records.js';
import { probingReport } from '@pledgeonce/chaincode/probing/records.js';
import type { PrivateValue } from './read-block.js';
import type { Viewpoint } from './viewpoint.js';

/** Who guesses at documents, for the regulator alone. */
export function probingAlerts(
  values: readonly PrivateValue[],
  { kind }: Viewpoint,
): { readonly kind: 'alert'; readonly content: object }[] {
  if (kind !== 'regulator') return [];
  return values
    .filter(({ key }) => readKey(key).letters === probingReport.letters)
    .map(({ value }) => {
      const report = decodeRecord(probingReport, value);
      return { kind: 'alert', content: { alert: 'probing', claims: [], payments: [], facts: [], ...report } };
    });
}
