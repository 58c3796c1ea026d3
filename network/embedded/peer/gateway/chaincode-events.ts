import { status } from '@grpc/grpc-js';
import { gateway, orderer, peer } from '@hyperledger/fabric-protos';
import type { CommittedBlock, Ledger } from '../../ledger/ledger.js';
import type { ChannelAccess } from '../channel-access.js';
import { RpcError } from '../rpc-error.js';
import { messageOf } from '../../../message-of.js';

/**
 * Follows the events of one chaincode: one message for each block that has some, events of valid transactions only,
 * in the order of the ledger. A client that names the last transaction it has seen goes on after that one.
 *
 * @throws RpcError
 */
export async function* chaincodeEvents(
  signed: gateway.SignedChaincodeEventsRequest,
  ledger: Ledger,
  access: ChannelAccess,
  signal: AbortSignal,
): AsyncGenerator<gateway.ChaincodeEventsResponse> {
  const request = openRequest(signed, access);
  const isWanted = matcher(request);
  for await (const block of ledger.follow(firstBlock(request, ledger), signal)) {
    const events = eventsOf(block).filter(isWanted);
    if (events.length === 0) continue;
    const response = new gateway.ChaincodeEventsResponse();
    response.setBlockNumber(block.number);
    response.setEventsList(events);
    yield response;
  }
}

/** The events of a block's valid transactions. */
function eventsOf({ transactions }: CommittedBlock): peer.ChaincodeEvent[] {
  return transactions.flatMap(({ code, parsed }) => {
    const bytes = parsed?.action?.event;
    if (code !== peer.TxValidationCode.VALID || !bytes || bytes.length === 0) return [];
    return [peer.ChaincodeEvent.deserializeBinary(bytes)];
  });
}

function openRequest(
  signed: gateway.SignedChaincodeEventsRequest,
  access: ChannelAccess,
): gateway.ChaincodeEventsRequest {
  const bytes = signed.getRequest_asU8();
  if (bytes.length === 0) {
    throw new RpcError(status.INVALID_ARGUMENT, 'a chaincode events request is required');
  }
  let request: gateway.ChaincodeEventsRequest;
  try {
    request = gateway.ChaincodeEventsRequest.deserializeBinary(bytes);
  } catch (error) {
    throw new RpcError(status.INVALID_ARGUMENT, `invalid chaincode events request: ${messageOf(error)}`);
  }
  try {
    access.check('Readers', request.getChannelId(), {
      identity: request.getIdentity_asU8(),
      data: bytes,
      signature: signed.getSignature_asU8(),
    });
  } catch (error) {
    throw new RpcError(status.PERMISSION_DENIED, messageOf(error));
  }
  return request;
}

function firstBlock(request: gateway.ChaincodeEventsRequest, ledger: Ledger): number {
  const after = request.getAfterTransactionId();
  const seen = after === '' ? undefined : ledger.status(after)?.block;
  if (seen !== undefined) return seen;
  const position = request.getStartPosition();
  switch (position?.getTypeCase()) {
    case orderer.SeekPosition.TypeCase.SPECIFIED:
      return position.getSpecified()?.getNumber() ?? 0;
    case orderer.SeekPosition.TypeCase.OLDEST:
    case orderer.SeekPosition.TypeCase.NEWEST:
      throw new RpcError(status.INVALID_ARGUMENT, 'invalid start position type');
    default:
      return ledger.height;
  }
}

/** Nothing matches before the event of the transaction that the client has seen last. */
function matcher(request: gateway.ChaincodeEventsRequest): (event: peer.ChaincodeEvent) => boolean {
  const chaincode = request.getChaincodeId();
  const after = request.getAfterTransactionId();
  let passed = after === '';
  return (event) => {
    if (passed) return event.getChaincodeId() === chaincode;
    passed = event.getTxId() === after;
    return false;
  };
}
