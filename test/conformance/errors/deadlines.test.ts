import { failureOf } from '../harness/failure.js';
import { customs } from '../harness/network.js';
import { propose } from '../harness/perform.js';

describe('a deadline that passes', () => {
  it.each(['evaluate', 'endorse'] as const)('ends %s', async (call) => {
    const proposal = propose(customs, [['sleep', 2_000]], {}, [customs.mspId]);

    const { code } = await failureOf(proposal[call]({ deadline: Date.now() + 300 }));

    // The client's clock or the server's, whichever is first: a server that gives up cancels the call.
    expect(['DEADLINE_EXCEEDED', 'CANCELLED']).toContain(code);
  });
});
