import { PROBE } from '../definition.js';
import { eventsUntil, silent } from '../harness/events.js';
import { fresh } from '../harness/fresh.js';
import { bankB, customs } from '../harness/network.js';
import { arrange, commit, endorse } from '../harness/perform.js';

describe('a chaincode event', () => {
  it('reaches the clients of every organisation with its transaction and block', async () => {
    const { txId, block } = await arrange(customs, [
      ['put', fresh('key'), 'v'],
      ['event', 'happened', 'something'],
    ]);
    const event = (await eventsUntil(bankB, txId, { startBlock: block })).at(-1);

    expect(event).toEqual({
      blockNumber: block,
      transactionId: txId,
      chaincodeName: PROBE.name,
      eventName: 'happened',
      payload: expect.anything() as Uint8Array,
    });
    expect(Buffer.from(event?.payload ?? []).toString()).toBe('something');
  });

  it('is one per transaction: the last one set', async () => {
    const { txId, block } = await arrange(customs, [
      ['event', 'first', '1'],
      ['event', 'last', '2'],
    ]);
    const events = await eventsUntil(customs, txId, { startBlock: block });

    expect(
      events.filter(({ transactionId }) => transactionId === txId).map(({ eventName }) => eventName),
    ).toEqual(['last']);
  });

  it('of a transaction that failed never arrives', async () => {
    const key = fresh('key');
    const good = await endorse(customs, [
      ['get', key],
      ['put', key, 'x'],
      ['event', 'good', ''],
    ]);
    const bad = await endorse(customs, [
      ['get', key],
      ['put', key, 'x'],
      ['event', 'bad', ''],
    ]);
    const { block } = await commit(customs, good);
    await commit(customs, bad);
    const { txId } = await arrange(customs, [['event', 'later', '']]);
    const names = (await eventsUntil(customs, txId, { startBlock: block })).map(({ eventName }) => eventName);

    expect(names).toEqual(expect.arrayContaining(['good', 'later']));
    expect(names).not.toContain('bad');
  });

  it('of another chaincode is left out', async () => {
    const stream = await customs.channel.getChaincodeEvents('another', { startBlock: 0n });
    try {
      expect(await silent(stream[Symbol.asyncIterator]().next())).toBe(true);
    } finally {
      stream.close();
    }
  });
});
