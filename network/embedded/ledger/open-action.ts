import { common, ledger, peer } from '@hyperledger/fabric-protos';
import { sha256 } from './bytes.js';
import type { ValidationCode } from './ledger.js';
import { readable } from './readable.js';
import type { CollectionSet, EndorsedAction, NamespaceSet } from './transaction.js';

const { TxValidationCode: Code } = peer;
const { kvrwset } = ledger.rwset;

/** The endorsed part of an envelope and the first fault met while opening it. */
export interface OpenedAction {
  readonly action: EndorsedAction | undefined;
  readonly bodyFault: ValidationCode | undefined;
  readonly actionFault: ValidationCode | undefined;
}

/**
 * Opens the data of an endorser transaction: exactly one action, whose response was made for exactly this proposal.
 */
export function openAction(data: Uint8Array, channelHeader: Uint8Array, extension: Uint8Array): OpenedAction {
  const body = readable(() => openBody(data, channelHeader));
  if (body === undefined) {
    return { action: undefined, bodyFault: Code.INVALID_ENDORSER_TRANSACTION, actionFault: undefined };
  }
  const fault = (actionFault: ValidationCode): OpenedAction => ({
    action: undefined,
    bodyFault: undefined,
    actionFault,
  });
  const headerExtension = readable(() => peer.ChaincodeHeaderExtension.deserializeBinary(extension));
  if (headerExtension === undefined) return fault(Code.BAD_HEADER_EXTENSION);
  const result = readable(() => peer.ChaincodeAction.deserializeBinary(body.response.getExtension_asU8()));
  if (result === undefined || body.response.getExtension_asU8().length === 0) {
    return fault(Code.BAD_RESPONSE_PAYLOAD);
  }
  const namespaces = readable(() => openReadWriteSet(result.getResults_asU8()));
  if (namespaces === undefined) return fault(Code.BAD_RWSET);
  const event = result.getEvents_asU8();
  const actionFault =
    chaincodeFault(headerExtension, result) ??
    eventFault(result) ??
    (hasTwins(namespaces) ? Code.ILLEGAL_WRITESET : undefined);
  const action: EndorsedAction = {
    ...body.parts,
    chaincode: {
      name: result.getChaincodeId()?.getName() ?? '',
      version: result.getChaincodeId()?.getVersion() ?? '',
    },
    response: result.getResponse(),
    event,
    namespaces,
  };
  return { action, bodyFault: undefined, actionFault };
}

/** @throws when it is malformed, which the caller turns into a validation code. */
function openBody(data: Uint8Array, channelHeader: Uint8Array) {
  const [action, ...others] = peer.Transaction.deserializeBinary(data).getActionsList();
  if (action === undefined || others.length > 0) throw new RangeError('A transaction has exactly one action');
  const signatureHeaderBytes = action.getHeader_asU8();
  const signatureHeader = common.SignatureHeader.deserializeBinary(signatureHeaderBytes);
  if (signatureHeader.getNonce_asU8().length === 0 || signatureHeader.getCreator_asU8().length === 0) {
    throw new RangeError('The action has no nonce or creator');
  }
  const payload = peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8());
  const endorsed = payload.getAction();
  if (endorsed === undefined) throw new RangeError('The action is empty');
  const responsePayload = endorsed.getProposalResponsePayload_asU8();
  const response = peer.ProposalResponsePayload.deserializeBinary(responsePayload);
  const proposalPayload = payload.getChaincodeProposalPayload_asU8();
  const proposalHash = response.getProposalHash_asU8();
  if (!sha256(channelHeader, signatureHeaderBytes, proposalPayload).equals(proposalHash)) {
    throw new RangeError('The response belongs to another proposal');
  }
  const endorsements = endorsed.getEndorsementsList().map((one) => ({
    endorser: one.getEndorser_asU8(),
    signature: one.getSignature_asU8(),
  }));
  return { response, parts: { proposalPayload, responsePayload, proposalHash, endorsements } };
}

/** Proposal and response must be of one chaincode, by name and with a version. */
function chaincodeFault(
  extension: peer.ChaincodeHeaderExtension,
  result: peer.ChaincodeAction,
): ValidationCode | undefined {
  const asked = extension.getChaincodeId();
  const answered = result.getChaincodeId();
  if (asked === undefined || answered === undefined) return Code.INVALID_OTHER_REASON;
  const isSound =
    asked.getName() !== '' && asked.getName() === answered.getName() && answered.getVersion() !== '';
  return isSound ? undefined : Code.INVALID_CHAINCODE;
}

function eventFault(result: peer.ChaincodeAction): ValidationCode | undefined {
  const bytes = result.getEvents_asU8();
  if (bytes.length === 0) return undefined;
  const event = readable(() => peer.ChaincodeEvent.deserializeBinary(bytes));
  return event?.getChaincodeId() === result.getChaincodeId()?.getName()
    ? undefined
    : Code.INVALID_OTHER_REASON;
}

function hasTwins(namespaces: readonly NamespaceSet[]): boolean {
  return new Set(namespaces.map(({ namespace }) => namespace)).size !== namespaces.length;
}

/** Opens a serialized `TxReadWriteSet` down to its reads and writes. @throws when a layer is malformed. */
function openReadWriteSet(bytes: Uint8Array): NamespaceSet[] {
  return ledger.rwset.TxReadWriteSet.deserializeBinary(bytes)
    .getNsRwsetList()
    .map((one) => ({
      namespace: one.getNamespace(),
      publicSet: kvrwset.KVRWSet.deserializeBinary(one.getRwset_asU8()),
      collections: one.getCollectionHashedRwsetList().map((collection): CollectionSet => ({
        name: collection.getCollectionName(),
        hashedSet: kvrwset.HashedRWSet.deserializeBinary(collection.getHashedRwset_asU8()),
        privateSetHash: collection.getPvtRwsetHash_asU8(),
      })),
    }));
}
