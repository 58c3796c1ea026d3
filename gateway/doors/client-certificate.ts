import { X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';

/**
 * The certificate that the other end of this very connection has shown and that an authority of the configuration has
 * signed; undefined where there is none, also behind a proxy: what a header says of a certificate is believed from nobody.
 */
export function clientCertificateOf({
  socket,
}: Pick<IncomingMessage, 'socket'>): X509Certificate | undefined {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined;
  return socket.getPeerX509Certificate();
}
