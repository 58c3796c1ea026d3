import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import FabricCAServices from 'fabric-ca-client';
import { User } from 'fabric-common';
import { certificateRequest } from '@pledgeonce/gateway/people/certificate-request.js';
import {
  organisationOf as profileOf,
  readConnectionProfile,
} from '@pledgeonce/gateway/ledger/connection-profile.js';
import { organisationOf, type StackDescription } from '@pledgeonce/scripts/stack/description.js';
import { pathsOf } from '@pledgeonce/scripts/stack/options.js';
import { peopleFolder } from '@pledgeonce/network/organisation-folder.js';

interface Attribute {
  readonly name: string;
  readonly value: string;
  readonly ecert: true;
}

/** What an organisation's registrar enrols with, from the file that the network has put it in. */
export function registrarSecretOf(stack: StackDescription, msp: string): string {
  const { network } = pathsOf({ state: stack.state, on: stack.network });
  const folder = peopleFolder(network, organisationOf(stack, msp).name);
  return readFileSync(join(folder, 'registrar.secret'), 'utf8').trim();
}

/** Whoever runs an organisation's certificate authority, at its own door: no gateway knows what they do. */
export class CaOperator {
  readonly #client: FabricCAServices;
  readonly #registrar: User;
  /** What the registrar enrols with; it lies in a file of the network's folder. */
  readonly registrarSecret: string;

  private constructor(client: FabricCAServices, registrar: User, registrarSecret: string) {
    this.#client = client;
    this.#registrar = registrar;
    this.registrarSecret = registrarSecret;
  }

  static async open(stack: StackDescription, msp: string): Promise<CaOperator> {
    const { ca } = profileOf(await readConnectionProfile(stack.discovery), msp);
    // The types of the client leave this function out, and say one buffer where it takes a list.
    const settings = FabricCAServices as unknown as { setConfigSetting(name: string, value: unknown): void };
    settings.setConfigSetting('connection-timeout', 30_000);
    const tls = { trustedRoots: [Buffer.from(ca.tlsRootCerts)] as never, verify: true };
    const client = new FabricCAServices(ca.url, tls, ca.name);
    const enrollmentSecret = registrarSecretOf(stack, msp);
    // The client's own keys take a second each on a busy machine.
    const { csr, privateKey } = await certificateRequest('registrar');
    const { certificate } = await client.enroll({ enrollmentID: 'registrar', enrollmentSecret, csr });
    const registrar = User.createUser('registrar', '', msp, certificate, privateKey);
    return new CaOperator(client, registrar, enrollmentSecret);
  }

  /** @returns id and secret of somebody new. */
  async register(role: string, uscc?: string): Promise<{ readonly id: string; readonly secret: string }> {
    const person = {
      id: `${role}-${randomBytes(5).toString('hex')}`,
      secret: randomBytes(12).toString('hex'),
    };
    await this.registerAs(person.id, person.secret, role, uscc);
    return person;
  }

  async registerAs(id: string, secret: string, role: string, uscc?: string): Promise<void> {
    const attrs: Attribute[] = Object.entries({ role, uscc }).flatMap(([name, value]) =>
      value === undefined ? [] : [{ name, value, ecert: true }],
    );
    const who = { enrollmentID: id, enrollmentSecret: secret, role: 'client', affiliation: '' };
    await this.#client.register({ ...who, maxEnrollments: -1, attrs }, this.#registrar);
  }

  async revoke(id: string): Promise<void> {
    await this.#client.revoke({ enrollmentID: id }, this.#registrar);
  }

  async setSecret(id: string, secret: string): Promise<void> {
    await this.#client
      .newIdentityService()
      .update(id, { enrollmentSecret: secret } as never, this.#registrar);
  }

  async setRole(id: string, role: string): Promise<void> {
    const attrs = [{ name: 'role', value: role, ecert: true }];
    await this.#client.newIdentityService().update(id, { attrs } as never, this.#registrar);
  }

  async delete(id: string): Promise<void> {
    await this.#client.newIdentityService().delete(id, this.#registrar);
  }

  /** The codes with which the authority refuses an enrolment; none when it certifies. */
  async enrolmentErrors(id: string, secret: string): Promise<readonly number[]> {
    try {
      const { csr } = await certificateRequest(id);
      await this.#client.enroll({ enrollmentID: id, enrollmentSecret: secret, csr });
      return [];
    } catch (error) {
      const { errors = [] } = error as { errors?: readonly { readonly code: number }[] };
      return errors.map(({ code }) => code);
    }
  }

  /** Shows so many wrong secrets at the authority's own door, more than it takes before it locks the identity. */
  async guess(id: string, times = 11): Promise<void> {
    for (let turn = 0; turn < times; turn++) {
      const enrollmentSecret = randomBytes(9).toString('hex');
      await this.#client.enroll({ enrollmentID: id, enrollmentSecret, csr: 'none' }).catch(() => undefined);
    }
  }

  /** Ids of everybody whom the authority has registered. */
  async ids(): Promise<readonly string[]> {
    const answer: unknown = await this.#client.newIdentityService().getAll(this.#registrar);
    const { result } = answer as { result: unknown };
    return (result as { identities: { id: string }[] }).identities.map(({ id }) => id);
  }
}
