import { sign, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { peer } from '@hyperledger/fabric-protos';
import { toLowSDer } from '@pledgeonce/chaincode/low-s.js';
import { readSigningIdentity } from '@pledgeonce/network/crypto/read.js';
import { organisationOf, type StackDescription } from '@pledgeonce/scripts/stack/description.js';
import { pathsOf } from '@pledgeonce/scripts/stack/options.js';
import { organisationsFolder } from '@pledgeonce/network/organisation-folder.js';
import type { Parts } from '../../conformance/harness/tamper.js';
import { serializeIdentity } from '../../conformance/harness/identity.js';

/** Somebody who puts a signature under a response, entitled to or not. */
export interface Endorser {
  readonly identity: Uint8Array;
  readonly key: KeyObject;
}

/** The peer of an organisation, for an attacker who has broken into it or runs it. */
export function peerOf(stack: StackDescription, mspId: string): Endorser {
  const { name } = organisationOf(stack, mspId);
  const { network } = pathsOf({ state: stack.state, on: stack.network });
  const { cert, key } = readSigningIdentity(join(organisationsFolder(network), name, 'peer', 'msp'), mspId);
  return { identity: serializeIdentity(mspId, cert), key };
}

/** Puts other endorsements under a transaction, each a good signature of its endorser over the present response. */
export function endorseAs({ action }: Parts, endorsers: readonly Endorser[]): void {
  const endorsed = endorsedActionOf({ action });
  const response = endorsed.getProposalResponsePayload_asU8();
  endorsed.setEndorsementsList(endorsers.map((endorser) => endorsementBy(endorser, response)));
}

/** Changes what the endorsers are said to have answered; their signatures stay as they are. */
export function forgeResult({ action }: Pick<Parts, 'action'>, payload: string): void {
  const endorsed = endorsedActionOf({ action });
  const response = peer.ProposalResponsePayload.deserializeBinary(endorsed.getProposalResponsePayload_asU8());
  const result = peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8());
  result.getResponse()?.setPayload(Buffer.from(payload));
  response.setExtension$(result.serializeBinary());
  endorsed.setProposalResponsePayload(response.serializeBinary());
}

export function endorsedActionOf({ action }: Pick<Parts, 'action'>): peer.ChaincodeEndorsedAction {
  const endorsed = action.getAction();
  if (endorsed === undefined) throw new Error('The transaction has no endorsed action.');
  return endorsed;
}

export function endorsementBy({ identity, key }: Endorser, response: Uint8Array): peer.Endorsement {
  const endorsement = new peer.Endorsement();
  endorsement.setEndorser(identity);
  endorsement.setSignature(
    toLowSDer(sign('sha256', Buffer.concat([response, identity]), { key, dsaEncoding: 'ieee-p1363' })),
  );
  return endorsement;
}
