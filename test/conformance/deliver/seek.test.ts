import { height } from '../harness/chain.js';
import { fresh } from '../harness/fresh.js';
import { bankA, customs } from '../harness/network.js';
import { arrange } from '../harness/perform.js';
import { seek, type Seek } from '../harness/seek.js';

describe.each(['Deliver', 'DeliverFiltered', 'DeliverWithPrivateData'] as const)('%s', (method) => {
  let last: number;
  const delivered = async (wanted: Seek): ReturnType<typeof seek> => seek(customs, { ...wanted, method });

  beforeAll(async () => {
    // The first block configures the channel: with these two there are three, whichever file runs first.
    for (let block = 1; block <= 2; block++) await arrange(customs, [['put', fresh('key'), 'value']]);
    last = Number((await height(customs)) - 1n);
  });

  it('sends the blocks from one number to another, both included', async () => {
    expect(await delivered({ start: 1, stop: 2 })).toEqual({ numbers: [1, 2], status: 'SUCCESS' });
  });

  it('sends the first block and the newest by their place', async () => {
    expect(await delivered({ start: 'oldest', stop: 'oldest' })).toEqual({ numbers: [0], status: 'SUCCESS' });
    expect(await delivered({ start: 'newest', stop: 'newest' })).toEqual({
      numbers: [last],
      status: 'SUCCESS',
    });
  });

  it('sends everything from the oldest to the newest', async () => {
    const { numbers, status } = await delivered({ start: 'oldest', stop: 'newest' });

    expect(status).toBe('SUCCESS');
    expect(numbers).toEqual(Array.from({ length: last + 1 }, (_, number) => number));
  });

  it('answers NOT_FOUND at the end of the chain when it shall not wait', async () => {
    const wanted = { start: last, stop: last + 10, failIfNotReady: true };

    expect(await delivered(wanted)).toEqual({ numbers: [last], status: 'NOT_FOUND' });
  });

  it('waits for a block that is not there yet', async () => {
    const waiting = delivered({ start: last + 1, stop: last + 1 });
    await arrange(customs, [['put', fresh('key'), 'value']]);

    expect(await waiting).toEqual({ numbers: [last + 1], status: 'SUCCESS' });
  });

  it('refuses a stop before the start, and a request without one of them, as BAD_REQUEST', async () => {
    for (const wanted of [{ start: 2, stop: 1 }, { start: 1 }, { stop: 1 }]) {
      expect(await delivered(wanted)).toEqual({ numbers: [], status: 'BAD_REQUEST' });
    }
  });

  it('does not know another channel', async () => {
    expect(await delivered({ start: 0, stop: 0, channel: 'nowhere' })).toEqual({
      numbers: [],
      status: 'NOT_FOUND',
    });
  });

  it('refuses a false signature as FORBIDDEN', async () => {
    const signature = await bankA.sign(Buffer.alloc(32));

    expect(await delivered({ start: 0, stop: 0, signature })).toEqual({ numbers: [], status: 'FORBIDDEN' });
  });
});
