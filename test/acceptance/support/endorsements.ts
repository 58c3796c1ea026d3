import { createHash, createPrivateKey, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { signers } from '@hyperledger/fabric-gateway';
import { peer } from '@hyperledger/fabric-protos';
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
export async function endorseAs({ action }: Parts, endorsers: readonly Endorser[]): Promise<void> {
  const endorsed = endorsedActionOf({ action });
  const response = endorsed.getProposalResponsePayload_asU8();
  endorsed.setEndorsementsList(
    await Promise.all(endorsers.map((endorser) => endorsementBy(endorser, response))),
  );
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

export async function endorsementBy(
  { identity, key }: Endorser,
  response: Uint8Array,
): Promise<peer.Endorsement> {
  const sign = signers.newPrivateKeySigner(createPrivateKey(key.export({ format: 'pem', type: 'pkcs8' })));
  const endorsement = new peer.Endorsement();
  endorsement.setEndorser(identity);
  endorsement.setSignature(await sign(createHash('sha256').update(response).update(identity).digest()));
  return endorsement;
}
