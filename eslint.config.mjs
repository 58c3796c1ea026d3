import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';
import jest from 'eslint-plugin-jest';
import jsdoc from 'eslint-plugin-jsdoc';
import jsxA11y from 'eslint-plugin-jsx-a11y';

/** What other files can call: exported functions, and the methods of classes that are not private. */
const offered = [
  'ExportNamedDeclaration > FunctionDeclaration',
  'ExportNamedDeclaration > VariableDeclaration > VariableDeclarator > ArrowFunctionExpression',
  'ExportNamedDeclaration > ClassDeclaration > ClassBody > MethodDefinition[key.type!="PrivateIdentifier"][accessibility!="private"] > FunctionExpression',
];

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '.pledgeonce/**',
      '**/*.mjs',
      'gateway/console/site/**',
      'clients/typescript/schema.ts',
    ],
  },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only: one thing, one name.' },
        // What a file needs is read from far to near. What is imported for its effect comes first.
        {
          selector:
            'ImportDeclaration[specifiers.length>0]:not([source.value=/^node:/]) ~ ImportDeclaration[source.value=/^node:/]',
          message: "Node's own modules come first.",
        },
        {
          selector:
            'ImportDeclaration[specifiers.length>0][source.value=/^\\./] ~ ImportDeclaration[specifiers.length>0][source.value=/^[^.]/]',
          message: 'Packages come before own files.',
        },
        {
          selector:
            "ConditionalExpression[test.operator='instanceof'][test.right.name='Error'][consequent.property.name='message']",
          message: 'Say messageOf(error).',
        },
        // It asks for the polyfill while it loads: which other file has loaded it by then differs between versions of Node.
        {
          selector:
            "Program:not(:has(ImportDeclaration[source.value='reflect-metadata'])) > ImportDeclaration[importKind='value'][source.value='@peculiar/x509']",
          message: "Import 'reflect-metadata' first.",
        },
      ],
      // One line says what is used of a module, and one what only its types need.
      'no-duplicate-imports': ['error', { allowSeparateTypeImports: true }],
      // More ways through a function than a reader can hold; the tests of them would be as many.
      complexity: ['error', 20],
    },
  },
  {
    // A declaration file describes several modules, each with imports of its own.
    files: ['**/*.d.ts'],
    rules: { 'no-duplicate-imports': 'off' },
  },
  {
    // A function is read at one look, a file does one thing.
    files: ['**/*.{ts,tsx,cts}'],
    ignores: ['**/*.spec.ts', '**/testing/**', 'test/**/*.test.ts'],
    rules: {
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // Tables with a row for each thing, and what one desk does with the people of an organisation.
    files: [
      'chaincode/claims/api.ts',
      'chaincode/errors.ts',
      'gateway/console/src/i18n/*/texts.ts',
      'gateway/people/people-desk.ts',
    ],
    rules: { 'max-lines': 'off' },
  },
  {
    // A paper or an answer has so many members, each of which may be absent: a branch for each is the table of them.
    files: [
      'chaincode/facts/verify.ts',
      'gateway/documents/dcsa.ts',
      'gateway/documents/invoice.ts',
      'gateway/evidence/verify-receipt.ts',
    ],
    rules: { complexity: ['error', 26] },
  },
  {
    // The embedded network and its conformance suite write constants as Fabric's sources do; everywhere else they are written as what they hold.
    files: ['**/*.{ts,tsx,cts}'],
    ignores: ['network/**', 'test/conformance/**'],
    rules: {
      '@typescript-eslint/naming-convention': [
        'error',
        {
          selector: 'variable',
          format: ['camelCase', 'PascalCase'],
          leadingUnderscore: 'allow',
          trailingUnderscore: 'allow',
        },
        { selector: 'function', format: ['camelCase', 'PascalCase'] },
        { selector: 'typeLike', format: ['PascalCase'] },
      ],
    },
  },
  {
    // What a package offers says in a sentence what its name and types do not, and what it throws.
    files: ['{chaincode,gateway,network,clients}/**/*.{ts,cts}'],
    ignores: ['**/*.spec.ts', '**/*.d.ts', '**/testing/**'],
    plugins: { jsdoc },
    rules: {
      'jsdoc/require-jsdoc': [
        'error',
        {
          publicOnly: { esm: true, ancestorsOnly: true },
          require: { FunctionDeclaration: true, ClassDeclaration: true, ArrowFunctionExpression: true },
          checkConstructors: false,
        },
      ],
      'jsdoc/require-throws': ['error', { contexts: offered }],
      'jsdoc/check-tag-names': ['error', { typed: true }],
      'jsdoc/no-blank-blocks': 'error',
      'jsdoc/no-types': 'error',
    },
  },
  {
    // It compares words of Latin letters.
    files: ['{chaincode,gateway,network,clients}/**/*.{ts,cts}'],
    ignores: ['**/i18n/zh/**', '**/*.spec.ts', '**/testing/**'],
    plugins: { jsdoc },
    rules: { 'jsdoc/informative-docs': 'error' },
  },
  {
    // Under which address a record lies is said by the name: `claimAt`.
    files: ['chaincode/**/records.ts'],
    rules: {
      'jsdoc/require-jsdoc': [
        'error',
        { publicOnly: { esm: true, ancestorsOnly: true }, require: { FunctionDeclaration: true } },
      ],
    },
  },
  {
    files: ['gateway/console/**/*.tsx'],
    ...jsxA11y.flatConfigs.strict,
  },
  {
    // Chaincode must give the same answer on every endorser (docs/decisions/deterministic-chaincode.md).
    files: ['chaincode/**/*.ts'],
    ignores: ['chaincode/**/*.spec.ts', 'chaincode/clock.ts'],
    rules: {
      'no-restricted-globals': ['error', 'Intl', 'fetch', 'setTimeout', 'setInterval', 'performance'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Use the proposal timestamp.' },
        { object: 'Math', property: 'random', message: 'Chaincode is deterministic.' },
      ],
    },
  },
  {
    files: ['**/*.spec.ts', '**/*.test.ts'],
    plugins: { jest },
    rules: { ...jest.configs['flat/recommended'].rules, 'jest/expect-expect': 'off' },
  },
);
