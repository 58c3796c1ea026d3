import { once } from 'node:events';
import { request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import { pino } from 'pino';
import { CleanUps } from '../start/clean-ups.js';
import { listen } from '../start/listen.js';
import { clientCertificateOf } from './client-certificate.js';
import { TlsAuthority } from './testing/tls-authority.js';
import type { End } from './testing/tls-authority.js';
import { TlsDoor } from './tls-door.js';

const log = pino({ level: 'silent' });

describe('TLS at the door', () => {
  let authority: TlsAuthority;
  let server: End;
  let cleanUps: CleanUps;

  beforeEach(async () => {
    authority = await TlsAuthority.open();
    server = await authority.certify('gateway');
    cleanUps = new CleanUps();
  });
  afterEach(async () => {
    await cleanUps.run();
    authority.close();
  });

  const files = (clientCertificates: 'none' | 'asked' | 'required' = 'none') => ({
    certificateFile: authority.write('tls.crt', server.cert),
    keyFile: authority.write('tls.key', server.key),
    clientCertificates,
    ...(clientCertificates !== 'none' && { clientCaFile: authority.write('clients.crt', authority.cert) }),
  });

  /** @returns the address of a server that answers whose certificate it was shown. */
  async function open(asked: Parameters<typeof files>[0] = 'none', more: object = {}): Promise<string> {
    const tls = await TlsDoor.open({ ...files(asked), ...more }, log, 20);
    return listen(
      (incoming, response) => {
        response.end(clientCertificateOf(incoming)?.subject ?? 'nobody');
      },
      log,
      { host: '127.0.0.1', port: 0, drainMs: 1_000, tls },
      () => undefined,
      cleanUps,
    );
  }

  /** Asks over a connection of its own. @returns the answer, and the serial number of what the server has shown. */
  async function ask(url: string, shown?: Partial<End>): Promise<{ text: string; serial: string }> {
    const asking = request(url, { ca: authority.cert, agent: false, ...shown });
    asking.end();
    const [answer] = (await once(asking, 'response')) as [IncomingMessage];
    const serial = answer.socket instanceof TLSSocket ? answer.socket.getPeerCertificate().serialNumber : '';
    let text = '';
    for await (const part of answer) text += String(part);
    return { text, serial };
  }

  it('is spoken with the certificate of the configuration, and with nothing older than TLS 1.2', async () => {
    const url = await open();
    expect(url).toMatch(/^https:/);
    expect((await ask(url)).text).toBe('nobody');
    await expect(ask(url, { maxVersion: 'TLSv1.1', minVersion: 'TLSv1.1' } as object)).rejects.toThrow();
    await expect(fetch(url.replace('https', 'http'))).rejects.toThrow();
  });

  it('takes another certificate while it runs, once its key is there too', async () => {
    const url = await open();
    const { serial } = await ask(url);
    const next = await authority.certify('gateway');
    authority.write('tls.crt', next.cert);
    // Looked at several times meanwhile: a certificate without its key ends nothing.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await ask(url)).serial).toBe(serial);
    authority.write('tls.key', next.key);
    const isAnother = async () => (await ask(url)).serial !== serial;
    while (!(await isAnother()));
  });

  it('knows clients by certificates of the authorities that are named, and by no others', async () => {
    const url = await open('asked');
    const stranger = await TlsAuthority.open('stranger');
    try {
      expect((await ask(url, await authority.certify('erp'))).text).toBe('CN=erp');
      expect((await ask(url, await stranger.certify('erp'))).text).toBe('nobody');
      expect((await ask(url, await authority.certify('erp', -1))).text).toBe('nobody');
      expect((await ask(url)).text).toBe('nobody');
    } finally {
      stranger.close();
    }
  });

  it('knows nobody by a certificate that its authority has taken back, from when the list says so', async () => {
    const [erp, other] = [await authority.certify('erp'), await authority.certify('other')];
    const clientCrlFile = authority.write('clients.crl', await authority.takeBack());
    const url = await open('asked', { clientCrlFile });
    expect((await ask(url, erp)).text).toBe('CN=erp');
    authority.write('clients.crl', await authority.takeBack(erp));
    while ((await ask(url, erp)).text !== 'nobody');
    expect((await ask(url, other)).text).toBe('CN=other');
  });

  it('does not open with a list that is none', async () => {
    const clientCrlFile = authority.write('clients.crl', 'no list');
    await expect(TlsDoor.open({ ...files('asked'), clientCrlFile }, log)).rejects.toThrow(/do not give TLS/);
  });

  it('lets nobody in without a certificate, where one is required', async () => {
    const url = await open('required');
    await expect(ask(url)).rejects.toThrow();
    expect((await ask(url, await authority.certify('erp'))).text).toBe('CN=erp');
  });

  it('does not open with a key that is not the certificate’s', async () => {
    const other = await authority.certify('other');
    const wrong = { ...files(), keyFile: authority.write('other.key', other.key) };
    await expect(TlsDoor.open(wrong, log)).rejects.toThrow(/do not give TLS/);
  });
});
