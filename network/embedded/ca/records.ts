import type { X509CrlReason } from '@peculiar/x509';
import type { StoredSecret } from './secret.js';

/** A property of an identity; with `ecert` it goes into certificates without being asked for. */
export interface Attribute {
  readonly name: string;
  readonly value: string;
  readonly ecert?: boolean | undefined;
}

/** Somebody who may enrol. */
export interface Identity {
  readonly id: string;
  /** `client`, `peer`, `orderer`, `admin` …: becomes the certificate's organisational unit. */
  readonly type: string;
  /** Dotted path; empty for the root. */
  readonly affiliation: string;
  readonly attributes: readonly Attribute[];
  /** How often the secret may be used; -1 for no limit. */
  readonly maxEnrollments: number;
  readonly enrollments: number;
  readonly revoked: boolean;
  /** Wrong secrets since the last right one. */
  readonly wrongSecrets: number;
  readonly secret: StoredSecret;
}

/** A certificate that this authority has issued. */
export interface IssuedCertificate {
  /** Hexadecimal as Fabric CA keeps it: lower case, no leading zeros; so is the authority key identifier. */
  readonly serial: string;
  readonly aki: string;
  /** Enrolment id of the owner. */
  readonly id: string;
  readonly pem: string;
  /** ISO 8601, as are the other times. */
  readonly notAfter: string;
  readonly revokedAt?: string;
  /** RFC 5280 reason code. */
  readonly reason?: X509CrlReason;
}

/** The form in which serial numbers and key identifiers are compared. */
export function canonicalHex(text: string): string {
  return text.toLowerCase().replaceAll(':', '').replace(/^0+/, '');
}

/** The value of an attribute as it was registered; undefined where there is none. */
export function attributeOf(identity: Identity, name: string): string | undefined {
  return identity.attributes.find((attribute) => attribute.name === name)?.value;
}
