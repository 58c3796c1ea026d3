import type { ClientRequestArgs } from 'node:http';
import { Agent } from 'node:https';
import type { Duplex } from 'node:stream';
import { connect } from 'node:tls';

/** Speaks over TLS with whoever shows one certificate, whatever name stands in it; before that nothing is sent. */
export class PinnedAgent extends Agent {
  readonly fingerprint: string;

  /** @param fingerprint SHA-256 of the certificate, as Node.js writes it. */
  constructor(fingerprint: string) {
    super({ keepAlive: true });
    this.fingerprint = fingerprint;
  }

  override createConnection(
    { host, port }: ClientRequestArgs,
    called?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    // The certificate itself is compared: which authority has signed it says less.
    const socket = connect({ host: host ?? undefined, port: Number(port), rejectUnauthorized: false });
    socket.once('error', (error: Error) => called?.(error, socket));
    socket.once('secureConnect', () => {
      if (socket.getPeerCertificate().fingerprint256 === this.fingerprint) called?.(null, socket);
      else socket.destroy(new Error('The replica that leads shows another certificate than it has named.'));
    });
    return undefined;
  }
}
