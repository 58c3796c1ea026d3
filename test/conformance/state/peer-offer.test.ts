import { bankA, customs } from '../harness/network.js';
import { ask } from '../harness/perform.js';

describe('a peer that declares itself ready', () => {
  it.each([customs, bankA])(
    'takes a thousand writes in one message, and as many keys to read: $mspId',
    async (member) => {
      expect(await ask(member, ['offer'])).toEqual({
        writeBatch: true,
        writesPerBatch: 1000,
        getMultipleKeys: true,
        keysPerGet: 1000,
      });
    },
  );
});
