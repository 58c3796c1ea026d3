import type { Recipe } from './recipe.js';

/** The address at which a bank asks after an inspection. */
export const resource: Recipe = {
  heading: 'A resource',
  steps: [
    {
      file: 'gateway/api/inspection-look-ups.ts',
      like: 'gateway/api/payee-look-ups.ts',
      whole: `import { inputSchemas, outputSchemas } from '@pledgeonce/chaincode/api.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { keepQuestion } from './keep-question.js';

/** On which day customs has inspected goods. */
export function inspectionEndpoints(context: ApiContext): Endpoint[] {
  const { ledger, limits } = context;
  return [
    endpoint({
      method: 'post',
      path: '/inspection-look-ups',
      tag: 'verifications',
      summary: 'Ask on which day customs has inspected goods',
      access: 'lookUpInspection',
      perMinute: limits.verificationsPerMinute,
      body: inputSchemas.lookUpInspection,
      answers: { 200: { description: 'What customs has recorded', schema: outputSchemas.lookUpInspection } },
      handle: async ({ body, caller }) => {
        context.questions.assertLeft(caller);
        const output = await ledger.evaluate(caller.signatory, 'lookUpInspection', body);
        const document = { type: 'inspection-certificate', number: body.number } as const;
        await keepQuestion(context, caller, 'verification', document, output.result);
        return { status: 200, body: output };
      },
    }),
  ];
}
`,
    },
    {
      file: 'gateway/api/whole-api.ts',
      before: "import { loanApplicationEndpoints } from './loan-applications.js';\n",
      add: "import { inspectionEndpoints } from './inspection-look-ups.js';\n",
    },
    { file: 'gateway/api/whole-api.ts', before: '  payeeEndpoints,\n', add: '  inspectionEndpoints,\n' },
    {
      file: 'test/acceptance/inspection-look-up.test.ts',
      like: 'test/acceptance/payee-look-up.test.ts',
      whole: `import { bank, consortium, customsOfficer, taxOfficer } from './support/consortium.js';
import { BlockReader } from './support/block-reader.js';
import { declaration, exporter, record } from './support/documents.js';
import { expectRefused } from './support/nothing-written.js';

describe('the day of an inspection', () => {
  let reader: BlockReader;
  beforeAll(async () => {
    reader = await BlockReader.open(consortium());
  });
  afterAll(() => {
    reader.close();
  });

  it('is told to a bank that names the certificate and its exporter; nobody but customs records one', async () => {
    const { total: _total, ...fact } = declaration();
    const certificate = { ...fact, type: 'inspection-certificate', number: \`INSP-\${fact.number}\` } as const;
    const { officer } = await bank('A');
    const question = { number: certificate.number, seller: exporter };
    const ask = async () => (await officer.post('/inspection-look-ups', question)).body;
    const stranger = await taxOfficer();
    await expectRefused(reader, () => stranger.post('/facts', certificate), {
      status: 403,
      code: 'WRONG_ORGANISATION',
    });
    expect(await ask()).toEqual({ result: 'no-match' });
    await record(await customsOfficer(), certificate);
    expect(await ask()).toEqual({ result: 'match', inspectedOn: certificate.date });
  });
});
`,
    },
    {
      file: 'test/authorisation/agreed-operations.ts',
      before: 'bank | readers | GET /transfer-offers\n',
      add: 'bank | readers | POST /inspection-look-ups\n',
    },
  ],
  written: ['docs/authorisation.md'],
};
