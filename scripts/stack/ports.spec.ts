import { warningOfClientPorts } from './ports.js';

describe('ports that the system gives to clients', () => {
  const needed = new Map([
    [7100, 'the discovery document'],
    [40610, 'the peer of Customs'],
  ]);

  it('are told, with where to go instead', () => {
    expect(warningOfClientPorts(needed, [32_768, 60_999])).toContain('Port 40610');
    expect(warningOfClientPorts(needed, [40_610, 40_610])).toContain('below 40610');
  });

  it('are not spoken of where there are none, or nobody knows', () => {
    expect(warningOfClientPorts(needed, [50_000, 60_999])).toBeUndefined();
    expect(warningOfClientPorts(new Map(), [1, 65_535])).toBeUndefined();
  });
});
