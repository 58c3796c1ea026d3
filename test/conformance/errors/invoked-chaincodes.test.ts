import { customs, profile } from '../harness/network.js';
import { evaluate } from '../harness/perform.js';

describe('a chaincode that invokes another', () => {
  it('learns that there is none of that name', async () => {
    const [answer] = await evaluate(customs, [
      ['try', ['invoke', 'nowhere', ['run', '[]'], profile.channel]],
    ]);

    expect(answer).toEqual({
      error: expect.stringMatching(/INVOKE_CHAINCODE failed: transaction ID: .*nowhere/) as string,
    });
  });

  it('may not invoke the system chaincode for queries', async () => {
    const call = ['invoke', 'qscc', ['GetChainInfo', profile.channel], profile.channel] as const;
    const [answer] = await evaluate(customs, [['try', call]]);

    expect(JSON.stringify(answer)).toContain('Rejecting invoke of QSCC from another chaincode');
  });
});
