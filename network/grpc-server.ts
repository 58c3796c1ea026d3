import '@pledgeonce/chaincode/bounded-messages.js';
import { ServerCredentials, type Server } from '@grpc/grpc-js';

/** How long calls under way may go on when a server stops, milliseconds. */
const drainMs = 500;

/**
 * Has a server listen with TLS.
 *
 * @param address `host:port`.
 * @param tls PEM.
 * @returns the port.
 * @throws Error when the address cannot be had.
 */
export function listen(
  server: Server,
  address: string,
  tls: { readonly cert: string; readonly key: string; readonly caCerts: string },
): Promise<number> {
  // Clients show no certificate. Roots are given nevertheless, for without any all roots of the system are read.
  const serverCredentials = ServerCredentials.createSsl(Buffer.from(tls.caCerts), [
    { cert_chain: Buffer.from(tls.cert), private_key: Buffer.from(tls.key) },
  ]);
  return new Promise((resolve, reject) => {
    server.bindAsync(address, serverCredentials, (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
}

/** Stops a server; what is under way for too long is cut off. */
export function shutDown(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => {
      server.forceShutdown();
    }, drainMs);
    server.tryShutdown(() => {
      clearTimeout(force);
      resolve();
    });
  });
}
