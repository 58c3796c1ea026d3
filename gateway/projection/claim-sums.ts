import { claimStates } from '@pledgeonce/chaincode/api.js';
import { isOver } from '@pledgeonce/chaincode/rules/claim-states.js';
import { keptSumsSql } from './kept-sums.js';

/** A claim that holds something, or on which money is still owed. */
export const liveStates = `('${claimStates.filter((state) => !isOver(state)).join("', '")}')`;

const isLive = (row: 'NEW' | 'OLD') => `${row}.state IN ${liveStates}`;
const sums = ['amount', 'outstanding'];

/** What the claims add up to. The groups are few: banks, products, states, months, days, enterprises. */
export const claimSumsSql = `${keptSumsSql('claim', 'claims', [
  {
    table: 'claim_sums',
    columns: ['owner', 'month', 'product', 'state', 'currency'],
    sums,
    counts: () => '1',
  },
  { table: 'due_sums', columns: ['owner', 'due_date', 'currency'], sums, counts: isLive },
  { table: 'enterprise_sums', columns: ['owner', 'currency', 'enterprise'], sums, counts: isLive },
])}
CREATE INDEX claim_sums_by_month ON claim_sums (month, owner, product, state, currency);
CREATE INDEX enterprise_sums_by_size ON enterprise_sums (owner, currency, outstanding DESC, enterprise);`;
