import { CopiedSources } from './testing/copied-sources.js';
import { documentType } from './testing/document-type.js';
import { endorsementPolicy } from './testing/endorsement-policy.js';
import { error } from './testing/error.js';
import { ledgerFunction } from './testing/ledger-function.js';
import { filesOfPage, recipesOfPage } from './testing/page.js';
import { carryOut, filesOf } from './testing/recipe.js';
import { resource } from './testing/resource.js';

/** In the order of the page. They build on one another: a paper, the address and function that ask after it, and so on. */
const recipes = [documentType, resource, ledgerFunction, error, endorsementPolicy];
/** Compiling everything anew takes long on a busy machine; only what hangs is stopped. */
const patienceMs = 600_000;

/** What proves the recipes: the specs that hold a table to its neighbours, and those that the recipes bring. */
const proving = [
  'chaincode/dist/(contract|errors|schemas)',
  'chaincode/dist/ledger/endorsement',
  'chaincode/dist/payees/look-up-inspection',
  'gateway/dist/api/description/(access-docs|error-docs|openapi)\\.spec',
  'gateway/console/dist/src/i18n/texts',
  'test/dist/authorisation/(functions|page)',
  'scripts/dist/test/(engineering|ledger-model|threat-model)',
].join('|');

it.each(recipes)('$heading: the steps are those of the page, in its order', (recipe) => {
  expect(filesOf(recipe)).toEqual(filesOfPage(recipe.heading));
});

it('every recipe of the page is carried out', () => {
  expect(recipes.map(({ heading }) => heading)).toEqual(recipesOfPage);
});

describe('the recipes, carried out in a copy of the sources', () => {
  let copy: CopiedSources;
  beforeAll(() => {
    copy = new CopiedSources();
    for (const recipe of recipes) carryOut(recipe, copy.folder);
  }, patienceMs);
  afterAll(() => copy.remove(), patienceMs);

  const ended = (code: number) => ({ code, output: expect.any(String) as string });

  it(
    'compile, with the console',
    async () => {
      const tsc = 'node_modules/typescript-native/bin/tsc';
      // In the order of the build: the client is made from what the gateway says, and others call it.
      expect(await copy.run(tsc, '-b', 'gateway')).toEqual({ code: 0, output: '' });
      expect(await copy.run('clients/typescript/generate.mjs')).toEqual({ code: 0, output: '' });
      expect(await copy.run(tsc, '-b')).toEqual({ code: 0, output: '' });
      expect(await copy.run(tsc, '-b', 'tsconfig.console.json')).toEqual({ code: 0, output: '' });
    },
    patienceMs,
  );

  it(
    'are in the pages that npm run docs writes',
    async () => {
      expect(await copy.run('scripts/dist/docs.js')).toEqual(ended(0));
      expect(await copy.run('test/dist/authorisation/write-page.js')).toEqual(ended(0));
      expect(copy.read('docs/errors.md')).toContain('`INSPECTION_TOO_OLD`');
      const access = copy.read('docs/authorisation.md');
      expect(access).toContain('| `lookUpInspection` ');
      expect(access).toContain('| `POST /inspection-look-ups` ');
    },
    patienceMs,
  );

  it(
    'pass the specs: an inspection is recorded, asked after, refused and protected',
    async () => {
      const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--selectProjects', 'unit'];
      const { code, output } = await copy.run(...jest, '--forceExit', '--silent', proving);
      // What failed is what is to be read, not only that something did.
      expect(output.match(/^(?:FAIL|\s+●) .*$/gm) ?? []).toEqual([]);
      expect(code).toBe(0);
      expect(output).toContain('PASS unit chaincode/dist/payees/look-up-inspection.spec.js');
    },
    patienceMs,
  );

  it(
    'leave the structure as it is',
    async () => {
      expect(await copy.run('scripts/dist/structure/main.js')).toMatchObject({
        code: 0,
        output: expect.stringContaining(' 0 wrong') as string,
      });
    },
    patienceMs,
  );
});
