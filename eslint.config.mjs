import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';
import jest from 'eslint-plugin-jest';
import jsxA11y from 'eslint-plugin-jsx-a11y';

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
