import { findPrograms, isRecent, ProgramsMissing, versionOf, whyNoFabric } from './programs.js';

describe("Fabric's programs", () => {
  it('are named when they are not on PATH', () => {
    expect(() => findPrograms('')).toThrow(ProgramsMissing);
    expect(() => findPrograms('')).toThrow(
      'Not on PATH: peer, orderer, configtxgen, configtxlator, osnadmin.',
    );
  });

  it('are what it takes to run Fabric here', () => {
    expect(whyNoFabric('')).toMatch(/^Not on PATH: peer, .* --on embedded/);
  });

  it('tell their version', () => {
    expect(versionOf('peer:\n Version: v3.1.5\n Commit SHA: abc\n')).toBe('v3.1.5');
  });

  it.each([
    ['v3.1.5', true],
    ['3.0.0', true],
    ['v4.0.0', true],
    ['v2.5.9', false],
    ['latest', true],
    ['of an unknown version', false],
  ])('%s is new enough for SmartBFT: %s', (version, expected) => {
    expect(isRecent(version)).toBe(expected);
  });
});
