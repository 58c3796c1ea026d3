import { gateway } from '@hyperledger/fabric-protos';
import type {
  handleUnaryCall,
  ServerUnaryCall,
  ServerWritableStream,
  UntypedServiceImplementation,
} from '@grpc/grpc-js';
import type { Ledger } from '../../ledger/ledger.js';
import type { ChannelAccess } from '../channel-access.js';
import { ConcurrencyLimit } from '../concurrency.js';
import { toServiceError } from '../rpc-error.js';
import { writeTo } from '../write-to.js';
import { chaincodeEvents } from './chaincode-events.js';
import { commitStatus } from './commit-status.js';
import { endorse } from './endorse.js';
import { evaluate } from './evaluate.js';
import type { Nodes } from './nodes.js';
import type { LayoutPlanner } from './plan-layouts.js';
import { submit, type OrderingNode } from './submit.js';

export interface GatewayOptions {
  /** MSP id of the organisation whose gateway this is. */
  readonly home: string;
  readonly nodes: Nodes;
  readonly planner: LayoutPlanner;
  readonly orderer: OrderingNode;
  readonly ledger: Ledger;
  readonly access: ChannelAccess;
  /** Calls at the same time; Fabric's default is 500. */
  readonly maxCalls: number;
}

/** The `gateway.Gateway` service of one organisation's peer. */
export function gatewayService(options: GatewayOptions): UntypedServiceImplementation {
  const { home, nodes, planner, orderer, ledger, access } = options;
  const limit = new ConcurrencyLimit('/gateway.Gateway', options.maxCalls);
  return {
    evaluate: unary(
      limit,
      ({ request }: ServerUnaryCall<gateway.EvaluateRequest, gateway.EvaluateResponse>) =>
        evaluate(request, nodes, home),
    ),
    endorse: unary(limit, ({ request }: ServerUnaryCall<gateway.EndorseRequest, gateway.EndorseResponse>) =>
      endorse(request, nodes, home, planner),
    ),
    submit: unary(limit, ({ request }: ServerUnaryCall<gateway.SubmitRequest, gateway.SubmitResponse>) =>
      submit(request, orderer),
    ),
    commitStatus: unary(
      limit,
      (call: ServerUnaryCall<gateway.SignedCommitStatusRequest, gateway.CommitStatusResponse>) =>
        commitStatus(call.request, ledger, access, signalOf(call)),
    ),
    chaincodeEvents: (
      call: ServerWritableStream<gateway.SignedChaincodeEventsRequest, gateway.ChaincodeEventsResponse>,
    ) => {
      const signal = signalOf(call);
      limit
        .run(async () => {
          for await (const events of chaincodeEvents(call.request, ledger, access, signal)) {
            await writeTo(call, events, signal);
          }
          call.end();
        })
        .catch((error: unknown) => {
          call.emit('error', toServiceError(error));
        });
    },
  };
}

function unary<Request, Response>(
  limit: ConcurrencyLimit,
  serve: (call: ServerUnaryCall<Request, Response>) => Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    limit
      .run(() => serve(call))
      .then(
        (response) => {
          callback(null, response);
        },
        (error: unknown) => {
          callback(toServiceError(error));
        },
      );
  };
}

function signalOf(call: { on(event: 'cancelled', listener: () => void): unknown }): AbortSignal {
  const abort = new AbortController();
  call.on('cancelled', () => {
    abort.abort();
  });
  return abort.signal;
}
