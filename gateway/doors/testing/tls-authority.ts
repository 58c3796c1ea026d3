import { webcrypto } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
  X509Certificate,
  X509CrlGenerator,
} from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
type Keys = webcrypto.CryptoKeyPair;

/** Certificate and key of one end, PEM. */
export interface End {
  readonly cert: string;
  readonly key: string;
}

/** An authority that certifies servers and clients of a test, with a folder for their files. */
export class TlsAuthority {
  readonly folder = mkdtempSync(join(tmpdir(), 'pledgeonce-tls-'));
  readonly #keys: Keys;
  readonly #root: X509Certificate;
  #serial = 1;

  private constructor(keys: Keys, root: X509Certificate) {
    this.#keys = keys;
    this.#root = root;
  }

  static async open(name = 'tests'): Promise<TlsAuthority> {
    const keys = await newKeys();
    const root = await X509CertificateGenerator.createSelfSigned({
      name: [{ CN: [name] }],
      keys,
      signingAlgorithm: algorithm,
      extensions: [new BasicConstraintsExtension(true, undefined, true)],
    });
    return new TlsAuthority(keys, root);
  }

  get cert(): string {
    return this.#root.toString('pem');
  }

  /** @param days May lie in the past: the certificate has ended then. */
  async certify(name: string, days = 1, keys?: Keys): Promise<End> {
    const own = keys ?? (await newKeys());
    const certificate = await X509CertificateGenerator.create({
      serialNumber: String(++this.#serial).padStart(4, '0'),
      subject: [{ CN: [name] }],
      issuer: this.#root.subjectName,
      notBefore: new Date(Date.now() - 30 * 86_400_000),
      notAfter: new Date(Date.now() + days * 86_400_000),
      publicKey: own.publicKey,
      signingKey: this.#keys.privateKey,
      signingAlgorithm: algorithm,
      extensions: [
        new SubjectAlternativeNameExtension([
          { type: 'ip', value: '127.0.0.1' },
          { type: 'dns', value: 'localhost' },
        ]),
      ],
    });
    const key = PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', own.privateKey), 'PRIVATE KEY');
    return { cert: certificate.toString('pem'), key };
  }

  /** The list of certificates that are taken back, PEM. @param ends whose. */
  async takeBack(...ends: readonly End[]): Promise<string> {
    const list = await X509CrlGenerator.create({
      issuer: this.#root.subjectName,
      thisUpdate: new Date(Date.now() - 60_000),
      nextUpdate: new Date(Date.now() + 86_400_000),
      entries: ends.map(({ cert }) => ({ serialNumber: new X509Certificate(cert).serialNumber })),
      signingKey: this.#keys.privateKey,
      signingAlgorithm: algorithm,
    });
    // OpenSSL wants to read the label in full.
    return PemConverter.encode(list.rawData, 'X509 CRL');
  }

  /** Writes a text where a configuration names it. @returns the file. */
  write(name: string, text: string): string {
    const file = join(this.folder, name);
    writeFileSync(file, text);
    return file;
  }

  close(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** A key pair that can be taken out, for certificates and for assertions. */
export function newKeys(): Promise<Keys> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}
