import { status } from '@grpc/grpc-js';
import { common, gateway } from '@hyperledger/fabric-protos';
import type { Orderer } from '../../orderer/orderer.js';
import { RpcError } from '../rpc-error.js';

/** An ordering service as a gateway knows it. */
export interface OrderingNode {
  readonly orderer: Orderer;
  /** `host:port` and MSP id, named in errors. */
  readonly address: string;
  readonly mspId: string;
  readonly channel: string;
}

const statusNames = new Map(Object.entries(common.Status).map(([name, value]) => [value as number, name]));

/**
 * Sends a signed transaction to be ordered.
 *
 * @throws RpcError ABORTED when the client is at fault, UNAVAILABLE when the ordering service is.
 */
export async function submit(
  request: gateway.SubmitRequest,
  node: OrderingNode,
): Promise<gateway.SubmitResponse> {
  const transaction = request.getPreparedTransaction();
  if (!transaction) throw new RpcError(status.INVALID_ARGUMENT, 'a prepared transaction is required');
  if (transaction.getSignature_asU8().length === 0) {
    throw new RpcError(status.INVALID_ARGUMENT, 'prepared transaction must be signed');
  }
  if (request.getChannelId() !== node.channel) {
    throw new RpcError(
      status.FAILED_PRECONDITION,
      `failed to get config for channel [${request.getChannelId()}]`,
    );
  }
  const { status: outcome, info } = await node.orderer.broadcast(transaction.serializeBinary());
  if (outcome === common.Status.SUCCESS) return new gateway.SubmitResponse();
  const reason = `received unsuccessful response from orderer: status=${statusNames.get(outcome) ?? outcome}, info=${info}`;
  if (outcome >= 400 && outcome < 500) throw new RpcError(status.ABORTED, reason);
  throw new RpcError(status.UNAVAILABLE, 'no orderers could successfully process transaction', [
    { address: node.address, mspId: node.mspId, message: reason },
  ]);
}
