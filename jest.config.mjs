// Tests run from the compiled output: what is tested is what is shipped, and decorators are compiled by tsc.
// Fabric's former client reckons its elliptic curves in JavaScript: in a sandbox each look at Math takes many times as long.
const common = { testEnvironment: 'node', transform: {}, sandboxInjectedGlobals: ['Math'] };

// Properties are tried so many times as often as usual: `npm run campaign -- properties`.
const many = process.env.PROPERTY_RUNS !== undefined;

// Fabric's shim would print a line for each function and each refusal of the contract, wherever a spec loads or starts it.
process.env.CORE_CHAINCODE_LOGGING_LEVEL ??= 'critical';

export default {
  // A test fails by what it finds. How long it may take stops only what hangs: a machine may be busy with other things.
  testTimeout: many ? 600_000 : 30_000,
  projects: [
    {
      ...common,
      displayName: 'unit',
      ...(many && {
        moduleNameMapper: { '^fast-check$': '<rootDir>/test/dist/campaign/properties/fast-check-many.cjs' },
      }),
      testMatch: ['<rootDir>/{chaincode,network,gateway,gateway/console,scripts,test}/dist/**/*.spec.js'],
    },
    ...['acceptance', 'browser', 'conformance', 'faults', 'time'].map((suite) => ({
      ...common,
      displayName: suite,
      testMatch: [`<rootDir>/test/dist/${suite}/**/*.test.js`],
    })),
  ],
};
