import type { status } from '@grpc/grpc-js';
import { GatewayError } from '@hyperledger/fabric-gateway';

/** A failure as the client library tells it, with what each organisation's peer said about it. */
export function gatewayError(
  code: status,
  message: string,
  ...details: readonly (readonly [mspId: string, message: string])[]
): GatewayError {
  return new GatewayError({
    code,
    message,
    details: details.map(([mspId, said]) => ({ mspId, message: said, address: 'peer:7051' })),
    cause: Object.assign(new Error('rpc'), { code, details: '', metadata: {} }) as never,
  });
}
