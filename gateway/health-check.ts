import { readFileSync } from 'node:fs';
import { request as plain } from 'node:http';
import { request as overTls } from 'node:https';

// What a container engine runs every half minute beside a gateway: it ends with 0 when every organisation of the
// configuration answers at its own door. It loads nothing of the gateway, which would take longer than the question.

interface Door {
  readonly host?: string;
  readonly port: number;
  readonly tls?: object;
}

const file = process.argv[2] ?? process.env['PLEDGEONCE_CONFIG'];
if (file === undefined) throw new Error('Say which configuration: health-check.js gateway.json');
const { organisations } = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly organisations: readonly Door[];
};
const answers = await Promise.all(organisations.map(isAlive));
process.exit(answers.every(Boolean) ? 0 : 1);

/** A door that insists on a client's certificate refuses this one as well; that it speaks is enough then. */
async function isAlive({ host = '127.0.0.1', port, tls }: Door): Promise<boolean> {
  // It asks itself on this machine: whose certificate it would be shown is no question.
  const options = {
    host: onThisMachine(host),
    port,
    path: '/livez',
    timeout: 8_000,
    rejectUnauthorized: false,
  };
  return new Promise((resolve) => {
    (tls === undefined ? plain : overTls)(options, (response) => {
      resolve(response.statusCode === 200);
    })
      .once('timeout', () => {
        resolve(false);
      })
      .once('error', (error: Error & { readonly code?: string }) => {
        resolve(error.code?.startsWith('ERR_SSL_') ?? false);
      })
      .end();
  });
}

function onThisMachine(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}
