import { msp } from '@hyperledger/fabric-protos';
import { IdentityError, type Identity, type Msps } from './identity.js';
import { OrganisationMsp, type OrganisationTrust } from './organisation.js';
import { readCertificate, roleOf } from './read-certificate.js';
import { SignatureVerifier } from './verify-signature.js';

const IDENTITIES_KEPT = 5_000;

/**
 * Opens the identities of a channel's organisations.
 *
 * @throws IdentityError when an organisation's roots cannot be read.
 */
export function openMsps(organisations: readonly OrganisationTrust[]): Msps {
  return new ChannelMsps(organisations);
}

class ChannelMsps implements Msps {
  readonly #organisations: ReadonlyMap<string, OrganisationMsp>;
  readonly #bySerialized = new Map<string, Identity>();
  readonly #ids = new Map<string, number>();
  readonly #verifier = new SignatureVerifier();
  #lastId = 0;

  constructor(organisations: readonly OrganisationTrust[]) {
    this.#organisations = new Map(organisations.map((trust) => [trust.mspId, new OrganisationMsp(trust)]));
  }

  get mspIds(): readonly string[] {
    return [...this.#organisations.keys()];
  }

  identity(serialized: Uint8Array): Identity {
    const key = Buffer.from(serialized.buffer, serialized.byteOffset, serialized.byteLength).toString(
      'latin1',
    );
    const known = this.#bySerialized.get(key);
    if (known !== undefined) return known;
    const identity = this.#open(serialized);
    if (this.#bySerialized.size >= IDENTITIES_KEPT) this.#bySerialized.clear();
    this.#bySerialized.set(key, identity);
    return identity;
  }

  #open(serialized: Uint8Array): Identity {
    let message;
    try {
      message = msp.SerializedIdentity.deserializeBinary(serialized);
    } catch {
      throw new IdentityError('The identity cannot be read');
    }
    const mspId = message.getMspid();
    if (!this.#organisations.has(mspId)) throw new IdentityError(`MSP ${mspId} is unknown`);
    const certificate = readCertificate(message.getIdBytes_asU8());
    return {
      mspId,
      serialized,
      certificate,
      publicKey: certificate.publicKey,
      role: roleOf(certificate),
      expiresAt: Date.parse(certificate.validTo),
      id: this.#idOf(`${mspId}:${certificate.fingerprint256}`),
    };
  }

  /** The same certificate has the same id however its PEM was laid out, so that it counts once in a policy. */
  #idOf(name: string): number {
    const id = this.#ids.get(name) ?? ++this.#lastId;
    this.#ids.set(name, id);
    return id;
  }

  validate(identity: Identity): void {
    this.#organisation(identity.mspId).validate(identity);
  }

  expired(identity: Identity, at: number): boolean {
    return at > identity.expiresAt;
  }

  verify(identity: Identity, message: Uint8Array, signature: Uint8Array): boolean {
    return this.#verifier.verify(identity, message, signature);
  }

  holderOf(identity: Identity): string {
    return this.#organisation(identity.mspId).holderOf(identity);
  }

  addRoots(mspId: string, rootCerts: string): void {
    this.#organisation(mspId).addRoots(rootCerts);
  }

  addRevocationList(mspId: string, list: string | Uint8Array): void {
    this.#organisation(mspId).addRevocationList(list);
  }

  #organisation(mspId: string): OrganisationMsp {
    const organisation = this.#organisations.get(mspId);
    if (organisation === undefined) throw new IdentityError(`MSP ${mspId} is unknown`);
    return organisation;
  }
}
