import { certificateOf } from '../../projection/testing/certificate.js';
import type { Registration } from '../../people/certificate-authority.js';
import {
  AlreadyRegisteredError,
  CertificateAuthorityError,
  UnknownPersonError,
} from '../../people/certificate-authority.js';
import type { MachineCertificateParts } from '../machine-certificates.js';

const day = 86_400_000;

/** A certificate authority that keeps who is registered, and how often each was certified; it can be away. */
export class AuthorityInMemory {
  readonly registered = new Map<string, Registration>();
  readonly revoked: string[] = [];
  certified = 0;
  isAway = false;
  days = 365;

  get parts(): MachineCertificateParts['authority'] {
    return {
      register: (registration) =>
        this.#answer(() => {
          if (this.registered.has(registration.enrolmentId)) throw new AlreadyRegisteredError();
          this.registered.set(registration.enrolmentId, registration);
          return registration.secret ?? '';
        }),
      read: (id) =>
        this.#answer(() => {
          const { role, uscc, admission } = this.#find(id);
          return { id, role, uscc, admission };
        }),
      setSecret: (id, secret) =>
        this.#answer(() => {
          this.registered.set(id, { ...this.#find(id), secret });
        }),
      enrol: (id, secret) =>
        this.#answer(async () => {
          const known = this.#find(id);
          if (known.secret !== secret) throw new Error('wrong secret');
          return this.#certify(known);
        }),
      renew: ({ certificate }) =>
        this.#answer(async () => {
          const { commonName } = await import('../../people/certificate.js');
          return this.#certify(this.#find(commonName(certificate)));
        }),
      revoke: (id) =>
        this.#answer(() => {
          this.revoked.push(id);
        }),
    };
  }

  #find(id: string): Registration {
    const known = this.registered.get(id);
    if (known === undefined) throw new UnknownPersonError();
    return known;
  }

  async #certify({ enrolmentId, role, uscc }: Registration) {
    this.certified += 1;
    const notBefore = new Date(Date.now() - day);
    const notAfter = new Date(Date.now() + this.days * day);
    const certificate = await certificateOf(enrolmentId, uscc, {
      ...(role !== undefined && { role }),
      notBefore,
      notAfter,
    });
    return { mspId: 'BankAMSP', certificate, privateKey: `key ${this.certified}` };
  }

  async #answer<T>(answer: () => T | Promise<T>): Promise<T> {
    if (this.isAway) throw new CertificateAuthorityError('It is away.');
    return answer();
  }
}
