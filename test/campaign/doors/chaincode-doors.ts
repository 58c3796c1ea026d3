import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Proposal } from '@hyperledger/fabric-gateway';
import { peer } from '@hyperledger/fabric-protos';
import { organisationsFolder } from '@pledgeonce/network/organisation-folder.js';
import { organisationOf } from '@pledgeonce/scripts/stack/description.js';
import { pathsOf } from '@pledgeonce/scripts/stack/options.js';
import { consortium } from '../../acceptance/support/consortium.js';
import { proposalOf } from '../../conformance/harness/proposals.js';
import { chaincodeAddresses } from '../../faults/embedded/processes.js';
import type { Door } from './door.js';

const { ChaincodeMessage } = peer;
const { Type } = ChaincodeMessage;

/** Where a chaincode server listens, and what the peer of a member shows there: PEM. */
export interface ChaincodePlace {
  readonly address: string;
  readonly roots: Buffer;
  readonly key: Buffer;
  readonly certificate: Buffer;
}

/**
 * The first chaincode server, and the TLS key with which the peer of one organisation comes to it: whoever has neither is
 * turned away by TLS.
 *
 * @param owner MSP of the organisation whose server it is.
 */
export function chaincodePlace(owner: string, caller: string): ChaincodePlace {
  const stack = consortium();
  const { network } = pathsOf({ state: stack.state, on: stack.network });
  const [address] = [...chaincodeAddresses(stack.processes.network ?? -1).values()].sort();
  if (address === undefined) throw new Error('No chaincode server runs.');
  const file = (msp: string, ...path: readonly string[]) =>
    readFileSync(join(organisationsFolder(network), organisationOf(stack, msp).name, ...path));
  return {
    address: address.replace('127.0.0.1', 'localhost'),
    roots: file(owner, 'tlsca', 'cert.pem'),
    key: file(caller, 'peer', 'tls', 'server.key'),
    certificate: file(caller, 'peer', 'tls', 'server.crt'),
  };
}

/** What a peer says before anything else: that it takes the server for what it says that it is. */
const welcome = [Type.REGISTERED, Type.READY].map((type) => {
  const message = new ChaincodeMessage();
  message.setType(type);
  return message.serializeBinary();
});

/** What a peer sends to a chaincode server: a transaction to carry out, and an answer to what the chaincode has asked. */
export function chaincodeDoors(proposal: Proposal, channel: string): readonly Door[] {
  const content = proposalOf(proposal);
  const signed = new peer.SignedProposal();
  signed.setProposalBytes(content.serializeBinary());
  const payload = peer.ChaincodeProposalPayload.deserializeBinary(content.getPayload_asU8());
  const spec = peer.ChaincodeInvocationSpec.deserializeBinary(payload.getInput_asU8());
  const transaction = new ChaincodeMessage();
  transaction.setType(Type.TRANSACTION);
  transaction.setPayload(spec.getChaincodeSpec()?.getInput()?.serializeBinary() ?? new Uint8Array());
  transaction.setProposal(signed);
  const answer = new ChaincodeMessage();
  answer.setType(Type.RESPONSE);
  answer.setPayload(Buffer.from('{"docType":"member"}'));
  for (const message of [transaction, answer]) {
    message.setTxid(proposal.getTransactionId());
    message.setChannelId(channel);
  }
  const first = transaction.serializeBinary();
  const door = {
    at: 'chaincode',
    answers: 'stream',
    method: '/protos.Chaincode/Connect',
    signed: (message: Uint8Array) => Promise.resolve(message),
  } as const;
  return [
    { ...door, content: first, before: welcome },
    { ...door, content: answer.serializeBinary(), before: [...welcome, first] },
  ];
}
