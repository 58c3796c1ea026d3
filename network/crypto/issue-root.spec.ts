import 'reflect-metadata';
import { X509Certificate, createHash, createPublicKey } from 'node:crypto';
import { halfOrder } from '@pledgeonce/chaincode/low-s.js';
import * as x509 from '@peculiar/x509';
import { elementAt, elementsIn } from '../embedded/msp/der.js';
import { issueRoot } from './issue-root.js';
import { DAY, issueCertificate, subjectKeyIdentifier } from './issue.js';
import { ECDSA_SHA256, newKey, publicKeyOf, signingKeyOf } from './keys.js';

const now = new Date('2026-11-30T08:00:00.500Z');
const subject = [{ O: ['bank-c.example.org'] }, { CN: ['ca.bank-c.example.org'] }];
const issue = (days = 7300, name: Parameters<typeof issueRoot>[0] = subject) => {
  const key = newKey();
  return { key, pem: issueRoot(name, key, now, days) };
};

describe('a root certificate', () => {
  it('is signed by its own key, whose it says that it is, and may sign others', () => {
    const { key, pem } = issue();
    const root = new X509Certificate(pem);
    expect(root.ca && root.checkIssued(root) && root.verify(createPublicKey(key))).toBe(true);
    expect(root.publicKey.export({ type: 'spki', format: 'der' })).toEqual(publicKeyOf(key));
    expect([root.subject, root.issuer]).toEqual(
      Array<string>(2).fill('O=bank-c.example.org\nCN=ca.bank-c.example.org'),
    );
    expect(root.toString()).toBe(pem);
    const point = publicKeyOf(key).subarray(-65);
    expect(subjectKeyIdentifier(new x509.X509Certificate(pem))).toBe(
      createHash('sha256').update(point).digest('hex'),
    );
  });

  it('is, byte by byte, what the X.509 library makes of what it says', async () => {
    const { key, pem } = issue();
    const read = new x509.X509Certificate(pem);
    const made = await x509.X509CertificateGenerator.create({
      serialNumber: read.serialNumber,
      subject: new x509.Name([...subject]),
      issuer: new x509.Name([...subject]),
      notBefore: new Date('2026-11-30T07:55:00Z'),
      notAfter: new Date(Math.floor(now.getTime() / 1000) * 1000 + 7300 * DAY),
      publicKey: Uint8Array.from(publicKeyOf(key)),
      signingKey: await signingKeyOf(key),
      signingAlgorithm: ECDSA_SHA256,
      extensions: [
        new x509.KeyUsagesExtension(
          x509.KeyUsageFlags.digitalSignature |
            x509.KeyUsageFlags.keyEncipherment |
            x509.KeyUsageFlags.keyCertSign |
            x509.KeyUsageFlags.cRLSign,
          true,
        ),
        new x509.ExtendedKeyUsageExtension([
          x509.ExtendedKeyUsage.clientAuth,
          x509.ExtendedKeyUsage.serverAuth,
        ]),
        new x509.BasicConstraintsExtension(true, undefined, true),
        new x509.SubjectKeyIdentifierExtension(subjectKeyIdentifier(read)),
      ],
    });
    const partsOf = (certificate: Buffer) => {
      const [certified] = elementsIn(certificate, elementAt(certificate, 0));
      if (certified === undefined) throw new Error('no certificate');
      return elementsIn(certificate, certified).map(({ start, end }) =>
        certificate.subarray(start, end).toString('hex'),
      );
    };
    expect(partsOf(Buffer.from(read.rawData))).toEqual(partsOf(Buffer.from(made.rawData)));
  });

  it('has a serial number and a signature that Fabric leaves as they are', () => {
    for (let count = 0; count < 20; count++) {
      const { pem } = issue();
      const der = new X509Certificate(pem).raw;
      const signature = Buffer.from(new x509.X509Certificate(pem).signature);
      const [, s] = elementsIn(signature, elementAt(signature, 0));
      const bytes = signature.subarray(s?.content, s?.end).toString('hex');
      expect(BigInt(`0x${bytes}`) <= halfOrder).toBe(true);
      expect(new X509Certificate(der).serialNumber).toMatch(/^[4-7][0-9A-F]{31}$/);
    }
  });

  it('has times with four digits of the year from 2050 on, and a name in any script', () => {
    const { pem } = issue(30 * 365, [{ O: ['宁波银行'] }]);
    const { validTo, subject: named } = new X509Certificate(pem);
    expect(validTo).toBe('Nov 22 08:00:00 2056 GMT');
    expect(new x509.X509Certificate(pem).subject).toBe('O=宁波银行');
    expect(named).toContain('O=');
  });

  it('certifies others, who are found by its identifier', async () => {
    const { key, pem } = issue();
    const request = { subject: [{ CN: ['anna'] }], publicKey: publicKeyOf(newKey()), now, days: 10 };
    const usages = [x509.KeyUsageFlags.digitalSignature];
    const own = new X509Certificate(await issueCertificate({ cert: pem, key }, { ...request, usages }));
    const root = new X509Certificate(pem);
    expect(own.checkIssued(root) && own.verify(root.publicKey)).toBe(true);
  });
});
