import type { Recipe } from './recipe.js';

/** What was inspected too long ago is refused, by the function that another recipe makes. */
export const error: Recipe = {
  heading: 'An error',
  steps: [
    {
      file: 'chaincode/errors.ts',
      before: '  FACT_CANCELLED: {\n',
      add: `  INSPECTION_TOO_OLD: {
    status: 409,
    sentence: 'The goods were inspected more than a year ago. Customs has to inspect them again.',
  },
`,
    },
    {
      file: 'gateway/console/src/i18n/zh/problems.ts',
      before: '  FACT_CANCELLED: ',
      add: "  INSPECTION_TOO_OLD: '货物检验已超过一年，须由海关重新检验。',\n",
    },
    {
      file: 'chaincode/payees/look-up-inspection.ts',
      like: 'chaincode/payees/look-up.ts',
      before: "import { fingerprints } from '../ledger/key-ring.js';\n",
      add: "import { LedgerError } from '../errors.js';\n",
    },
    {
      file: 'chaincode/payees/look-up-inspection.ts',
      like: 'chaincode/payees/look-up.ts',
      before: "import { documentKey } from '../rules/document-keys.js';\n",
      add: "import { dateOf, dayNumber } from '../rules/dates.js';\n",
    },
    {
      file: 'chaincode/payees/look-up-inspection.ts',
      like: 'chaincode/payees/look-up.ts',
      instead: 'async ({ work }, { number, seller })',
      put: 'async ({ work, now }, { number, seller })',
    },
    {
      file: 'chaincode/payees/look-up-inspection.ts',
      like: 'chaincode/payees/look-up.ts',
      before: "  return { result: 'match', inspectedOn };\n",
      add: `  if (dayNumber(dateOf(now)) - dayNumber(inspectedOn) > 365) throw new LedgerError('INSPECTION_TOO_OLD');
`,
    },
  ],
  written: ['docs/errors.md'],
};
