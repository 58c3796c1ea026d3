// Tests run from the compiled output: what is tested is what is shipped, and decorators are compiled by tsc.
// A test fails by what it finds. How long it may take stops only what hangs: a machine may be busy with other things.
const common = { testEnvironment: 'node', transform: {}, testTimeout: 30_000 };

export default {
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/{chaincode,network,gateway,gateway/console,scripts}/dist/**/*.spec.js'],
    },
    ...['acceptance', 'browser', 'conformance', 'faults', 'time'].map((suite) => ({
      ...common,
      displayName: suite,
      testMatch: [`<rootDir>/test/dist/${suite}/**/*.test.js`],
    })),
  ],
};
