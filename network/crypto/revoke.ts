import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { DAY, type Issuer, subjectKeyIdentifier } from './issue.js';
import { ECDSA_SHA256, signingKeyOf } from './keys.js';
import { lowSCrypto } from './low-s.js';

/** Fabric's programs and openssl read no other. */
const PEM_LABEL = 'X509 CRL';
/** Fabric does not ask when a list ends. */
const DAYS = 3650;

/**
 * A revocation list that names one certificate more, signed by the root that has issued it.
 *
 * @param certificate PEM.
 * @param former the list so far, PEM.
 * @returns PEM.
 */
export async function revokedCertificates(
  issuer: Issuer,
  certificate: string,
  former?: string,
  clock = () => new Date(),
): Promise<string> {
  const root = new x509.X509Certificate(issuer.cert);
  const now = new Date(Math.floor(clock().getTime() / 1000) * 1000);
  const { serialNumber } = new x509.X509Certificate(certificate);
  const known = former === undefined ? [] : new x509.X509Crl(former).entries;
  const entries = [
    ...known
      .filter((one) => one.serialNumber !== serialNumber)
      .map((one) => ({ serialNumber: one.serialNumber, revocationDate: one.revocationDate })),
    { serialNumber, revocationDate: now },
  ];
  const crl = await x509.X509CrlGenerator.create(
    {
      issuer: root.subjectName,
      thisUpdate: now,
      nextUpdate: new Date(now.getTime() + DAYS * DAY),
      entries,
      extensions: [new x509.AuthorityKeyIdentifierExtension(subjectKeyIdentifier(root))],
      signingKey: await signingKeyOf(issuer.key),
      signingAlgorithm: ECDSA_SHA256,
    },
    lowSCrypto,
  );
  return `${x509.PemConverter.encode(crl.rawData, PEM_LABEL).trim()}\n`;
}
