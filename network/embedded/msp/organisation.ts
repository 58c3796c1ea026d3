import type { X509Certificate } from 'node:crypto';
import { IdentityError, UnknownIssuerError, type Identity } from './identity.js';
import { readCertificates } from './read-certificate.js';
import { canonicalSerial, readRevocationList, type RevocationList } from './revocation-list.js';

/** What an organisation's identities are trusted on. */
export interface OrganisationTrust {
  readonly mspId: string;
  /** PEM of one or several root CAs. */
  readonly rootCerts: string;
  /** Begins without a root; each of its members brings one. */
  readonly isShared?: boolean;
  /** PEM of intermediate CAs, if there are any. */
  readonly intermediateCerts?: string | undefined;
}

const LONGEST_CHAIN = 8;

/** Decides who belongs to one organisation. */
export class OrganisationMsp {
  readonly mspId: string;
  readonly #isShared: boolean;
  readonly #roots = new Set<X509Certificate>();
  readonly #authorities: X509Certificate[] = [];
  /** By the name under which they certify: whose a certificate is does not take the longer the more of them there are. */
  readonly #byName = new Map<string, X509Certificate[]>();
  readonly #lists: RevocationList[] = [];
  /** Outcome by identity, until the next revocation list: undefined means valid. */
  #judged = new WeakMap<Identity, IdentityError | true>();

  constructor({ mspId, rootCerts, isShared = false, intermediateCerts = '' }: OrganisationTrust) {
    this.mspId = mspId;
    this.#isShared = isShared;
    this.#trust(rootCerts, true);
    this.#trust(intermediateCerts, false);
    if (this.#roots.size === 0 && !isShared) throw new IdentityError(`${mspId} has no root certificate`);
  }

  /** Trusts further root CAs from now on; one that it has is not there twice. */
  addRoots(rootCerts: string): void {
    this.#trust(rootCerts, true);
    this.#judged = new WeakMap();
  }

  #trust(certificates: string, isRoot: boolean): void {
    for (const authority of readCertificates(certificates)) {
      const namesakes = this.#byName.get(authority.subject) ?? [];
      if (namesakes.some(({ fingerprint256 }) => fingerprint256 === authority.fingerprint256)) continue;
      this.#byName.set(authority.subject, [...namesakes, authority]);
      this.#authorities.push(authority);
      if (isRoot) this.#roots.add(authority);
    }
  }

  addRevocationList(list: string | Uint8Array): void {
    this.#lists.push(readRevocationList(list, this.#authorities));
    this.#judged = new WeakMap();
  }

  /** @throws IdentityError */
  validate(identity: Identity): void {
    let verdict = this.#judged.get(identity);
    if (verdict === undefined) {
      verdict = this.#faultOf(identity) ?? true;
      this.#judged.set(identity, verdict);
    }
    if (verdict !== true) throw verdict;
  }

  /** Whose somebody is: of those who share an MSP each is known by the authority that certifies its people. */
  holderOf({ certificate }: Identity): string {
    const issuer = this.#isShared ? this.#issuerOf(certificate) : undefined;
    return issuer === undefined ? this.mspId : `${this.mspId} ${issuer.fingerprint256}`;
  }

  #faultOf({ certificate, role, mspId }: Identity): IdentityError | undefined {
    if (certificate.ca)
      return new IdentityError(`A CA certificate of ${mspId} cannot be used as an identity`);
    const issuer = this.#issuerOf(certificate);
    if (issuer === undefined || !this.#isRooted(issuer)) {
      return new UnknownIssuerError(`The certificate is not signed by a CA of ${mspId}`);
    }
    const serial = canonicalSerial(certificate.serialNumber);
    if (this.#lists.some((list) => list.issuer === issuer && list.serials.has(serial))) {
      return new IdentityError(`The certificate of ${mspId} has been revoked`);
    }
    return role === undefined
      ? new IdentityError(
          `The certificate of ${mspId} must name one of the units client, peer, admin and orderer`,
        )
      : undefined;
  }

  #issuerOf(certificate: X509Certificate): X509Certificate | undefined {
    return this.#byName
      .get(certificate.issuer)
      ?.find(
        (authority) =>
          authority.ca && certificate.checkIssued(authority) && certificate.verify(authority.publicKey),
      );
  }

  #isRooted(authority: X509Certificate): boolean {
    let current: X509Certificate | undefined = authority;
    for (let length = 0; current !== undefined && length < LONGEST_CHAIN; length++) {
      if (this.#roots.has(current)) return true;
      current = this.#issuerOf(current);
    }
    return false;
  }
}
