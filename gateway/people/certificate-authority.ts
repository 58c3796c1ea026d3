import type FabricCAServices from 'fabric-ca-client';
import type { User } from 'fabric-common';
import { z } from 'zod';
import type { Role } from '@pledgeonce/chaincode/permissions.js';
import { toLowSDer } from '@pledgeonce/chaincode/low-s.js';
import { isReference } from '../tokens/key-reference.js';
import type { Pkcs11Token } from '../tokens/pkcs11-token.js';
import { tokenRequest } from '../tokens/token-request.js';
import { certificateRequest } from './certificate-request.js';
import { commonName, readCertificate } from './certificate.js';
import type { Identity } from './wallet.js';

/** The certificate authority did not accept the enrolment id with this secret. */
export class EnrolmentRefusedError extends Error {
  override readonly name = 'EnrolmentRefusedError';
}

/** The certificate authority takes no secret for this enrolment id: too many wrong ones came. */
export class SecretsLockedError extends Error {
  override readonly name = 'SecretsLockedError';
}

/** The certificate authority knows this enrolment id already. */
export class AlreadyRegisteredError extends Error {
  override readonly name = 'AlreadyRegisteredError';
}

/** The certificate authority knows no such person. */
export class UnknownPersonError extends Error {
  override readonly name = 'UnknownPersonError';
}

/** The certificate authority does not answer, or fails for a reason of its own. */
export class CertificateAuthorityError extends Error {
  override readonly name = 'CertificateAuthorityError';
}

export interface Registration {
  readonly enrolmentId: string;
  /** Absent for the gateway's own technical identity. */
  readonly role?: Role;
  readonly uscc?: string | undefined;
  /** Marks whose admission made the identity. */
  readonly admission?: string;
  /** Made by the certificate authority unless given. */
  readonly secret?: string;
}

/** An identity as the certificate authority lists it. */
export interface RegisteredPerson {
  readonly id: string;
  readonly role: string | undefined;
  readonly uscc: string | undefined;
  readonly admission: string | undefined;
}

/** What the certificate authority says of a secret. */
export type SecretVerdict = 'right' | 'wrong' | 'locked';

export interface CertificateAuthorityOptions {
  readonly url: string;
  readonly name: string;
  readonly tlsRootCerts: string;
  readonly mspId: string;
  /** Where keys are made and stay, unless they are made for the wallet. */
  readonly token?: Pick<Pkcs11Token, 'makeKey' | 'sign' | 'signAtOnce'>;
}

const identitiesSchema = z.object({
  identities: z.array(
    z.object({
      id: z.string(),
      attrs: z
        .array(z.object({ name: z.string(), value: z.string() }))
        .nullish()
        .transform((attrs) => attrs ?? []),
    }),
  ),
});

const identitySchema = identitiesSchema.shape.identities.element;

const connectionTimeoutMs = 30_000;
/** Names the admission among the attributes of an identity; it goes into no certificate. */
const admissionAttribute = 'pledgeonce.admission';

/** Fabric CA's numbers of the errors that callers can do something about. */
const caErrors = {
  authenticationFailed: 20,
  badRequestForCertificate: 31,
  tooManyPasswords: 73,
  alreadyRegistered: 74,
  unknownIdentity: 63,
  unknownToRevoke: 10,
};
const attributes = ['role', 'uscc'].map((name) => ({ name, optional: true }));

/** What lies below the client of the authority: requests by whoever can sign one. */
interface RequestClient {
  reenroll(
    csr: string,
    signing: { readonly _certificate: string; sign(text: string): Uint8Array },
    wanted: typeof attributes,
  ): Promise<{ readonly result: { readonly Cert: string } }>;
}

/** Registers, enrols, renews and revokes people of one organisation at its Fabric CA. */
export class CertificateAuthority {
  readonly #options: CertificateAuthorityOptions;

  constructor(options: CertificateAuthorityOptions) {
    this.#options = options;
  }

  /**
   * Makes a key pair here, or in the token where there is one, and has it certified.
   *
   * @throws EnrolmentRefusedError when id and secret do not fit.
   */
  async enrol(enrolmentId: string, secret: string, where: 'token' | 'wallet' = 'token'): Promise<Identity> {
    const { token } = this.#options;
    const { csr, privateKey } =
      token === undefined || where === 'wallet'
        ? await certificateRequest(enrolmentId)
        : await tokenRequest(enrolmentId, token);
    const client = await this.#services();
    const { certificate } = await this.#call(() =>
      client.enroll({ enrollmentID: enrolmentId, enrollmentSecret: secret, csr, attr_reqs: attributes }),
    );
    return { mspId: this.#options.mspId, certificate, privateKey };
  }

  /**
   * Asks whether a secret is the right one, without a certificate being made: the authority looks at the secret before it
   * finds that the request for a certificate is none. A wrong one counts there.
   *
   * @throws CertificateAuthorityError when there is no answer.
   */
  async judge(enrolmentId: string, secret: string): Promise<SecretVerdict> {
    const client = await this.#services();
    try {
      await client.enroll({ enrollmentID: enrolmentId, enrollmentSecret: secret, csr: 'none' });
    } catch (error) {
      const codes = errorCodes(error);
      if (codes.includes(caErrors.badRequestForCertificate)) return 'right';
      if (codes.includes(caErrors.authenticationFailed)) return 'wrong';
      if (codes.includes(caErrors.tooManyPasswords)) return 'locked';
      throw translate(error);
    }
    throw new CertificateAuthorityError('The certificate authority certified what was no request.');
  }

  /** A new key and certificate for someone whose present certificate still holds. */
  async renew(identity: Identity): Promise<Identity> {
    if (isReference(identity.privateKey)) return this.#renewInToken(identity);
    const user = await this.#user(identity);
    const client = await this.#services(user);
    const { key, certificate } = await this.#call(() => client.reenroll(user, attributes));
    return { mspId: identity.mspId, certificate, privateKey: key.toBytes() };
  }

  /** Another key in the token; that the request is theirs the present one says. @throws Error where there is no token. */
  async #renewInToken({ mspId, certificate, privateKey: present }: Identity): Promise<Identity> {
    const { token } = this.#options;
    if (token === undefined) throw new Error('This key lies in a token, and the configuration names none.');
    const { csr, privateKey } = await tokenRequest(readCertificate(certificate).enrolmentId, token);
    // The client of the authority signs by a key that it has been given; below it is one that asks for a signature.
    const { _fabricCAClient: client } = (await this.#services()) as unknown as {
      _fabricCAClient: RequestClient;
    };
    const signing = {
      _certificate: certificate,
      sign: (text: string) => toLowSDer(token.signAtOnce(present, Buffer.from(text))),
    };
    const { result } = await this.#call(() => client.reenroll(csr, signing, attributes));
    return { mspId, certificate: Buffer.from(result.Cert, 'base64').toString('utf8'), privateKey };
  }

  /**
   * @returns the secret with which the person enrols.
   * @throws AlreadyRegisteredError
   */
  async register(registration: Registration, registrar: Identity): Promise<string> {
    const { enrolmentId, role, uscc, admission, secret } = registration;
    const attrs = [
      ...Object.entries({ role, uscc }).flatMap(([name, value]) =>
        value === undefined ? [] : [{ name, value, ecert: true }],
      ),
      ...(admission === undefined ? [] : [{ name: admissionAttribute, value: admission }]),
    ];
    const client = await this.#services();
    const user = await this.#user(registrar);
    return this.#call(() =>
      // -1: the same secret enrols again after its key was lost. Revoking the person ends that.
      client.register(
        {
          enrollmentID: enrolmentId,
          ...(secret !== undefined && { enrollmentSecret: secret }),
          role: 'client',
          affiliation: '',
          maxEnrollments: -1,
          attrs,
        },
        user,
      ),
    );
  }

  /** A new secret; it also ends a lock for wrong ones. */
  async setSecret(enrolmentId: string, secret: string, registrar: Identity): Promise<void> {
    const client = await this.#services();
    const user = await this.#user(registrar);
    await this.#call(() =>
      client.newIdentityService().update(pathOf(enrolmentId), { enrollmentSecret: secret } as never, user),
    );
  }

  /** What goes into every certificate from now on. */
  async setAttributes(
    { enrolmentId, role, uscc = '' }: Pick<Registration, 'enrolmentId' | 'role' | 'uscc'>,
    registrar: Identity,
  ): Promise<void> {
    const client = await this.#services();
    const user = await this.#user(registrar);
    const attrs = Object.entries({ role, uscc }).flatMap(([name, value]) =>
      value === undefined ? [] : [{ name, value, ecert: true }],
    );
    await this.#call(() => client.newIdentityService().update(pathOf(enrolmentId), { attrs } as never, user));
  }

  /** @throws UnknownPersonError */
  async read(enrolmentId: string, registrar: Identity): Promise<RegisteredPerson> {
    const client = await this.#services();
    const user = await this.#user(registrar);
    const response = await this.#call(() => client.newIdentityService().getOne(pathOf(enrolmentId), user));
    return described(identitySchema.parse(response.result));
  }

  /** The list of revoked certificates as of now, PEM. */
  async revocationList(registrar: Identity): Promise<string> {
    const client = await this.#services();
    const user = await this.#user(registrar);
    const list: unknown = await this.#call(() => client.generateCRL({}, user));
    return Buffer.from(String(list), 'base64').toString('utf8');
  }

  /** Withdraws every certificate of a person, who cannot enrol again. */
  async revoke(enrolmentId: string, registrar: Identity): Promise<void> {
    const client = await this.#services();
    const user = await this.#user(registrar);
    await this.#call(() =>
      client.revoke({ enrollmentID: enrolmentId, reason: 'cessationofoperation' }, user),
    );
  }

  async list(registrar: Identity): Promise<RegisteredPerson[]> {
    const client = await this.#services();
    const user = await this.#user(registrar);
    const response = await this.#call(() => client.newIdentityService().getAll(user));
    return identitiesSchema.parse(response.result).identities.map(described);
  }

  /** What a call on behalf of somebody is signed with. */
  async #user({ mspId, certificate, privateKey }: Identity): Promise<User> {
    // Of fabric-network's wallet, which makes the same, this is all that is needed; the whole takes half a second to load.
    const { User: FabricUser } = await import('fabric-common');
    const user = new FabricUser(commonName(certificate));
    const suite = FabricUser.newCryptoSuite();
    user.setCryptoSuite(suite);
    await user.setEnrollment(suite.createKeyFromRaw(privateKey), certificate, mspId);
    return user;
  }

  /** @param user Whose cryptography suite makes the key of a renewal. */
  async #services(user?: User): Promise<FabricCAServices> {
    // Loaded when first needed: a gateway whose people are all in its wallet never needs it.
    const { default: Services } = await import('fabric-ca-client');
    // By default three seconds, which a busy machine exceeds while it still loads the client.
    // The types of the client leave this function out.
    const settings = Services as unknown as { setConfigSetting(name: string, value: unknown): void };
    settings.setConfigSetting('connection-timeout', connectionTimeoutMs);
    const { url, name, tlsRootCerts } = this.#options;
    const suite = user?.getCryptoSuite();
    // The default store would write the new key in clear under the home folder; this one keeps nothing.
    suite?.setCryptoKeyStore({ getKey: () => Promise.resolve(''), putKey: (key) => Promise.resolve(key) });
    const tlsOptions = { trustedRoots: [Buffer.from(tlsRootCerts)] as never, verify: true };
    return suite === undefined
      ? new Services(url, tlsOptions, name)
      : new Services(url, tlsOptions, name, suite);
  }

  async #call<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      throw translate(error);
    }
  }
}

function described({ id, attrs }: z.infer<typeof identitySchema>): RegisteredPerson {
  const valueOf = (wanted: string) => attrs.find(({ name }) => name === wanted)?.value;
  return { id, role: valueOf('role'), uscc: valueOf('uscc'), admission: valueOf(admissionAttribute) };
}

function translate(error: unknown): Error {
  const codes = errorCodes(error);
  const cause = { cause: error };
  if (codes.includes(caErrors.authenticationFailed)) {
    return new EnrolmentRefusedError('The certificate authority refuses this id and secret.', cause);
  }
  if (codes.includes(caErrors.alreadyRegistered)) {
    return new AlreadyRegisteredError('This enrolment id is taken.', cause);
  }
  if (codes.includes(caErrors.tooManyPasswords)) {
    return new SecretsLockedError('The certificate authority takes no secret for this id.', cause);
  }
  if (codes.includes(caErrors.unknownIdentity) || codes.includes(caErrors.unknownToRevoke)) {
    return new UnknownPersonError('The certificate authority knows no such person.', cause);
  }
  return new CertificateAuthorityError('The certificate authority does not answer as expected.', cause);
}

function errorCodes(error: unknown): number[] {
  if (!(error instanceof Error) || !('errors' in error) || !Array.isArray(error.errors)) return [];
  return error.errors.flatMap((one: unknown) =>
    typeof one === 'object' && one !== null && 'code' in one && typeof one.code === 'number'
      ? [one.code]
      : [],
  );
}

/** The library writes an id into the address, and signs that, as it is given. */
function pathOf(enrolmentId: string): string {
  return encodeURI(enrolmentId);
}
