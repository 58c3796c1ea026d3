import { CUSTOMS, TAX } from '../definition.js';
import { failureOf } from '../harness/failure.js';
import { customs } from '../harness/network.js';
import { ask, endorse } from '../harness/perform.js';

const REASON = 'SOME_CODE {"detail":"what the chaincode threw"}';
const MESSAGE = `chaincode response 500, ${REASON}`;

describe('what a chaincode throws', () => {
  it('reaches a client that evaluates as UNKNOWN, with the message and who said it', async () => {
    expect(await failureOf(ask(customs, ['fail', REASON]))).toEqual({
      code: 'UNKNOWN',
      message: `evaluate call to endorser returned error: ${MESSAGE}`,
      details: [{ mspId: CUSTOMS, message: MESSAGE }],
    });
  });

  it('reaches a client that named the endorsers as ABORTED, with what each of them said', async () => {
    expect(await failureOf(endorse(customs, [['fail', REASON]]))).toEqual({
      code: 'ABORTED',
      message: 'failed to collect enough transaction endorsements, see attached details for more info',
      details: [CUSTOMS, TAX].map((mspId) => ({ mspId, message: MESSAGE })),
    });
  });

  it('reaches a client that left the choice to its peer as ABORTED, with what that peer said', async () => {
    expect(await failureOf(endorse(customs, [['fail', REASON]], { peers: [] }))).toEqual({
      code: 'ABORTED',
      message: 'failed to endorse transaction, see attached details for more info',
      details: [{ mspId: CUSTOMS, message: MESSAGE }],
    });
  });
});

describe('a function that the chaincode does not have', () => {
  it('is named in the error', async () => {
    const failure = await failureOf(customs.contract.evaluateTransaction('noSuchFunction'));

    expect(failure.code).toBe('UNKNOWN');
    expect(failure.message).toBe(
      "evaluate call to endorser returned error: chaincode response 500, You've asked to invoke a function that does not exist: noSuchFunction",
    );
  });
});
