import { Client, credentials, Server, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { orderer } from '@hyperledger/fabric-protos';
import type { Logger } from 'pino';
import { openEnvelope } from '../embedded/ledger/open-envelope.js';
import type { Msps } from '../embedded/msp/identity.js';
import { listen, shutDown } from '../grpc-server.js';
import { admit, memberBehind } from './admission.js';
import { broadcastThrough } from './broadcast-through.js';
import { Budget, type Allowance } from './budget.js';
import { deliverThrough } from './deliver-through.js';
import { Refusals } from './refusals.js';
import { Visits } from './visit.js';

/** A block comes whole. */
const largestBlock = 100 * 1024 * 1024;
/** What gRPC and protobuf put around an envelope. */
const wrapping = 1024;
/** How often the orderer is asked whether it still hears, milliseconds: it takes it amiss more often than once a minute. */
const pingMs = 70_000;
/** How long it has to answer. */
const patienceMs = 10_000;

/** What one member may do at one door. */
export interface DoorLimits extends Allowance {
  /** Streams that they may have open at the same time. */
  readonly streams: number;
}

export interface DoorOptions {
  /** Listens here, `host:port`. */
  readonly address: string;
  /** PEM. */
  readonly tls: { readonly cert: string; readonly key: string; readonly caCerts: string };
  /** The orderer behind it; nobody else is to reach that one. */
  readonly orderer: { readonly address: string; readonly tlsRootCerts: string };
  readonly channel: string;
  readonly maxEnvelopeBytes: number;
  readonly limits: DoorLimits;
  readonly msps: () => Msps;
  readonly log: Logger;
  /** Where what is refused is counted, for the gateway of the organisation. */
  readonly refusedFile?: string;
  /** How often the orderer is asked whether it still hears, milliseconds. */
  readonly pingEveryMs?: number;
}

/** A door that is open. */
export interface Door {
  readonly port: number;
  close(): Promise<void>;
}

const asIs = {
  requestDeserialize: (bytes: Buffer): Buffer => bytes,
  requestSerialize: (bytes: Buffer): Buffer => bytes,
  responseDeserialize: (bytes: Buffer): Buffer => bytes,
  responseSerialize: (bytes: Buffer): Buffer => bytes,
};
const { broadcast, deliver } = orderer.AtomicBroadcastService;
const definition = { broadcast: { ...broadcast, ...asIs }, deliver: { ...deliver, ...asIs } };

/**
 * Opens the door before an orderer: the same service, for whoever may use it, as much of it as is their share. Bytes are
 * passed on as they came.
 *
 * @throws Error when the address cannot be had.
 */
export async function startDoor(options: DoorOptions): Promise<Door> {
  const { address, tls, maxEnvelopeBytes, limits, msps, log } = options;
  const server = new Server({
    'grpc.max_receive_message_length': maxEnvelopeBytes + wrapping,
    'grpc.max_send_message_length': largestBlock,
  });
  const inner = new Client(
    options.orderer.address,
    credentials.createSsl(Buffer.from(options.orderer.tlsRootCerts)),
    {
      'grpc.max_receive_message_length': largestBlock,
      // A connection that has died unnoticed would keep everybody's streams open, and silent for good.
      'grpc.keepalive_time_ms': options.pingEveryMs ?? pingMs,
      'grpc.keepalive_timeout_ms': Math.min(patienceMs, options.pingEveryMs ?? pingMs),
    },
  );
  const refusals = new Refusals({ log, file: options.refusedFile });
  const visits = new Visits(limits.streams, (mspId, info) => {
    refusals.note({ mspId, reason: 'too-many-streams', info });
  });
  const rules = { channel: options.channel, maxEnvelopeBytes, budget: new Budget(limits), msps };
  const services: UntypedServiceImplementation = {
    broadcast: broadcastThrough({
      visits,
      orderer: inner,
      admit: (bytes) => {
        const admitted = admit(bytes, rules, Date.now());
        const { mspId, refusal } = admitted;
        if (refusal !== undefined) refusals.note({ mspId, reason: refusal.reason, info: refusal.info });
        return admitted;
      },
    }),
    deliver: deliverThrough({
      visits,
      orderer: inner,
      memberBehind: (bytes) => memberBehind(openEnvelope(bytes), msps()),
    }),
  };
  server.addService(definition, services);
  const port = await listen(server, address, tls);
  return {
    port,
    close: async () => {
      await shutDown(server);
      refusals.close();
      inner.close();
    },
  };
}
