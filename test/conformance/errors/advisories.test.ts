import { common, gateway as messages, peer } from '@hyperledger/fabric-protos';
import { callUnary } from '../harness/call.js';
import { failureOf } from '../harness/failure.js';
import { serializeIdentity } from '../harness/identity.js';
import { customs, profile } from '../harness/network.js';
import { broadcast } from '../harness/orderers.js';
import { ask } from '../harness/perform.js';
import { sealed } from '../harness/tamper.js';

type Message = Parameters<typeof callUnary>[2];

/** What clients sent that once ended a node of Fabric: docs/asvs.md has the advisories. */
describe('what an advisory tells of', () => {
  const channel = () => customs.channel.getName();
  const answered = (method: string, request: Message) =>
    failureOf(callUnary(customs, `/gateway.Gateway/${method}`, request, (bytes) => bytes));

  /** A proposal of these bytes, honestly signed. */
  async function signed(content: Uint8Array): Promise<peer.SignedProposal> {
    const proposal = new peer.SignedProposal();
    proposal.setProposalBytes(content);
    proposal.setSignature(await customs.sign(content));
    return proposal;
  }

  function evaluate(proposal?: peer.SignedProposal): Message {
    const request = new messages.EvaluateRequest();
    request.setChannelId(channel());
    if (proposal !== undefined) request.setProposedTransaction(proposal);
    return request;
  }

  function endorse(proposal?: peer.SignedProposal): Message {
    const request = new messages.EndorseRequest();
    request.setChannelId(channel());
    if (proposal !== undefined) request.setProposedTransaction(proposal);
    return request;
  }

  function submit(envelope?: common.Envelope): Message {
    const request = new messages.SubmitRequest();
    request.setChannelId(channel());
    if (envelope !== undefined) request.setPreparedTransaction(envelope);
    return request;
  }

  /** Headers without that of the channel. */
  function withoutChannelHeader(): common.Header {
    const signature = new common.SignatureHeader();
    signature.setCreator(serializeIdentity(customs.mspId, customs.certificate));
    signature.setNonce(Buffer.alloc(24, 1));
    const header = new common.Header();
    header.setSignatureHeader(signature.serializeBinary());
    return header;
  }

  async function stillAnswers(): Promise<void> {
    expect((await failureOf(ask(customs, ['fail', 'STILL_HERE']))).message).toContain('STILL_HERE');
  }

  // CVE-2022-36023
  it('is refused by the gateway service: a request without what it is about', async () => {
    for (const [method, request] of [
      ['Evaluate', evaluate()],
      ['Endorse', endorse()],
      ['Submit', submit()],
      ['CommitStatus', new messages.SignedCommitStatusRequest()],
    ] as const)
      expect([method, (await answered(method, request)).code]).not.toEqual([method, 'UNAVAILABLE']);
    await stillAnswers();
  });

  // CVE-2022-35253
  it('is refused by the gateway service: a proposal without header, or without the header of the channel', async () => {
    const bare = new peer.Proposal();
    bare.setHeader(withoutChannelHeader().serializeBinary());
    for (const content of [new Uint8Array(), new peer.Proposal().serializeBinary(), bare.serializeBinary()]) {
      for (const [method, request] of [
        ['Evaluate', evaluate(await signed(content))],
        ['Endorse', endorse(await signed(content))],
      ] as const)
        expect([method, (await answered(method, request)).code]).not.toEqual([method, 'UNAVAILABLE']);
    }
    await stillAnswers();
  });

  // CVE-2021-43667, CVE-2021-43669
  it('is refused by the orderers: an envelope without payload, without headers, or without that of the channel', async () => {
    const headless = new common.Payload();
    headless.setData(Buffer.from('nothing'));
    const half = new common.Payload();
    half.setHeader(withoutChannelHeader());
    for (const envelope of [
      new common.Envelope(),
      await sealed(customs, headless.serializeBinary()),
      await sealed(customs, half.serializeBinary()),
    ])
      // A door before the orderers may end the stream without a word.
      expect(await broadcast(profile, envelope).catch(() => 'ENDED')).not.toBe('SUCCESS');
    await stillAnswers();
  });
});
