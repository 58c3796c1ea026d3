import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import type { CertificateAuthority, CertificateAuthorityOptions } from './options.js';
import { revocationList } from './revocation.js';
import { ensureSecrets } from './seed.js';
import { listening, openCertificateAuthority, placeOf } from './server.js';
import { writeWhole } from '../../write-whole.js';

/**
 * Listens for a certificate authority that is opened when somebody asks it for the first time: of hundreds of members
 * few have their gateway on this machine. What it has revoked is known from the start all the same.
 *
 * @throws Error when the port is taken.
 */
export async function startOnDemand(options: CertificateAuthorityOptions): Promise<CertificateAuthority> {
  const list = join(options.stateDir, 'revoked.pem');
  if (existsSync(list)) options.onRevocation?.(readFileSync(list, 'utf8'));
  ensureSecrets(options.people);
  const kept = {
    ...options,
    onRevocation: (crl: string) => {
      keep(list, crl);
      options.onRevocation?.(crl);
    },
  };
  let opened: ReturnType<typeof openCertificateAuthority> | undefined;
  const open = () => (opened ??= openCertificateAuthority(kept));
  const server = createServer((socket) => {
    open().then(
      ({ server: authority }) => authority.emit('connection', socket),
      (error: unknown) => {
        refuse(socket, options, error);
        opened = undefined;
      },
    );
  });
  await listening(server, options.port);
  const { port } = server.address() as AddressInfo;
  return {
    ...placeOf(options, port),
    crl: async () => revocationList((await open()).authority),
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      await (await opened)?.close();
      await closed;
    },
  };
}

function refuse(socket: Socket, { log }: CertificateAuthorityOptions, error: unknown): void {
  log.error({ err: error }, 'the certificate authority could not be opened');
  socket.destroy();
}

/** Before a revocation is acknowledged, so that the next start knows of it. */
function keep(file: string, crl: string): void {
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
  writeWhole(file, crl);
}
