import { common } from '@hyperledger/fabric-protos';
import type { Member } from './member.js';

/** Asks the system chaincode that tells about the chain, on the member's own peer. */
export async function queryChain(
  member: Member,
  method: string,
  ...args: (string | Uint8Array)[]
): Promise<Uint8Array> {
  const contract = member.channel.getContract('qscc');
  const proposal = contract.newProposal(method, {
    arguments: [member.channel.getName(), ...args],
    endorsingOrganizations: [member.mspId],
  });
  return proposal.evaluate();
}

export async function chainInfo(member: Member): Promise<common.BlockchainInfo> {
  return common.BlockchainInfo.deserializeBinary(await queryChain(member, 'GetChainInfo'));
}

/** How many blocks the member's peer has: the number of the next one. */
export async function height(member: Member): Promise<bigint> {
  return BigInt((await chainInfo(member)).getHeight());
}
