import { sign } from 'node:crypto';
import type FabricCAServices from 'fabric-ca-client';
import type { ICryptoSuite, User } from 'fabric-common';
import { z } from 'zod';
import type { Role } from '@pledgeonce/chaincode/permissions.js';
import { toLowSDer } from '@pledgeonce/chaincode/low-s.js';
import { isReference } from '../tokens/key-reference.js';
import type { Pkcs11Token } from '../tokens/pkcs11-token.js';
import { tokenRequest } from '../tokens/token-request.js';
import { certificateRequest } from './certificate-request.js';
import { readCertificate } from './certificate.js';
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
/** Keys and signatures are made here: of a suite the client only passes on how it hashes. */
const noSuite = { hash: () => '' } as unknown as ICryptoSuite;
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

/** What signs a request, as the client of the authority has it. */
interface SigningIdentity {
  readonly _certificate: string;
  sign(text: string): Uint8Array;
}

/** What lies below the client of the authority: requests by whoever can sign one. */
interface RequestClient {
  reenroll(
    csr: string,
    signing: SigningIdentity,
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

  /**
   * A new key and certificate for someone whose present certificate still holds: that the request is theirs the present key
   * says. Where that lies in the token, the new one does.
   */
  async renew(identity: Identity): Promise<Identity> {
    const { mspId, certificate } = identity;
    const name = readCertificate(certificate).enrolmentId;
    const { csr, privateKey } = isReference(identity.privateKey)
      ? await tokenRequest(name, this.#token())
      : await certificateRequest(name);
    // The client of the authority makes the key itself; below it is one that takes a request.
    const { _fabricCAClient: client } = (await this.#services()) as unknown as {
      _fabricCAClient: RequestClient;
    };
    const { result } = await this.#call(() => client.reenroll(csr, this.#signing(identity), attributes));
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
    const user = this.#user(registrar);
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
    const user = this.#user(registrar);
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
    const user = this.#user(registrar);
    const attrs = Object.entries({ role, uscc }).flatMap(([name, value]) =>
      value === undefined ? [] : [{ name, value, ecert: true }],
    );
    await this.#call(() => client.newIdentityService().update(pathOf(enrolmentId), { attrs } as never, user));
  }

  /** @throws UnknownPersonError */
  async read(enrolmentId: string, registrar: Identity): Promise<RegisteredPerson> {
    const client = await this.#services();
    const user = this.#user(registrar);
    const response = await this.#call(() => client.newIdentityService().getOne(pathOf(enrolmentId), user));
    return described(identitySchema.parse(response.result));
  }

  /** The list of revoked certificates as of now, PEM. */
  async revocationList(registrar: Identity): Promise<string> {
    const client = await this.#services();
    const user = this.#user(registrar);
    const list: unknown = await this.#call(() => client.generateCRL({}, user));
    return Buffer.from(String(list), 'base64').toString('utf8');
  }

  /** Withdraws every certificate of a person, who cannot enrol again. */
  async revoke(enrolmentId: string, registrar: Identity): Promise<void> {
    const client = await this.#services();
    const user = this.#user(registrar);
    await this.#call(() =>
      client.revoke({ enrollmentID: enrolmentId, reason: 'cessationofoperation' }, user),
    );
  }

  async list(registrar: Identity): Promise<RegisteredPerson[]> {
    const client = await this.#services();
    const user = this.#user(registrar);
    const response = await this.#call(() => client.newIdentityService().getAll(user));
    return identitiesSchema.parse(response.result).identities.map(described);
  }

  /**
   * In whose name something is asked. The client wants its own class, and looks at the name; to make one of those takes a third of a
   * second, for curves that nothing here uses.
   */
  #user(identity: Identity): User {
    const signing = this.#signing(identity);
    return { constructor: { name: 'User' }, getSigningIdentity: () => signing } as unknown as User;
  }

  #signing({ certificate, privateKey }: Identity): SigningIdentity {
    const signed = isReference(privateKey)
      ? (text: Buffer) => this.#token().signAtOnce(privateKey, text)
      : (text: Buffer) => sign('sha256', text, { key: privateKey, dsaEncoding: 'ieee-p1363' });
    return { _certificate: certificate, sign: (text) => toLowSDer(signed(Buffer.from(text))) };
  }

  /** @throws Error where there is none. */
  #token() {
    const { token } = this.#options;
    if (token === undefined) throw new Error('This key lies in a token, and the configuration names none.');
    return token;
  }

  async #services(): Promise<FabricCAServices> {
    // Loaded when first needed: a gateway whose people are all in its wallet never needs it.
    const { default: Services } = await import('fabric-ca-client');
    // By default three seconds, which a busy machine exceeds while it still loads the client.
    // The types of the client leave this function out.
    const settings = Services as unknown as { setConfigSetting(name: string, value: unknown): void };
    settings.setConfigSetting('connection-timeout', connectionTimeoutMs);
    const { url, name, tlsRootCerts } = this.#options;
    const tlsOptions = { trustedRoots: [Buffer.from(tlsRootCerts)] as never, verify: true };
    return new Services(url, tlsOptions, name, noSuite);
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
