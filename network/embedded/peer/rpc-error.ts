import { Metadata, status, type ServiceError, type ServerErrorResponse } from '@grpc/grpc-js';
import { gateway, google } from '@hyperledger/fabric-protos';
import anyProtos from 'google-protobuf/google/protobuf/any_pb.js';
import { messageOf } from '../../message-of.js';

/** What one node had to say about a call that failed. */
export interface NodeError {
  readonly address: string;
  readonly mspId: string;
  readonly message: string;
}

/** A gRPC status to end a call with, and the nodes' own errors that led to it. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  readonly code: status;
  readonly nodes: readonly NodeError[];

  constructor(code: status, message: string, nodes: readonly NodeError[] = []) {
    super(message);
    this.code = code;
    this.nodes = nodes;
  }
}

/** The form in which grpc-js sends an error; details go into the trailer where Fabric's clients look for them. */
export function toServiceError(error: unknown): ServerErrorResponse & Partial<ServiceError> {
  if (!(error instanceof RpcError)) {
    const message = messageOf(error);
    return { name: 'Error', message, code: status.UNKNOWN, details: message };
  }
  const { name, message, code, nodes } = error;
  return {
    name,
    message,
    code,
    details: message,
    ...(nodes.length > 0 ? { metadata: detailsOf(error) } : {}),
  };
}

function detailsOf({ code, message, nodes }: RpcError): Metadata {
  const rpcStatus = new google.rpc.Status();
  rpcStatus.setCode(code);
  rpcStatus.setMessage(message);
  for (const node of nodes) {
    const detail = new gateway.ErrorDetail();
    detail.setAddress(node.address);
    detail.setMspId(node.mspId);
    detail.setMessage(node.message);
    const any = new anyProtos.Any();
    any.pack(detail.serializeBinary(), 'gateway.ErrorDetail');
    rpcStatus.addDetails(any);
  }
  const metadata = new Metadata();
  metadata.set('grpc-status-details-bin', Buffer.from(rpcStatus.serializeBinary()));
  return metadata;
}
