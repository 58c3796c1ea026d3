import { failureOf } from '../harness/failure.js';
import { customs } from '../harness/network.js';
import { propose } from '../harness/perform.js';

describe('a deadline that passes', () => {
  it.each(['evaluate', 'endorse'] as const)('ends %s with DEADLINE_EXCEEDED', async (call) => {
    const proposal = propose(customs, [['sleep', 2_000]], {}, [customs.mspId]);

    expect((await failureOf(proposal[call]({ deadline: Date.now() + 300 }))).code).toBe('DEADLINE_EXCEEDED');
  });
});
