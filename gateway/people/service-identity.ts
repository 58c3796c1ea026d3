import { randomBytes, X509Certificate } from 'node:crypto';
import type { Logger } from 'pino';
import type { Role } from '@pledgeonce/chaincode/permissions.js';
import type { CertificateAuthority } from './certificate-authority.js';
import { readCertificate } from './certificate.js';
import type { Identity, IdentityStore } from './wallet.js';

const registrarLabel = 'registrar';
const day = 24 * 60 * 60_000;
/** After a failure, and while a renewal fails, the authority is left alone for so long. */
export const retryMs = 20_000;

/** The identities that the programs of a gateway act with. */
export const serviceLabels = ['registrar', 'gateway', 'clerk'] as const;
export type ServiceLabel = (typeof serviceLabels)[number];

/** One of them as it stands. Times are milliseconds since 1970. */
export interface DescribedService {
  readonly label: ServiceLabel;
  /** `due`: it should have been renewed already and still serves. */
  readonly state: 'in-order' | 'due' | 'ended' | 'missing';
  readonly enrolmentId?: string;
  readonly endsAt?: number;
  readonly renewsFrom?: number;
}

/** A gateway has no technical identity of this name, and the certificate authority gives it none. */
export class ServiceIdentityError extends Error {
  override readonly name = 'ServiceIdentityError';

  constructor(
    readonly label: ServiceLabel,
    options?: ErrorOptions,
  ) {
    super(`The gateway has no certificate for its identity "${label}".`, options);
  }
}

/**
 * The technical identities of a gateway. Registrar and reader have no role, so neither can transact; the clerk has one
 * that allows nothing but what a deadline demands and what a bank's mandate covers.
 */
export class ServiceIdentities {
  readonly #store: Pick<IdentityStore, 'open' | 'save'>;
  readonly #authority: Pick<CertificateAuthority, 'enrol' | 'register' | 'renew'>;
  readonly #registrar: { readonly id: string; readonly secret: string };
  readonly #log: Logger | undefined;
  readonly #clock: () => number;
  readonly #opened = new Map<ServiceLabel, { readonly identity: Promise<Identity>; until: number }>();
  readonly #missing = new Set<ServiceLabel>();

  /** @param store A store of its own, so that no person's label can name these identities. */
  constructor(
    store: Pick<IdentityStore, 'open' | 'save'>,
    authority: Pick<CertificateAuthority, 'enrol' | 'register' | 'renew'>,
    registrar: { readonly id: string; readonly secret: string },
    log?: Logger,
    clock: () => number = Date.now,
  ) {
    this.#store = store;
    this.#authority = authority;
    this.#registrar = registrar;
    this.#log = log;
    this.#clock = clock;
  }

  /** Registers, lists and revokes people at the certificate authority. @throws ServiceIdentityError */
  registrar(): Promise<Identity> {
    return this.#get(registrarLabel);
  }

  /** Reads the block stream of the organisation's own peer. @throws ServiceIdentityError */
  reader(): Promise<Identity> {
    return this.#get('gateway');
  }

  /**
   * Does what a deadline demands and decides loans by the bank's rules, when nobody is at the keyboard.
   *
   * @throws ServiceIdentityError
   */
  clerk(): Promise<Identity> {
    return this.#get('clerk');
  }

  /** The identities that were asked for and are not there. */
  get missing(): readonly ServiceLabel[] {
    return [...this.#missing];
  }

  /** What is kept of each, whether or not it was asked for yet. */
  async described(): Promise<DescribedService[]> {
    const now = this.#clock();
    return Promise.all(
      serviceLabels.map(async (label) => {
        const stored = await this.#store.open(label, '');
        if (stored === undefined) return { label, state: 'missing' as const };
        const { enrolmentId, notAfter } = readCertificate(stored.certificate);
        const renewsFrom = renewalOf(stored);
        const state = notAfter.getTime() <= now ? 'ended' : renewsFrom <= now ? 'due' : 'in-order';
        return { label, state, enrolmentId, endsAt: notAfter.getTime(), renewsFrom } as const;
      }),
    );
  }

  async #get(label: ServiceLabel): Promise<Identity> {
    const opened = this.#opened.get(label);
    if (opened !== undefined && this.#clock() < opened.until) return opened.identity;
    const identity = this.#open(label);
    const opening = { identity, until: Infinity };
    this.#opened.set(label, opening);
    try {
      const { certificate } = await identity;
      this.#missing.delete(label);
      opening.until = Math.max(renewalOf({ certificate }), this.#clock() + retryMs);
    } catch {
      this.#missing.add(label);
      // A wrong secret that is shown again and again would lock the registrar at the authority.
      opening.until = this.#clock() + retryMs;
    }
    return identity;
  }

  /** The present one, renewed with its own key a week before it ends; only without one is another registered. */
  async #open(label: ServiceLabel): Promise<Identity> {
    // Sealed by the host's key alone: the gateway must resume without a person at the keyboard.
    const stored = await this.#store.open(label, '');
    if (stored !== undefined && !this.#needsRenewal(stored)) return stored;
    const isValid =
      stored !== undefined && readCertificate(stored.certificate).notAfter.getTime() > this.#clock();
    try {
      const identity = await this.#another(label, isValid ? stored : undefined);
      await this.#store.save(label, '', identity);
      return identity;
    } catch (error) {
      if (!isValid) throw new ServiceIdentityError(label, { cause: error });
      this.#log?.warn(
        { err: error, identity: label },
        'technical identity not renewed yet; the present one serves',
      );
      return stored;
    }
  }

  async #another(label: ServiceLabel, valid: Identity | undefined): Promise<Identity> {
    const renewed = valid === undefined ? undefined : await this.#renewed(label, valid);
    if (renewed !== undefined) return renewed;
    // What transacts signs by a key in the token, where there is one; the client of the authority wants the registrar's as PEM.
    const where = label === 'clerk' ? undefined : 'wallet';
    const { id, secret: known } = this.#registrar;
    if (label === registrarLabel) return this.#authority.enrol(id, known, where);
    // A name of its own per installation: one that lost its state cannot know the secret of the former.
    const enrolmentId = `${label}-${randomBytes(4).toString('hex')}`;
    const role: Role | undefined = label === 'clerk' ? 'service' : undefined;
    const secret = await this.#authority.register(
      { enrolmentId, ...(role !== undefined && { role }) },
      await this.registrar(),
    );
    return this.#authority.enrol(enrolmentId, secret, where);
  }

  /** By the key that it has, so that neither the registrar nor any secret is needed. */
  async #renewed(label: ServiceLabel, valid: Identity): Promise<Identity | undefined> {
    try {
      return await this.#authority.renew(valid);
    } catch (error) {
      this.#log?.warn({ err: error, identity: label }, 'technical identity not renewed by its own key');
      return undefined;
    }
  }

  #needsRenewal(identity: Identity): boolean {
    return renewalOf(identity) <= this.#clock();
  }
}

/** When a technical identity is replaced, a week before it ends, because nobody signs in for it. Milliseconds since 1970. */
export function renewalOf({ certificate }: Pick<Identity, 'certificate'>): number {
  // By Node's own reader: a start asks this of every identity, and a whole reading takes fifty times as long.
  return Date.parse(new X509Certificate(certificate).validTo) - 7 * day;
}
