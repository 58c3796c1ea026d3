import { claimStates } from '@pledgeonce/chaincode/api.js';
import { isOver } from '@pledgeonce/chaincode/rules/claim-states.js';
import { keptSumsSql } from './kept-sums.js';

/** A claim that holds something, or on which money is still owed. */
export const liveStates = `('${claimStates.filter((state) => !isOver(state)).join("', '")}')`;

const isLive = (row: 'NEW' | 'OLD') => `${row}.state IN ${liveStates}`;
/** What somebody has promised to lend: not what was only reserved, nor what came to nothing. */
const isLent = (row: 'NEW' | 'OLD') =>
  `${row}.state NOT IN ('reserved', 'withdrawn', 'rejected', 'expired', 'transferred')`;
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
  {
    table: 'price_sums',
    columns: ['owner', 'month', 'product', 'rate_band', 'outlet', 'currency'],
    sums: [...sums, 'rate', 'all_in'],
    counts: isLent,
  },
  { table: 'enterprise_sums', columns: ['owner', 'currency', 'enterprise'], sums, counts: isLive },
])}
CREATE INDEX claim_sums_by_month ON claim_sums (month, owner, product, state, currency);
CREATE INDEX enterprise_sums_by_size ON enterprise_sums (owner, currency, outstanding DESC, enterprise);`;
