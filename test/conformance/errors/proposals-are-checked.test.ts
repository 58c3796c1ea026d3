import { failureOf } from '../harness/failure.js';
import { serializeIdentity, transactionIdOf } from '../harness/identity.js';
import { bankA, customs, profile } from '../harness/network.js';
import { propose } from '../harness/perform.js';
import { evaluateAltered, evaluateSigned, proposalOf } from '../harness/proposals.js';

const proposal = () => propose(customs, [], {}, []);
const REFUSED = 'error validating proposal: ';

describe('a proposal', () => {
  it('is refused under a transaction id that does not follow from nonce and creator', async () => {
    const failure = await failureOf(
      evaluateAltered(customs, proposal(), ({ channelHeader }) => channelHeader.setTxId('made-up')),
    );

    expect(failure.message).toContain(`${REFUSED}incorrectly computed txid 'made-up' -- expected '`);
  });

  it('is refused without a nonce, a creator or a known type', async () => {
    const nonce = evaluateAltered(customs, proposal(), ({ signatureHeader }) => signatureHeader.setNonce(''));
    const creator = evaluateAltered(customs, proposal(), ({ signatureHeader }) => signatureHeader.setCreator(''));
    const type = evaluateAltered(customs, proposal(), ({ channelHeader }) => channelHeader.setType(0));
    const epoch = evaluateAltered(customs, proposal(), ({ channelHeader }) => channelHeader.setEpoch(1));

    expect((await failureOf(nonce)).message).toContain(`${REFUSED}nonce is empty`);
    expect((await failureOf(creator)).message).toContain(`${REFUSED}creator is empty`);
    expect((await failureOf(type)).message).toContain(`${REFUSED}invalid header type MESSAGE`);
    expect((await failureOf(epoch)).message).toContain(`${REFUSED}epoch is non-zero`);
  });

  it('is refused with another person’s signature', async () => {
    const bytes = proposalOf(proposal()).serializeBinary();
    const signature = await bankA.sign(bytes.subarray(0, 32));
    const failure = await failureOf(evaluateSigned(customs, bytes, signature));

    expect(failure.message).toContain(
      `${REFUSED}access denied: channel [${profile.channel}] creator org [${customs.mspId}]`,
    );
  });

  it('is refused from a creator of an unknown organisation', async () => {
    const failure = await failureOf(
      evaluateAltered(customs, proposal(), ({ channelHeader, signatureHeader }) => {
        const creator = serializeIdentity('NowhereMSP', customs.certificate);
        signatureHeader.setCreator(creator);
        channelHeader.setTxId(transactionIdOf(signatureHeader.getNonce_asU8(), creator));
      }),
    );

    expect(failure.message).toContain(
      `${REFUSED}access denied: channel [${profile.channel}] creator org unknown, creator is malformed`,
    );
  });

  it('is refused from a creator whose certificate another organisation issued', async () => {
    const failure = await failureOf(
      evaluateAltered(customs, proposal(), ({ channelHeader, signatureHeader }) => {
        const creator = serializeIdentity(bankA.mspId, customs.certificate);
        signatureHeader.setCreator(creator);
        channelHeader.setTxId(transactionIdOf(signatureHeader.getNonce_asU8(), creator));
      }),
    );

    expect(failure.message).toContain(
      `${REFUSED}access denied: channel [${profile.channel}] creator org [${bankA.mspId}]`,
    );
  });

  it('is refused altogether when it cannot be read', async () => {
    const nothing = evaluateSigned(customs, new Uint8Array(), new Uint8Array());
    const garbage = evaluateSigned(customs, Buffer.from([0xff, 0xff, 0xff]), new Uint8Array());

    expect(await failureOf(nothing)).toEqual({
      code: 'INVALID_ARGUMENT',
      message: 'failed to unpack transaction proposal: a signed proposal is required',
      details: [],
    });
    expect((await failureOf(garbage)).code).toBe('INVALID_ARGUMENT');
  });
});
