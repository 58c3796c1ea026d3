import { readKey } from '@pledgeonce/chaincode/ledger/addresses.js';
import { structuringReport } from '@pledgeonce/chaincode/payments/records.js';
import { decodeRecord } from '@pledgeonce/chaincode/ledger/records.js';
import { formatMoney } from '@pledgeonce/chaincode/rules/money.js';
import { filingThreshold } from '@pledgeonce/chaincode/rules/payment-threshold.js';
import type { PrivateValue } from './read-block.js';
import type { Viewpoint } from './viewpoint.js';

/**
 * Reports of payments that seem to be split, for the regulator alone. They are private records and not part of the
 * public event, because that would tell every bank which payments of others have one payer.
 */
export function structuringAlerts(
  values: readonly PrivateValue[],
  { kind }: Viewpoint,
): { readonly kind: 'alert'; readonly content: object }[] {
  if (kind !== 'regulator') return [];
  return values
    .filter(({ key }) => readKey(key).letters === structuringReport.letters)
    .map(({ value: stored }) => {
      const { payer, since, count, value, payments } = decodeRecord(structuringReport, stored);
      const total = formatMoney(value, filingThreshold.currency);
      const content = { alert: 'structuring', claims: [], payments, facts: [], payer, since, count, total };
      return { kind: 'alert', content } as const;
    });
}
