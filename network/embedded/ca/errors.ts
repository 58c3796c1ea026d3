/** Fabric CA's error codes, those that this server gives. */
export const CODES = {
  unknown: 0,
  methodNotAllowed: 1,
  noAuthorization: 2,
  readingBody: 3,
  emptyBody: 4,
  badBody: 5,
  revokedCertificateNotFound: 8,
  certificateOfAnother: 9,
  revokedIdentityNotFound: 10,
  missingRevocationTarget: 15,
  affiliationNotFound: 16,
  caNotFound: 19,
  authentication: 20,
  badRequestForCertificate: 31,
  invalidRevokedAfter: 36,
  invalidExpireAfter: 37,
  request: 50,
  addIdentity: 52,
  removeIdentity: 56,
  modifyIdentity: 58,
  addAffiliation: 60,
  removeAffiliation: 61,
  notFound: 63,
  modifyAffiliation: 64,
  alreadyRevoked: 66,
  certificates: 67,
  authorization: 71,
  tooManyPasswords: 73,
  alreadyRegistered: 74,
  registration: 75,
  commonName: 77,
  invalidBoolean: 79,
  fieldTooLong: 80,
  invalidMaxEnrollments: 82,
} as const;

/** A refusal as Fabric CA words it: an HTTP status, a code and a message for the caller, and a reason for the log only. */
export class CaError extends Error {
  override readonly name = 'CaError';
  readonly status: number;
  readonly code: number;
  /** What the log says; the caller of a failed authentication is not told why. */
  readonly reason: string;

  constructor(status: number, code: number, message: string, reason = message) {
    super(message);
    this.status = status;
    this.code = code;
    this.reason = reason;
  }
}

/** Not who they say they are: the caller learns nothing more. */
export function authenticationFailure(reason: string): CaError {
  return new CaError(401, CODES.authentication, 'Authentication failure', reason);
}

/** May not do this: the caller learns nothing more. */
export function authorizationFailure(reason: string): CaError {
  return new CaError(403, CODES.authorization, 'Authorization failure', reason);
}
