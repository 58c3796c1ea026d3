import { Server } from '@grpc/grpc-js';
import { gateway, peer } from '@hyperledger/fabric-protos';
import { listen, shutDown } from '../../grpc-server.js';
import { atomicBroadcast, atomicBroadcastDefinition } from '../orderer/atomic-broadcast.js';
import type { Orderer } from '../orderer/orderer.js';
import type { Collections } from './collections.js';
import type { DeliverOptions } from './deliver/deliver-blocks.js';
import { deliverService, deliverServiceDefinition } from './deliver/service.js';
import type { Endorser } from './endorser.js';
import { endorserService } from './endorser-service.js';
import { gatewayService, type GatewayOptions } from './gateway/service.js';

/** Fabric's limit of one message. */
const maxMessageBytes = 100 * 1024 * 1024;

export interface PeerServerOptions {
  readonly port: number;
  /** PEM. */
  readonly tls: { readonly cert: string; readonly key: string; readonly caCerts: string };
  readonly endorser: Endorser;
  readonly gateway: GatewayOptions;
  readonly deliver: DeliverOptions;
  readonly collections: Collections;
  /** Of an organisation that orders: its orderer answers here too. */
  readonly orderer?: Orderer | undefined;
}

/** A peer that listens. */
export interface PeerServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Opens one organisation's endpoint on 127.0.0.1 with all services of its peer.
 *
 * @throws Error when the port cannot be had.
 */
export async function startPeerServer(options: PeerServerOptions): Promise<PeerServer> {
  const server = new Server({
    'grpc.max_receive_message_length': maxMessageBytes,
    'grpc.max_send_message_length': maxMessageBytes,
  });
  const { endorser, deliver, collections } = options;
  server.addService(gateway.GatewayService, gatewayService(options.gateway));
  server.addService(deliverServiceDefinition, deliverService(deliver, endorser.mspId, collections));
  server.addService(peer.EndorserService, endorserService(endorser));
  if (options.orderer) {
    server.addService(atomicBroadcastDefinition, atomicBroadcast(options.orderer, deliver));
  }
  const port = await listen(server, `127.0.0.1:${options.port}`, options.tls);
  return { port, close: () => shutDown(server) };
}
