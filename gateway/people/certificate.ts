import { commonNameOf } from '@pledgeonce/chaincode/rules/common-name.js';
import type { Role } from '@pledgeonce/chaincode/permissions.js';
import 'reflect-metadata';
import { X509Certificate as ParsedCertificate } from '@peculiar/x509';
import { z } from 'zod';
import { Kept } from '../kept.js';

/** Where Fabric's certificate authority puts the attributes of a person, as JSON. */
const attributeExtension = '1.2.3.4.5.6.7.8.1';
const roles = ['officer', 'approver', 'auditor', 'viewer', 'admin'] as const satisfies readonly Role[];

const attributesSchema = z.object({
  attrs: z.object({
    role: z.enum(roles).optional().catch(undefined),
    uscc: z.string().optional(),
  }),
});

/** What a certificate says of its holder. */
export interface CertifiedPerson {
  readonly enrolmentId: string;
  /** Absent for technical identities. */
  readonly role: Role | undefined;
  /** The enterprise that the person acts for. */
  readonly uscc: string | undefined;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Hexadecimal in lower case, without leading zeros. */
  readonly serial: string;
}

/** Reads the person out of an enrolment certificate (PEM). */
export function readCertificate(pem: string): CertifiedPerson {
  const certificate = new ParsedCertificate(pem);
  const extension = certificate.getExtension(attributeExtension);
  const attributes =
    extension === null
      ? {}
      : attributesSchema.parse(JSON.parse(Buffer.from(extension.value).toString('utf8'))).attrs;
  return {
    enrolmentId: commonNameOf(pem),
    role: attributes.role,
    uscc: attributes.uscc,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    serial: canonicalSerial(certificate.serialNumber),
  };
}

/** One spelling for a serial number, whoever wrote it. */
export function canonicalSerial(hex: string): string {
  return hex
    .toLowerCase()
    .replaceAll(':', '')
    .replace(/^0+(?=.)/, '');
}

/** Names that are kept. The same few people sign most transactions, and parsing a certificate takes longest of all. */
const names = new Kept<string>(1000);

/** The CN of a certificate's subject. */
export function commonName(pem: string): string {
  return names.of(pem, () => commonNameOf(pem));
}
