import { common, ledger, peer } from '@hyperledger/fabric-protos';
import { readHashes } from '../projection/read-block.js';
import type { PrivateHash } from '../projection/read-block.js';
import { sha256 } from './block-header.js';
import { CertifiedSigner } from './certified-signer.js';
import type { ChannelConfiguration } from './channel-configuration.js';
import { EvidenceError } from './evidence-error.js';

/** A transaction whose signatures have been verified. */
export interface EndorsedTransaction {
  readonly transactionId: string;
  readonly creator: CertifiedSigner;
  /** Organisations whose peers endorsed it. */
  readonly endorsers: ReadonlySet<string>;
  /** Public writes of the chaincode. */
  readonly writes: ReadonlyMap<string, string>;
  readonly hashes: readonly PrivateHash[];
}

/**
 * Opens the transaction at a place of a block and verifies its id, its signer and its endorsers.
 *
 * @throws EvidenceError when any of them does not hold.
 */
export function openEndorsed(
  envelopeBytes: Uint8Array,
  { configuration, chaincode }: { readonly configuration: ChannelConfiguration; readonly chaincode: string },
): EndorsedTransaction {
  const envelope = common.Envelope.deserializeBinary(envelopeBytes);
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const channelHeader = payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array();
  const signatureHeader = payload.getHeader()?.getSignatureHeader_asU8() ?? new Uint8Array();
  const header = common.ChannelHeader.deserializeBinary(channelHeader);
  const transactionId = header.getTxId();
  if (header.getChannelId() !== configuration.channel) {
    throw new EvidenceError(`Transaction ${transactionId} is of another channel.`);
  }
  const at = header.getTimestamp()?.toDate() ?? new Date(0);

  const signature = common.SignatureHeader.deserializeBinary(signatureHeader);
  const creator = CertifiedSigner.ofIdentity(configuration, signature.getCreator_asU8(), at);
  if (!creator.signed(envelope.getPayload_asU8(), envelope.getSignature_asU8())) {
    throw new EvidenceError(`Transaction ${transactionId} was not signed by the person whom it names.`);
  }
  const derived = sha256(signature.getNonce_asU8(), signature.getCreator_asU8()).toString('hex');
  if (derived !== transactionId) throw new EvidenceError(`Transaction ${transactionId} has a made-up id.`);

  const { response, answered, endorsements } = openAction(payload);
  const endorsers = new Set<string>();
  for (const endorsement of endorsements) {
    const identity = endorsement.getEndorser_asU8();
    const endorser = CertifiedSigner.ofIdentity(configuration, identity, at);
    const isGood = endorser.signed(Buffer.concat([response, identity]), endorsement.getSignature_asU8());
    if (isGood && endorser.has('peer')) endorsers.add(endorser.mspId);
  }
  const result = peer.ChaincodeAction.deserializeBinary(answered.getExtension_asU8());
  if (result.getChaincodeId()?.getName() !== chaincode) {
    throw new EvidenceError(`Transaction ${transactionId} is of another chaincode.`);
  }
  return {
    transactionId,
    creator,
    endorsers,
    writes: publicWrites(result, chaincode),
    hashes: readHashes(result, chaincode),
  };
}

/** What the endorsers of a transaction answered and signed. */
export interface OpenAction {
  /** Serialized `ProposalResponsePayload`: what is signed, with the signer's identity behind it. */
  readonly response: Uint8Array;
  readonly answered: peer.ProposalResponsePayload;
  readonly endorsements: readonly peer.Endorsement[];
}

/**
 * Opens the one action of a transaction, whether its client has signed it yet or not.
 *
 * @throws EvidenceError when there is not exactly one, or when it answers another proposal.
 */
export function openAction(payload: common.Payload): OpenAction {
  const channelHeader = payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array();
  const signatureHeader = payload.getHeader()?.getSignatureHeader_asU8() ?? new Uint8Array();
  const transactionId = common.ChannelHeader.deserializeBinary(channelHeader).getTxId();
  const [action, ...others] = peer.Transaction.deserializeBinary(payload.getData_asU8()).getActionsList();
  if (action === undefined || others.length > 0) {
    throw new EvidenceError(`Transaction ${transactionId} does not have exactly one action.`);
  }
  const proposed = peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8());
  const response = proposed.getAction()?.getProposalResponsePayload_asU8() ?? new Uint8Array();
  const answered = peer.ProposalResponsePayload.deserializeBinary(response);
  const proposalHash = sha256(channelHeader, signatureHeader, proposed.getChaincodeProposalPayload_asU8());
  if (!proposalHash.equals(answered.getProposalHash_asU8())) {
    throw new EvidenceError(`The endorsements in transaction ${transactionId} are for another proposal.`);
  }
  return { response, answered, endorsements: proposed.getAction()?.getEndorsementsList() ?? [] };
}

function publicWrites(action: peer.ChaincodeAction, chaincode: string): Map<string, string> {
  return new Map(
    ledger.rwset.TxReadWriteSet.deserializeBinary(action.getResults_asU8())
      .getNsRwsetList()
      .filter((set) => set.getNamespace() === chaincode)
      .flatMap((set) => ledger.rwset.kvrwset.KVRWSet.deserializeBinary(set.getRwset_asU8()).getWritesList())
      .filter((write) => !write.getIsDelete())
      .map((write) => [write.getKey(), Buffer.from(write.getValue_asU8()).toString('utf8')]),
  );
}
