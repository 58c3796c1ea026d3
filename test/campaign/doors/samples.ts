import { gateway as messages, peer } from '@hyperledger/fabric-protos';
import type { OrganisationProfile } from '@pledgeonce/network/connection-profile.js';
import type { LedgerClient } from '../../acceptance/support/ledger-client.js';
import { serializeIdentity } from '../../conformance/harness/identity.js';
import { junkOf, wellFormedJunk } from '../../conformance/harness/junk.js';
import { proposalOf } from '../../conformance/harness/proposals.js';
import { seekEnvelope } from '../../conformance/harness/seek.js';
import { preparedOf, sealed } from '../../conformance/harness/tamper.js';
import { authorityDoors } from './authority-doors.js';
import { chaincodeDoors } from './chaincode-doors.js';
import type { Door } from './door.js';

/**
 * Every door at which somebody of a member can knock, each with a valid request: with the certificate of a person at peers
 * and orderers, with that of a peer at a chaincode server, and as registrar at a certificate authority.
 */
export async function doorsFor(
  ledger: LedgerClient,
  organisation: OrganisationProfile,
): Promise<readonly Door[]> {
  const { member } = ledger;
  return [
    ...(await proposalDoors(ledger)),
    await submitDoor(ledger),
    ...watchingDoors(member),
    ...(await blockDoors(member)),
    ...chaincodeDoors(await ledger.propose(...question), member.channel.getName()),
    ...(await authorityDoors(organisation)),
  ];
}

type Member = LedgerClient['member'];

/** Takes anybody's question, and writes nothing. */
const question = ['readMember', { id: 'BankAMSP' }] as const;

async function proposalDoors(ledger: LedgerClient): Promise<readonly Door[]> {
  const { member } = ledger;
  const proposal = await ledger.propose(...question);
  const [channel, txId] = [member.channel.getName(), proposal.getTransactionId()];
  const signedProposal = async (content: Uint8Array) => {
    const signed = new peer.SignedProposal();
    signed.setProposalBytes(content);
    signed.setSignature(await member.sign(content));
    return signed;
  };
  const door = { at: 'peer', answers: 'once', content: proposalOf(proposal).serializeBinary() } as const;
  return [
    {
      ...door,
      method: '/gateway.Gateway/Evaluate',
      signed: async (content) => {
        const request = new messages.EvaluateRequest();
        request.setTransactionId(txId);
        request.setChannelId(channel);
        request.setProposedTransaction(await signedProposal(content));
        return request.serializeBinary();
      },
    },
    {
      ...door,
      method: '/gateway.Gateway/Endorse',
      signed: async (content) => {
        const request = new messages.EndorseRequest();
        request.setTransactionId(txId);
        request.setChannelId(channel);
        request.setProposedTransaction(await signedProposal(content));
        request.setEndorsingOrganizationsList(['CustomsMSP', 'TaxMSP']);
        return request.serializeBinary();
      },
    },
    {
      ...door,
      method: '/protos.Endorser/ProcessProposal',
      signed: async (content) => (await signedProposal(content)).serializeBinary(),
    },
  ];
}

async function submitDoor(ledger: LedgerClient): Promise<Door> {
  const { member } = ledger;
  const transaction = await ledger.endorse(...question);
  return {
    at: 'peer',
    answers: 'once',
    method: '/gateway.Gateway/Submit',
    content: preparedOf(transaction).getEnvelope()?.getPayload_asU8() ?? new Uint8Array(),
    signed: async (content) => {
      const request = new messages.SubmitRequest();
      request.setTransactionId(transaction.getTransactionId());
      request.setChannelId(member.channel.getName());
      request.setPreparedTransaction(await sealed(member, content));
      return request.serializeBinary();
    },
  };
}

/** Whoever waits for the outcome of a transaction, or for events. */
function watchingDoors(member: Member): readonly Door[] {
  const identity = serializeIdentity(member.mspId, member.certificate);
  const status = new messages.CommitStatusRequest();
  status.setTransactionId('0'.repeat(64));
  const events = new messages.ChaincodeEventsRequest();
  events.setChaincodeId('pledgeonce');
  for (const request of [status, events]) {
    request.setChannelId(member.channel.getName());
    request.setIdentity(identity);
  }
  const signedAs =
    (Request: typeof messages.SignedCommitStatusRequest | typeof messages.SignedChaincodeEventsRequest) =>
    async (content: Uint8Array) => {
      const request = new Request();
      request.setRequest(content);
      request.setSignature(await member.sign(content));
      return request.serializeBinary();
    };
  return [
    {
      at: 'peer',
      answers: 'later',
      method: '/gateway.Gateway/CommitStatus',
      content: status.serializeBinary(),
      signed: signedAs(messages.SignedCommitStatusRequest),
    },
    {
      at: 'peer',
      answers: 'stream',
      method: '/gateway.Gateway/ChaincodeEvents',
      content: events.serializeBinary(),
      signed: signedAs(messages.SignedChaincodeEventsRequest),
    },
  ];
}

/** Where blocks are asked for and envelopes handed in: of one form, an envelope. */
async function blockDoors(member: Member): Promise<readonly Door[]> {
  const sought = (await seekEnvelope(member, { start: 'oldest', stop: 1 })).getPayload_asU8();
  const { envelope } = await junkOf(member, wellFormedJunk(100));
  const signed = async (content: Uint8Array) => (await sealed(member, content)).serializeBinary();
  return [
    ...['Deliver', 'DeliverFiltered', 'DeliverWithPrivateData'].map((name): Door => ({
      at: 'peer',
      answers: 'stream',
      method: `/protos.Deliver/${name}`,
      content: sought,
      signed,
    })),
    { at: 'orderer', answers: 'stream', method: '/orderer.AtomicBroadcast/Deliver', content: sought, signed },
    {
      at: 'orderer',
      answers: 'stream',
      method: '/orderer.AtomicBroadcast/Broadcast',
      content: envelope.getPayload_asU8(),
      signed,
    },
  ];
}
