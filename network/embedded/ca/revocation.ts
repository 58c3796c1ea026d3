import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { DAY, subjectKeyIdentifier } from '../../crypto/issue.js';
import { ECDSA_SHA256, signingKeyOf } from '../../crypto/keys.js';
import { lowSCrypto } from '../../crypto/low-s.js';
import type { Authority } from './authority.js';
import type { IssuedCertificate } from './records.js';
import { type Change, putCertificate } from './store.js';

/** Fabric's programs and openssl read no other. */
const PEM_LABEL = 'X509 CRL';

/** RFC 5280's reasons by the names that Fabric CA takes. */
const REASONS: ReadonlyMap<string, x509.X509CrlReason> = new Map([
  ['keycompromise', x509.X509CrlReason.keyCompromise],
  ['cacompromise', x509.X509CrlReason.cACompromise],
  ['affiliationchanged', x509.X509CrlReason.affiliationChanged],
  ['superseded', x509.X509CrlReason.superseded],
  ['cessationofoperation', x509.X509CrlReason.cessationOfOperation],
  ['certificatehold', x509.X509CrlReason.certificateHold],
  ['removefromcrl', x509.X509CrlReason.removeFromCRL],
  ['privilegewithdrawn', x509.X509CrlReason.privilegeWithdrawn],
  ['aacompromise', x509.X509CrlReason.aACompromise],
]);

/** The code of a reason; what is not known counts as unspecified, as in Fabric CA. */
export function reasonOf(name: string): x509.X509CrlReason {
  return REASONS.get(name) ?? x509.X509CrlReason.unspecified;
}

/** The changes that mark certificates as revoked; those that are already stay as they are. */
export function revoked(
  authority: Authority,
  certificates: readonly IssuedCertificate[],
  reason: x509.X509CrlReason,
): { readonly certificates: IssuedCertificate[]; readonly changes: Change[] } {
  const revokedAt = authority.clock().toISOString();
  const fresh = certificates.filter((one) => !one.revokedAt).map((one) => ({ ...one, revokedAt, reason }));
  return { certificates: fresh, changes: fresh.flatMap(putCertificate) };
}

/** Hands the new revocation list to the network, so that nobody who was revoked is served once the caller is told. */
export async function announceRevocation(
  authority: Authority,
  certificates: readonly IssuedCertificate[],
): Promise<void> {
  if (certificates.length === 0) return;
  for (const { id, serial } of certificates) authority.log.info({ id, serial }, 'certificate revoked');
  authority.onRevocation(await revocationList(authority));
}

/** At the start: the network must not forget who was revoked before. */
export async function announceKnownRevocations(authority: Authority): Promise<void> {
  const certificates = await authority.store.certificates();
  if (certificates.some(({ revokedAt }) => revokedAt))
    authority.onRevocation(await revocationList(authority));
}

/** Bounds of a revocation list; without them it has every certificate that was revoked. */
export interface Bounds {
  readonly revokedAfter?: Date | undefined;
  readonly revokedBefore?: Date | undefined;
  readonly expireAfter?: Date | undefined;
  readonly expireBefore?: Date | undefined;
}

/** The revocation list as of now, PEM, signed by the authority; the next one is due in a day. */
export async function revocationList(authority: Authority, bounds: Bounds = {}): Promise<string> {
  const root = new x509.X509Certificate(authority.issuer.cert);
  const now = new Date(Math.floor(authority.clock().getTime() / 1000) * 1000);
  const crl = await x509.X509CrlGenerator.create(
    {
      issuer: root.subjectName,
      thisUpdate: now,
      nextUpdate: new Date(now.getTime() + DAY),
      entries: (await revokedCertificates(authority, bounds)).map(entry),
      extensions: [new x509.AuthorityKeyIdentifierExtension(subjectKeyIdentifier(root))],
      signingKey: await signingKeyOf(authority.issuer.key),
      signingAlgorithm: ECDSA_SHA256,
    },
    lowSCrypto,
  );
  return `${x509.PemConverter.encode(crl.rawData, PEM_LABEL).trim()}\n`;
}

async function revokedCertificates({ store }: Authority, bounds: Bounds): Promise<IssuedCertificate[]> {
  const within = (time: string, after?: Date, before?: Date) =>
    (!after || Date.parse(time) > after.getTime()) && (!before || Date.parse(time) < before.getTime());
  return (await store.certificates()).filter(
    ({ revokedAt, notAfter }) =>
      revokedAt !== undefined &&
      within(revokedAt, bounds.revokedAfter, bounds.revokedBefore) &&
      within(notAfter, bounds.expireAfter, bounds.expireBefore),
  );
}

function entry({ serial, revokedAt = '', reason }: IssuedCertificate): x509.X509CrlEntryParams {
  const serialNumber = serial.length % 2 === 0 ? serial : `0${serial}`;
  const revocationDate = new Date(Math.floor(Date.parse(revokedAt) / 1000) * 1000);
  return { serialNumber, revocationDate, ...(reason ? { reason } : {}) };
}
