import { randomBytes } from 'node:crypto';
import type { Role } from '@pledgeonce/chaincode/permissions.js';
import type { CertificateAuthority } from './certificate-authority.js';
import { readCertificate } from './certificate.js';
import type { Identity, IdentityStore } from './wallet.js';

const registrarLabel = 'registrar';
const day = 24 * 60 * 60_000;

/**
 * The technical identities of a gateway. Registrar and reader have no role, so neither can transact; the clerk has one
 * that allows nothing but what a deadline demands and what a bank's mandate covers.
 */
export class ServiceIdentities {
  readonly #store: IdentityStore;
  readonly #authority: CertificateAuthority;
  readonly #registrar: { readonly id: string; readonly secret: string };
  #opened: Promise<Identity> | undefined;

  /** @param store A store of its own, so that no person's label can name these identities. */
  constructor(
    store: IdentityStore,
    authority: CertificateAuthority,
    registrar: { readonly id: string; readonly secret: string },
  ) {
    this.#store = store;
    this.#authority = authority;
    this.#registrar = registrar;
  }

  /** Registers, lists and revokes people at the certificate authority. */
  async registrar(): Promise<Identity> {
    const present = await this.#opened;
    if (present !== undefined && needsRenewal(present)) this.#opened = undefined;
    return (this.#opened ??= this.#openRegistrar().catch((error: unknown) => {
      this.#opened = undefined;
      throw error;
    }));
  }

  /** Reads the block stream of the organisation's own peer. */
  reader(): Promise<Identity> {
    return this.#service('gateway');
  }

  /** Does what a deadline demands and decides loans by the bank's rules, when nobody is at the keyboard. */
  clerk(): Promise<Identity> {
    return this.#service('clerk', 'service');
  }

  async #service(label: string, role?: Role): Promise<Identity> {
    // Sealed by the host's key alone: the gateway must resume without a person at the keyboard.
    const stored = await this.#store.open(label, '');
    if (stored !== undefined && !needsRenewal(stored)) return stored;
    // A name of its own per installation: one that lost its state cannot know the secret of the former.
    const enrolmentId = `${label}-${randomBytes(4).toString('hex')}`;
    const secret = await this.#authority.register(
      { enrolmentId, ...(role !== undefined && { role }) },
      await this.registrar(),
    );
    const identity = await this.#authority.enrol(enrolmentId, secret);
    await this.#store.save(label, '', identity);
    return identity;
  }

  async #openRegistrar(): Promise<Identity> {
    const stored = await this.#store.open(registrarLabel, '');
    if (stored !== undefined && !needsRenewal(stored)) return stored;
    const identity = await this.#authority.enrol(this.#registrar.id, this.#registrar.secret);
    await this.#store.save(registrarLabel, '', identity);
    return identity;
  }
}

/** When a technical identity is replaced, a week before it ends, because nobody signs in for it. Milliseconds since 1970. */
export function renewalOf({ certificate }: Pick<Identity, 'certificate'>): number {
  return readCertificate(certificate).notAfter.getTime() - 7 * day;
}

function needsRenewal(identity: Identity): boolean {
  return renewalOf(identity) <= Date.now();
}
