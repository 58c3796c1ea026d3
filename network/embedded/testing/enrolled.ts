import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { issueCertificate } from '../../crypto/issue.js';
import { keyToPem, newKey, publicKeyOf } from '../../crypto/keys.js';
import type { AuthorityMaterial } from '../../crypto/material.js';

/** Where Fabric CA puts the attributes of a person into their certificate. */
const attributesId = '1.2.3.4.5.6.7.8.1';

/** Somebody with a certificate of an organisation's authority, without the authority's service. */
export interface EnrolledPerson {
  readonly certificate: string;
  /** PKCS #8 PEM. */
  readonly privateKey: string;
}

/** Certifies a person with these attributes, as the organisation's authority would. */
export async function enrolPerson(
  { cert, key }: Pick<AuthorityMaterial, 'cert' | 'key'>,
  id: string,
  attributes: Readonly<Record<string, string>>,
): Promise<EnrolledPerson> {
  const own = newKey();
  const certificate = await issueCertificate(
    { cert, key },
    {
      subject: [{ OU: ['client'] }, { CN: [id] }],
      publicKey: publicKeyOf(own),
      now: new Date(),
      days: 30,
      usages: [x509.KeyUsageFlags.digitalSignature],
      extensions: [
        new x509.Extension(attributesId, false, Buffer.from(JSON.stringify({ attrs: attributes }))),
      ],
    },
  );
  return { certificate, privateKey: keyToPem(own) };
}
