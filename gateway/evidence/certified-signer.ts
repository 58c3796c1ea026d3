import 'reflect-metadata';
import { X509Certificate, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { msp } from '@hyperledger/fabric-protos';
import { X509Certificate as ParsedCertificate } from '@peculiar/x509';
import type { ChannelConfiguration } from './channel-configuration.js';
import { EvidenceError } from './evidence-error.js';
import { isGoodSignature } from './good-signatures.js';

/** Longest chain from a person's certificate to a root. */
const longestChain = 5;

/** Somebody whose certificate an organisation of the channel issued. */
export class CertifiedSigner {
  readonly mspId: string;
  /** The name of the root that certifies them, which tells apart those who share an MSP. */
  readonly root: string;
  readonly #certificate: X509Certificate;
  /** Read once: the same few nodes sign every block. */
  #units: readonly string[] | undefined;
  #key: KeyObject | undefined;

  /**
   * @param at When they signed; undefined where nothing says so, as for blocks.
   * @throws EvidenceError when no authority of the organisation issued the certificate, or it did not hold then.
   */
  constructor(
    configuration: Pick<ChannelConfiguration, 'authorities'>,
    { mspId, certificate }: { readonly mspId: string; readonly certificate: Uint8Array },
    at?: Date,
  ) {
    this.mspId = mspId;
    this.#certificate = open(certificate, mspId);
    const authorities = configuration.authorities.get(mspId);
    if (authorities === undefined) throw new EvidenceError(`${mspId} is no member of the channel.`);
    const { roots, intermediates } = authorities;
    let current = this.#certificate;
    for (let length = 0; ; length++) {
      if (at !== undefined && !holdsAt(current, at)) {
        throw new EvidenceError(`A certificate of ${mspId} did not hold at ${at.toISOString()}.`);
      }
      const root = roots.find((one) => issued(one, current));
      if (root !== undefined) {
        this.root = root.subject.replaceAll('\n', ', ');
        return;
      }
      const next = intermediates.find((one) => issued(one, current));
      if (next === undefined || length === longestChain) {
        throw new EvidenceError(`A certificate says ${mspId}, but no authority of ${mspId} issued it.`);
      }
      current = next;
    }
  }

  /** @throws EvidenceError */
  static ofIdentity(
    configuration: Pick<ChannelConfiguration, 'authorities'>,
    identity: Uint8Array,
    at?: Date,
  ): CertifiedSigner {
    const parsed = msp.SerializedIdentity.deserializeBinary(identity);
    const parts = { mspId: parsed.getMspid(), certificate: parsed.getIdBytes_asU8() };
    return new CertifiedSigner(configuration, parts, at);
  }

  /** PEM. */
  get certificate(): string {
    return this.#certificate.toString();
  }

  /** Names the certificate, so that one signer is not counted twice. */
  get id(): string {
    return this.#certificate.fingerprint256;
  }

  /** The node role or the like that the certificate names. */
  has(unit: string): boolean {
    this.#units ??= new ParsedCertificate(this.#certificate.raw).subjectName.getField('OU');
    return this.#units.includes(unit);
  }

  /** Whether the signature under the message is theirs. */
  signed(message: Uint8Array, signature: Uint8Array): boolean {
    this.#key ??= this.#certificate.publicKey;
    const key = this.#key;
    return isGoodSignature({ signer: this.id, message, signature }, () =>
      verify(key.asymmetricKeyType === 'ed25519' ? null : 'sha256', message, key, signature),
    );
  }
}

function open(certificate: Uint8Array, mspId: string): X509Certificate {
  try {
    return new X509Certificate(certificate);
  } catch {
    throw new EvidenceError(`A certificate of ${mspId} cannot be read.`);
  }
}

function issued(authority: X509Certificate, certificate: X509Certificate): boolean {
  return authority.ca && certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
}

function holdsAt({ validFrom, validTo }: X509Certificate, at: Date): boolean {
  return Date.parse(validFrom) <= at.getTime() && at.getTime() <= Date.parse(validTo);
}
