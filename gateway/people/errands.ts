import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { CertificateAuthority } from './certificate-authority.js';
import { AlreadyRegisteredError, UnknownPersonError } from './certificate-authority.js';
import type { PeopleLog } from './people-log.js';
import type { PeopleRegister } from './people-register.js';
import type { Errand, PersonRecord } from './person-record.js';
import type { ServiceIdentities } from './service-identity.js';
import type { Identity } from './wallet.js';

/** The id is somebody else's at the certificate authority: a peer's, a technical identity's, or made by hand. */
export class ForeignIdentityError extends Error {
  override readonly name = 'ForeignIdentityError';
}

export interface ErrandParts {
  readonly register: PeopleRegister;
  readonly authority: Pick<
    CertificateAuthority,
    'register' | 'read' | 'revoke' | 'setAttributes' | 'setSecret'
  >;
  readonly services: Pick<ServiceIdentities, 'registrar'>;
  readonly people: PeopleLog;
  readonly log: Logger;
  readonly clock?: () => number;
}

/**
 * Tells the certificate authority what the gateway has decided about people. The decision holds at the gateway whether or
 * not the authority is there; what it has yet to be told lies in the register, and is told in later rounds.
 */
export class Errands {
  readonly #parts: ErrandParts;

  constructor(parts: ErrandParts) {
    this.#parts = parts;
  }

  /** Everybody's; a failure of one leaves the others. */
  async runAll(): Promise<void> {
    for (const { id, errands, state, invitation } of this.#parts.register.all()) {
      if (errands.length === 0) continue;
      // Somebody who never comes need not be registered: the acceptance does it.
      if (state === 'invited' && invitation === undefined) continue;
      try {
        await this.run(id);
      } catch (error) {
        this.#parts.log.warn({ err: error, person: id, errands }, 'certificate authority not told yet');
      }
    }
  }

  /**
   * One person's, in order.
   *
   * @throws CertificateAuthorityError while the authority is away.
   * @throws ForeignIdentityError
   */
  async run(id: string): Promise<void> {
    const { register, services, people, clock } = this.#parts;
    for (const errand of register.find(id)?.errands ?? []) {
      const record = register.find(id);
      if (record === undefined) return;
      await this.#carryOut(errand, record, await services.registrar());
      await register.turn(async () => {
        const now = register.find(id);
        if (now === undefined) return;
        // What was decided meanwhile has yet to be told.
        const isSame = now.role === record.role && now.uscc === record.uscc;
        const errands = isSame ? now.errands.filter((one) => one !== errand) : now.errands;
        await register.put({ ...now, errands, listedFrom: (clock ?? Date.now)() });
        await people.write({ kind: 'authority-told', person: id, detail: errand });
      });
    }
  }

  async #carryOut(errand: Errand, record: PersonRecord, registrar: Identity): Promise<void> {
    const { authority } = this.#parts;
    const { id, role, uscc, admission } = record;
    switch (errand) {
      case 'register':
        try {
          const secret = randomBytes(24).toString('base64url');
          await authority.register(
            { enrolmentId: id, role, uscc, secret, ...(admission !== undefined && { admission }) },
            registrar,
          );
        } catch (error) {
          if (!(error instanceof AlreadyRegisteredError)) throw error;
          // After a crash, or an answer that was lost, it may have been this very admission.
          const there = await authority.read(id, registrar);
          if (admission === undefined || there.admission !== admission) {
            throw new ForeignIdentityError(id, { cause: error });
          }
        }
        return;
      case 'revoke':
        try {
          if (admission !== undefined && (await authority.read(id, registrar)).admission !== admission)
            return;
          await authority.revoke(id, registrar);
        } catch (error) {
          if (!(error instanceof UnknownPersonError)) throw error;
        }
        return;
      case 'attributes':
        await authority.setAttributes({ enrolmentId: id, role, uscc }, registrar);
        return;
      case 'secret':
        await authority.setSecret(id, randomBytes(24).toString('base64url'), registrar);
    }
  }
}
