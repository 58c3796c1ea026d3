import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { CertificateAuthority } from '../people/certificate-authority.js';
import { AlreadyRegisteredError, UnknownPersonError } from '../people/certificate-authority.js';
import { readCertificate } from '../people/certificate.js';
import { ForeignIdentityError } from '../people/errands.js';
import type { ServiceIdentities } from '../people/service-identity.js';
import type { Identity, IdentityStore } from '../people/wallet.js';
import type { MachineRecord } from './machine-record.js';

/** A certificate is renewed once less than this is left of its life. */
const renewalShare = 0.2;

export interface MachineCertificateParts {
  /** A store of its own, sealed by the host's key alone: no person is there to type a secret. */
  readonly store: Pick<IdentityStore, 'open' | 'save' | 'remove'>;
  readonly authority: Pick<
    CertificateAuthority,
    'register' | 'read' | 'setSecret' | 'enrol' | 'renew' | 'revoke'
  >;
  readonly services: Pick<ServiceIdentities, 'registrar'>;
  readonly log: Pick<Logger, 'warn'>;
  readonly clock?: () => number;
}

type Certified = Pick<MachineRecord, 'id' | 'role' | 'uscc' | 'admission'>;

/** The certificates with which the gateway signs for the organisation's machines. */
export class MachineCertificates {
  readonly #parts: MachineCertificateParts;
  readonly #clock: () => number;

  constructor(parts: MachineCertificateParts) {
    this.#parts = parts;
    this.#clock = parts.clock ?? Date.now;
  }

  /**
   * The present one; renewed in time, and made anew where there is none or it has ended.
   *
   * @throws ForeignIdentityError, CertificateAuthorityError
   */
  async open(machine: Certified): Promise<{ readonly identity: Identity; readonly isNew: boolean }> {
    const stored = await this.#parts.store.open(machine.id, '');
    if (stored === undefined) return { identity: await this.issue(machine), isNew: true };
    const { notBefore, notAfter } = readCertificate(stored.certificate);
    const [from, until, now] = [notBefore.getTime(), notAfter.getTime(), this.#clock()];
    if (until <= now) return { identity: await this.issue(machine), isNew: true };
    if (until - now > renewalShare * (until - from)) return { identity: stored, isNew: false };
    try {
      const renewed = await this.#parts.authority.renew(stored);
      await this.#parts.store.save(machine.id, '', renewed);
      return { identity: renewed, isNew: true };
    } catch (error) {
      this.#parts.log.warn(
        { err: error, machine: machine.id },
        'certificate not renewed yet; the present one serves',
      );
      return { identity: stored, isNew: false };
    }
  }

  /**
   * A new key and certificate, under a secret that is used this once and nobody learns.
   *
   * @throws ForeignIdentityError when the id is somebody else's at the certificate authority.
   */
  async issue(machine: Certified): Promise<Identity> {
    const { authority, services, store } = this.#parts;
    const { id, role, uscc, admission } = machine;
    const registrar = await services.registrar();
    const secret = randomBytes(24).toString('base64url');
    try {
      await authority.register({ enrolmentId: id, role, uscc, admission, secret }, registrar);
    } catch (error) {
      if (!(error instanceof AlreadyRegisteredError)) throw error;
      if ((await authority.read(id, registrar)).admission !== admission) {
        throw new ForeignIdentityError(id, { cause: error });
      }
      await authority.setSecret(id, secret, registrar);
    }
    const identity = await authority.enrol(id, secret);
    await store.save(id, '', identity);
    return identity;
  }

  /** The key is gone at once. */
  async forget(id: string): Promise<void> {
    await this.#parts.store.remove(id);
  }

  /** Withdraws every certificate at the authority. @throws CertificateAuthorityError while it is away. */
  async revoke({ id, admission }: Certified): Promise<void> {
    const { authority, services } = this.#parts;
    const registrar = await services.registrar();
    try {
      if ((await authority.read(id, registrar)).admission !== admission) return;
      await authority.revoke(id, registrar);
    } catch (error) {
      if (!(error instanceof UnknownPersonError)) throw error;
    }
  }
}
