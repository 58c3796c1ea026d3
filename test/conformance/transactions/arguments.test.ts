import { customs } from '../harness/network.js';

describe('the arguments of a transaction', () => {
  it('reach the chaincode as they were sent, empty ones too, behind the name of the function', async () => {
    const args = ['', 'two words', '{"json":true}', '中文', ''];
    const result = await customs.contract.evaluateTransaction('describeArguments', ...args);

    expect(JSON.parse(Buffer.from(result).toString())).toEqual(['describeArguments', ...args]);
  });
});
