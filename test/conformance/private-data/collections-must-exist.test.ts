import { PROBE } from '../definition.js';
import { customs, profile } from '../harness/network.js';
import { evaluate } from '../harness/perform.js';

describe('a collection that is not defined', () => {
  it('is refused by name', async () => {
    const answers = await evaluate(customs, [
      ['try', ['getPrivate', 'nowhere', 'key']],
      ['try', ['putPrivate', 'nowhere', 'key', 'value']],
      ['try', ['privateHash', 'nowhere', 'key']],
    ]);
    const reason = `collection ${profile.channel}/${PROBE.name}/nowhere could not be found`;

    expect(answers).toEqual(answers.map(() => ({ error: expect.stringContaining('nowhere') as string })));
    expect(answers[0]).toEqual({ error: expect.stringContaining(reason) as string });
  });
});
