import { queryChain } from '../harness/chain.js';
import { failureOf } from '../harness/failure.js';
import { customs, profile } from '../harness/network.js';

const PREFIX = 'evaluate call to endorser returned error: chaincode response 500, ';

describe('the system chaincode for queries', () => {
  it.each([
    [
      'GetBlockByNumber',
      ['99999999'],
      'Failed to get block number 99999999, error no such block number [99999999] in index',
    ],
    [
      'GetBlockByNumber',
      ['many'],
      'Failed to parse block number with error strconv.ParseUint: parsing "many": invalid syntax',
    ],
    [
      'GetTransactionByID',
      ['none'],
      'Failed to get transaction with id none, error no such transaction ID [none] in index',
    ],
    [
      'GetBlockByTxID',
      ['none'],
      'Failed to get block for txID none, error no such transaction ID [none] in index',
    ],
    ['GetBlockByNumber', [], 'missing 3rd argument for GetBlockByNumber'],
  ] as const)('%s of %j is refused', async (method, args, reason) => {
    const failure = await failureOf(queryChain(customs, method, ...args));

    expect(failure).toMatchObject({ code: 'UNKNOWN', message: `${PREFIX}${reason}` });
  });

  it('refuses a function that it does not have, and another channel', async () => {
    const contract = customs.channel.getContract('qscc');
    const elsewhere = await failureOf(contract.evaluateTransaction('GetChainInfo', 'nowhere'));
    const nothing = await failureOf(contract.evaluateTransaction('GetNothing', profile.channel, 'argument'));

    expect(elsewhere.message).toBe(`${PREFIX}Invalid chain ID, nowhere`);
    expect(nothing.message).toContain('GetNothing');
  });
});
