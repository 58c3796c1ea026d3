import { Client, credentials } from '@grpc/grpc-js';
import { RenewedChannel } from './renewed-channel.js';

const mebibyte = 1024 * 1024;

/** Where a peer or an orderer is reached, and who vouches for it. */
interface Node {
  /** `host:port`. */
  readonly endpoint: string;
  /** PEM. */
  readonly tlsRootCerts: string;
}

/** A connection to a peer or an orderer: made with the first request, and made again whenever it is lost. */
export function nodeClient({ endpoint, tlsRootCerts }: Node): Client {
  return new Client(endpoint, credentials.createSsl(Buffer.from(tlsRootCerts)), {
    'grpc.keepalive_time_ms': 60_000,
    'grpc.keepalive_timeout_ms': 10_000,
    'grpc.max_receive_message_length': 100 * mebibyte,
    'grpc.max_send_message_length': 100 * mebibyte,
    // A node that was restarted should be found again within half a second, not after two minutes.
    'grpc.initial_reconnect_backoff_ms': 100,
    'grpc.max_reconnect_backoff_ms': 500,
    // Else each connection asks the DNS for a text about the node, which no node has.
    'grpc.service_config_disable_resolution': 1,
    channelFactoryOverride: (...how) => new RenewedChannel(...how),
  });
}
