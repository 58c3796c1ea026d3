import { status, type ServiceError } from '@grpc/grpc-js';
import { GatewayError } from '@hyperledger/fabric-gateway';

/** A refusal as a client sees it. */
export interface Failure {
  /** The name of the gRPC status. */
  readonly code: string;
  readonly message: string;
  /** What single nodes said. Their addresses are left out: they are the network's own affair. */
  readonly details: readonly { readonly mspId: string; readonly message: string }[];
}

/**
 * Waits for a call to be refused.
 *
 * @throws Error when it is not refused, or fails for another reason than a refusal by the network.
 */
export async function failureOf(call: Promise<unknown>): Promise<Failure> {
  try {
    await call;
  } catch (error) {
    if (error instanceof GatewayError) {
      const details = error.details.map(({ mspId, message }) => ({ mspId, message }));
      return { code: statusName(error.code), message: error.cause.details, details: details.sort(byMsp) };
    }
    if (isServiceError(error)) return { code: statusName(error.code), message: error.details, details: [] };
    throw error;
  }
  throw new Error('The call was expected to be refused, and was not.');
}

function byMsp(left: { mspId: string }, right: { mspId: string }): number {
  return left.mspId.localeCompare(right.mspId);
}

function statusName(code: number): string {
  return status[code] ?? String(code);
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && 'code' in error && 'details' in error && 'metadata' in error;
}
