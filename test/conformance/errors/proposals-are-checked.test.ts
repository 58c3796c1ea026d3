import { failureOf } from '../harness/failure.js';
import { serializeIdentity, transactionIdOf } from '../harness/identity.js';
import { bankA, customs, profile } from '../harness/network.js';
import { propose } from '../harness/perform.js';
import { evaluateAltered, evaluateSigned, proposalOf, type ProposalParts } from '../harness/proposals.js';

const proposal = () => propose(customs, [], {}, []);
const REFUSED = 'error validating proposal: ';

describe('a proposal', () => {
  it('is refused under a transaction id that does not follow from nonce and creator', async () => {
    const failure = await failureOf(
      evaluateAltered(customs, proposal(), ({ channelHeader }) => {
        channelHeader.setTxId('made-up');
      }),
    );

    expect(failure.message).toContain(`${REFUSED}incorrectly computed txid 'made-up' -- expected '`);
  });

  it.each<readonly [string, (parts: ProposalParts) => void]>([
    [
      'nonce is empty',
      ({ signatureHeader }) => {
        signatureHeader.setNonce('');
      },
    ],
    [
      'creator is empty',
      ({ signatureHeader }) => {
        signatureHeader.setCreator('');
      },
    ],
    [
      'invalid header type MESSAGE',
      ({ channelHeader }) => {
        channelHeader.setType(0);
      },
    ],
    [
      'epoch is non-zero',
      ({ channelHeader }) => {
        channelHeader.setEpoch(1);
      },
    ],
  ])('is refused when %s', async (reason, alter) => {
    expect((await failureOf(evaluateAltered(customs, proposal(), alter))).message).toContain(
      `${REFUSED}${reason}`,
    );
  });

  it('is refused with another person’s signature', async () => {
    const bytes = proposalOf(proposal()).serializeBinary();
    const signature = await bankA.sign(bytes.subarray(0, 32));
    const failure = await failureOf(evaluateSigned(customs, bytes, signature));

    expect(failure.message).toContain(
      `${REFUSED}access denied: channel [${profile.channel}] creator org [${customs.mspId}]`,
    );
  });

  it.each([
    ['of an unknown organisation', 'NowhereMSP'],
    ['whose certificate another organisation issued', bankA.mspId],
  ])('is refused from a creator %s', async (_case, mspId) => {
    const failure = await failureOf(
      evaluateAltered(customs, proposal(), ({ channelHeader, signatureHeader }) => {
        const creator = serializeIdentity(mspId, customs.certificate);
        signatureHeader.setCreator(creator);
        channelHeader.setTxId(transactionIdOf(signatureHeader.getNonce_asU8(), creator));
      }),
    );

    expect(failure.message).toContain(
      `${REFUSED}access denied: channel [${profile.channel}] creator org unknown, creator is malformed`,
    );
  });

  it.each([
    ['older', -16],
    ['from the future by more', 16],
  ])('is refused when it is %s than the peers tolerate', async (_case, minutes) => {
    const failure = await failureOf(
      evaluateAltered(customs, proposal(), ({ channelHeader }) => {
        const timestamp = channelHeader.getTimestamp();
        timestamp?.setSeconds(timestamp.getSeconds() + minutes * 60);
        channelHeader.setTimestamp(timestamp);
      }),
    );

    // Never looked at by the endorser: to the gateway service that is a peer that does not answer.
    expect(failure.code).toBe('UNAVAILABLE');
  });

  it('is refused altogether when it cannot be read', async () => {
    const nothing = new Uint8Array();
    const garbage = Buffer.from([0xff, 0xff, 0xff]);

    expect(await failureOf(evaluateSigned(customs, nothing, nothing))).toEqual({
      code: 'INVALID_ARGUMENT',
      message: 'failed to unpack transaction proposal: a signed proposal is required',
      details: [],
    });
    expect((await failureOf(evaluateSigned(customs, garbage, nothing))).code).toBe('INVALID_ARGUMENT');
  });
});
