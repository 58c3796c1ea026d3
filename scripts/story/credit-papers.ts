import type { Money, PartyId } from '@pledgeonce/chaincode/api.js';
import type { CreditContent } from '@pledgeonce/chaincode/credit/api.js';
import type { Client } from '../rest/client.js';
import { expectStatus } from './teller.js';

const usd = (amount: string): Money => ({ amount, currency: 'USD' });

/**
 * What the regulator keeps of a sound exporter, in every category.
 *
 * @param basic replaces fields of the basic record.
 */
export function creditRecords(name: string, basic: object = {}): readonly CreditContent[] {
  return [
    {
      category: 'basic',
      name,
      directoryStatus: 'listed',
      class: 'A',
      listedSince: '2020-01-15',
      ...basic,
    },
    {
      category: 'trade-credit',
      years: [
        {
          year: 2025,
          receipts: usd('900000.00'),
          payments: usd('100000.00'),
          exports: usd('950000.00'),
          imports: usd('90000.00'),
          matchRatio: '0.96',
        },
      ],
    },
    { category: 'regulatory', penalties: [] },
  ];
}

/** An officer of the regulator records it. @throws Unexpected */
export async function recordCredit(
  regulator: Client,
  { scheme, id }: PartyId,
  records: readonly CreditContent[],
): Promise<void> {
  for (const content of records) {
    expectStatus(await regulator.post('/credit-records', { enterprise: { scheme, id }, content }), 201);
  }
}
