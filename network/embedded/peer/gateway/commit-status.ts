import { status } from '@grpc/grpc-js';
import { gateway } from '@hyperledger/fabric-protos';
import type { Ledger } from '../../ledger/ledger.js';
import type { ChannelAccess } from '../channel-access.js';
import { RpcError } from '../rpc-error.js';
import { messageOf } from '../../../message-of.js';

/**
 * Tells how a transaction ended, waiting until it has.
 *
 * @param signal - aborted when the client gives up.
 * @throws RpcError
 */
export async function commitStatus(
  signed: gateway.SignedCommitStatusRequest,
  ledger: Ledger,
  access: ChannelAccess,
  signal: AbortSignal,
): Promise<gateway.CommitStatusResponse> {
  const request = openRequest(signed);
  try {
    access.check('Readers', request.getChannelId(), {
      identity: request.getIdentity_asU8(),
      data: signed.getRequest_asU8(),
      signature: signed.getSignature_asU8(),
    });
  } catch (error) {
    throw new RpcError(status.PERMISSION_DENIED, messageOf(error));
  }
  const { block, code } = await waitFor(request.getTransactionId(), ledger, signal);
  const response = new gateway.CommitStatusResponse();
  response.setResult(code);
  response.setBlockNumber(block);
  return response;
}

function openRequest(signed: gateway.SignedCommitStatusRequest): gateway.CommitStatusRequest {
  const bytes = signed.getRequest_asU8();
  if (bytes.length === 0) throw new RpcError(status.INVALID_ARGUMENT, 'a commit status request is required');
  let request: gateway.CommitStatusRequest;
  try {
    request = gateway.CommitStatusRequest.deserializeBinary(bytes);
  } catch (error) {
    throw new RpcError(status.INVALID_ARGUMENT, `invalid status request: ${messageOf(error)}`);
  }
  if (request.getIdentity_asU8().length === 0) {
    throw new RpcError(status.INVALID_ARGUMENT, 'no identity provided');
  }
  if (request.getChannelId() === '') throw new RpcError(status.INVALID_ARGUMENT, 'no channel ID provided');
  if (request.getTransactionId() === '') {
    throw new RpcError(status.INVALID_ARGUMENT, 'transaction ID should not be empty');
  }
  return request;
}

async function waitFor(
  txId: string,
  ledger: Ledger,
  signal: AbortSignal,
): ReturnType<Ledger['waitForStatus']> {
  try {
    return await ledger.waitForStatus(txId, signal);
  } catch (error) {
    if (signal.aborted) throw new RpcError(status.CANCELLED, 'context canceled');
    throw new RpcError(status.ABORTED, messageOf(error));
  }
}
