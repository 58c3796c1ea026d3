import type { Recipe } from './recipe.js';

/** A bank asks on which day customs has inspected goods. */
export const ledgerFunction: Recipe = {
  heading: 'A function of the ledger',
  steps: [
    {
      file: 'chaincode/payees/permissions.ts',
      after: 'export const payeePermissions = {\n',
      add: "  lookUpInspection: { access: 'evaluate', kinds: ['bank'], roles: readers },\n",
    },
    {
      file: 'chaincode/payees/api.ts',
      after: 'export const payeeInputs = {\n',
      add: '  lookUpInspection: z.strictObject({ number: text(80), seller: partyIdSchema }),\n',
    },
    {
      file: 'chaincode/payees/api.ts',
      after: 'export const payeeOutputs = {\n',
      add: `  lookUpInspection: z.strictObject({
    result: z.enum(['match', 'no-match']),
    /** There on a match only. */
    inspectedOn: date.optional(),
  }),
`,
    },
    {
      file: 'chaincode/payees/look-up-inspection.ts',
      like: 'chaincode/payees/look-up.ts',
      whole: `import { findFact } from '../facts/find.js';
import { latestContent } from '../facts/latest.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { documentKey } from '../rules/document-keys.js';
import { canonicalParty } from '../rules/parties.js';

/** On which day customs has inspected the goods that a certificate is about. */
export const lookUpInspection: Verb<'lookUpInspection'> = async ({ work }, { number, seller }) => {
  const document = { type: 'inspection-certificate', number } as const;
  const key = documentKey(document, canonicalParty(seller, 'seller'), '');
  const head = await findFact(work, await fingerprints(work), key);
  if (head?.status !== 'active') return { result: 'no-match' };
  const { date: inspectedOn } = await latestContent(work, head);
  return { result: 'match', inspectedOn };
};
`,
    },
    {
      file: 'chaincode/payees/look-up-inspection.spec.ts',
      like: 'chaincode/payees/look-up.spec.ts',
      whole: `import { declaration, exporter, openLedger, people, record, refuses } from '../testing/story.js';
import { FakeLedger } from '../testing/fake-ledger.js';

const certificate = () => {
  const { total: _total, ...fact } = declaration();
  return { ...fact, type: 'inspection-certificate', number: 'INSP-1', date: '2026-02-20' } as const;
};
const ask = (ledger: FakeLedger, person: typeof people.bankA | typeof people.tax = people.bankA) =>
  ledger.endorse('lookUpInspection', person, { number: 'insp 1', seller: exporter });

describe('the day of an inspection', () => {
  it('is answered to banks once customs has recorded the certificate, of which two nodes have to sign a change', async () => {
    const ledger = await openLedger();
    expect((await ask(ledger)).answer).toEqual({ result: 'no-match' });
    const { answer, protectedKeys } = await ledger.submit('recordFacts', people.customs, {
      facts: [certificate()],
    });
    expect(answer.items[0]).toMatchObject({ status: 'recorded' });
    expect(protectedKeys).toHaveLength(1);
    expect((await ask(ledger)).answer).toEqual({ result: 'match', inspectedOn: '2026-02-20' });
    await refuses(ledger, 'WRONG_ORGANISATION', () => ask(ledger, people.tax));
  });

  it('is recorded by customs alone', async () => {
    const ledger = await openLedger();
    await expect(record(ledger, certificate(), people.tax)).rejects.toThrow();
  });

  it('is too long ago after a year', async () => {
    const ledger = await openLedger();
    await record(ledger, { ...certificate(), date: '2025-01-02' });
    await refuses(ledger, 'INSPECTION_TOO_OLD', () => ask(ledger));
  });
});
`,
    },
    {
      file: 'chaincode/verbs.ts',
      before: "import { lookUpPayee } from './payees/look-up.js';\n",
      add: "import { lookUpInspection } from './payees/look-up-inspection.js';\n",
    },
    { file: 'chaincode/verbs.ts', before: '  lookUpPayee,\n', add: '  lookUpInspection,\n' },
    {
      file: 'test/authorisation/agreed-functions.ts',
      before: 'bank | readers, service | assessLoan\n',
      add: 'bank | readers | lookUpInspection\n',
    },
    {
      file: 'test/authorisation/others-records.ts',
      before: "  'queryCredit',\n",
      add: "  'lookUpInspection',\n",
    },
  ],
  written: ['docs/authorisation.md'],
};
