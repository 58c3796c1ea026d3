import { common } from '@hyperledger/fabric-protos';
import { PROBE } from '../definition.js';
import { filteredBlock } from '../harness/deliver.js';
import { fresh } from '../harness/fresh.js';
import { customs, profile } from '../harness/network.js';
import { arrange, commit, endorse } from '../harness/perform.js';
import { codeName } from '../harness/validation-code.js';

describe('a filtered block', () => {
  it('tells ids, types, verdicts and events without their payload', async () => {
    const { txId, block: number } = await arrange(customs, [
      ['put', fresh('key'), 'v'],
      ['event', 'happened', 'secret'],
    ]);
    const block = await filteredBlock(customs, number);
    const transaction = block.getFilteredTransactionsList().find((one) => one.getTxid() === txId);
    const [action] = transaction?.getTransactionActions()?.getChaincodeActionsList() ?? [];
    const event = action?.getChaincodeEvent();

    expect([block.getChannelId(), BigInt(block.getNumber())]).toEqual([profile.channel, number]);
    expect(transaction?.getType()).toBe(common.HeaderType.ENDORSER_TRANSACTION);
    expect(codeName(transaction?.getTxValidationCode() ?? -1)).toBe('VALID');
    expect([event?.getEventName(), event?.getTxId(), event?.getChaincodeId()]).toEqual([
      'happened',
      txId,
      PROBE.name,
    ]);
    expect(event?.getPayload_asU8()).toHaveLength(0);
  });

  it('tells of failed transactions too', async () => {
    const key = fresh('key');
    const first = await endorse(customs, [
      ['get', key],
      ['put', key, 'first'],
    ]);
    const second = await endorse(customs, [
      ['get', key],
      ['put', key, 'second'],
    ]);
    await commit(customs, first);
    const { txId, block } = await commit(customs, second);
    const transactions = (await filteredBlock(customs, block)).getFilteredTransactionsList();
    const code = transactions.find((one) => one.getTxid() === txId)?.getTxValidationCode() ?? -1;

    expect(codeName(code)).toBe('MVCC_READ_CONFLICT');
  });

  it('names the configuration of the channel as such', async () => {
    const [config] = (await filteredBlock(customs, 0n)).getFilteredTransactionsList();

    expect(config?.getType()).toBe(common.HeaderType.CONFIG);
  });
});
