import type { Response } from 'express';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import type { LineError } from '@pledgeonce/chaincode/errors.js';
import { describeIssue } from '@pledgeonce/chaincode/rules/describe-issue.js';
import { lineErrorSchema } from '@pledgeonce/chaincode/schemas.js';
import { z } from 'zod';
import { DocumentError } from '../documents/document-error.js';
import {
  CertificateRefusedError,
  CommitRefusedError,
  ConflictError,
  EndorsementError,
  NetworkUnavailableError,
  SignedOutError,
} from '../ledger/errors.js';
import {
  AlreadyRegisteredError,
  CertificateAuthorityError,
  EnrolmentRefusedError,
  SecretsLockedError,
  UnknownPersonError,
} from '../people/certificate-authority.js';
import { MachineError } from '../machines/machine-error.js';
import type { MachineRefusal } from '../machines/machine-error.js';
import { DeskError } from '../people/desk-refusal.js';
import { ForeignIdentityError } from '../people/errands.js';
import { SecretFaultError } from '../people/own-affairs.js';
import type { SecretFault } from '../people/own-secret.js';
import { RevocationListError } from '../people/revocation-list.js';
import { ServiceIdentityError } from '../people/service-identity.js';
import { SignInError } from '../people/sign-in.js';
import { RepeatedNameError } from './http/repeated-name.js';
import { ProjectionBehindError } from '../projection/follower.js';
import { DatabaseAwayError } from '../storage/database-away.js';
import { problemTable } from './errors.js';
import type { ProblemCode } from './errors.js';

export interface ProblemDetails {
  readonly detail?: string | undefined;
  readonly field?: string | undefined;
  readonly lines?: readonly LineError[] | undefined;
  /** Seconds after which it makes sense to try again. */
  readonly retryAfter?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal on its way to the client. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly code: ProblemCode,
    readonly details: ProblemDetails = {},
    options?: ErrorOptions,
  ) {
    super(details.detail ?? problemTable[code].sentence, options);
  }

  get status(): number {
    return problemTable[this.code].status;
  }

  /** The RFC 9457 object. */
  toJSON(instance?: string): ProblemBody {
    const { detail, field, lines } = this.details;
    const { status, sentence } = problemTable[this.code];
    return {
      type: `/docs/errors#${this.code.toLowerCase()}`,
      title: sentence,
      status,
      code: this.code,
      detail: detail ?? sentence,
      ...(instance === undefined ? {} : { instance }),
      ...(field === undefined ? {} : { field }),
      ...(lines === undefined ? {} : { lines: [...lines] }),
    };
  }
}

/** A problem as it travels. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  /** Stable; programs decide by it. */
  code: z.string(),
  detail: z.string(),
  instance: z.string().optional(),
  field: z.string().optional(),
  lines: z.array(z.object(lineErrorSchema.shape)).readonly().optional(),
});
export type ProblemBody = z.infer<typeof problemSchema>;

/** Names what went wrong for the client. What nobody foresaw is INTERNAL, and its reason stays in the log. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof LedgerError) return new Problem(error.code, error.body, { cause: error });
  if (error instanceof DocumentError) {
    return new Problem(error.code, { detail: error.detail, field: error.field });
  }
  if (error instanceof z.ZodError) return invalidInput(error);
  if (error instanceof SignInError) return signInProblem(error);
  if (error instanceof RepeatedNameError) return new Problem('MALFORMED_JSON', { detail: error.message });
  if (error instanceof DeskError) return deskProblem(error);
  if (error instanceof MachineError) return new Problem(...machineProblems[error.refusal]);
  if (error instanceof SecretFaultError) {
    return new Problem('SECRET_TOO_WEAK', { detail: secretFaults[error.fault], field: 'secret' });
  }
  if (error instanceof NetworkUnavailableError) {
    return new Problem('NETWORK_UNAVAILABLE', { retryAfter: 1 }, { cause: error });
  }
  if (error instanceof ProjectionBehindError) {
    return new Problem('PROJECTION_BEHIND', { retryAfter: 5 }, { cause: error });
  }
  for (const [type, code] of named) if (error instanceof type) return new Problem(code, {}, { cause: error });
  return httpProblem(error) ?? new Problem('INTERNAL', {}, { cause: error });
}

/** The first fault in the order of the schema, so that one request always gets one answer. */
function invalidInput(error: z.ZodError): Problem {
  const [issue] = error.issues;
  return new Problem('INPUT_INVALID', issue && describeIssue(issue));
}

/** Sends a problem, whoever found it. */
export function sendProblem(response: Response, problem: Problem): void {
  const { retryAfter, headers } = problem.details;
  response.locals['refused'] = problem.code;
  if (headers !== undefined) response.set(headers);
  if (retryAfter !== undefined) response.set('Retry-After', String(retryAfter));
  if (problem.status === 401) response.set('WWW-Authenticate', 'Bearer');
  response
    .status(problem.status)
    .type('application/problem+json')
    .send(JSON.stringify(problem.toJSON(response.req.originalUrl.split('?')[0])));
}

const named: readonly (readonly [new (...args: never[]) => Error, ProblemCode])[] = [
  [DatabaseAwayError, 'DATABASE_AWAY'],
  [SignedOutError, 'UNAUTHENTICATED'],
  [CertificateRefusedError, 'CERTIFICATE_REFUSED'],
  [ConflictError, 'CONCURRENT_CHANGE'],
  [EndorsementError, 'ENDORSEMENT_FAILED'],
  [CommitRefusedError, 'COMMIT_REFUSED'],
  [CertificateAuthorityError, 'CA_UNAVAILABLE'],
  [SecretsLockedError, 'SIGN_IN_REFUSED'],
  [EnrolmentRefusedError, 'SIGN_IN_REFUSED'],
  [ServiceIdentityError, 'SERVICE_IDENTITY_MISSING'],
  [RevocationListError, 'REVOCATION_LIST_REFUSED'],
  [ForeignIdentityError, 'PERSON_EXISTS'],
  [AlreadyRegisteredError, 'PERSON_EXISTS'],
  [UnknownPersonError, 'PERSON_NOT_FOUND'],
];

function signInProblem({ refusal, waitMs }: SignInError): Problem {
  switch (refusal) {
    case 'paused':
      return new Problem('SIGN_IN_LOCKED', { retryAfter: Math.ceil(waitMs / 1000) });
    case 'busy':
      return new Problem('RATE_LIMITED', { retryAfter: Math.ceil(waitMs / 1000) });
    case 'wrong-secret':
      return new Problem('SIGN_IN_REFUSED');
    case 'not-a-person':
      return new Problem('PERMISSION_DENIED', { detail: 'This identity has no role and cannot sign in.' });
  }
}

const secretFaults: Readonly<Record<SecretFault, string>> = {
  'too-short': 'A secret has at least 12 characters.',
  'too-long': 'A secret has at most 256 characters.',
  'too-uniform': 'A secret has at least 5 different characters, and differs from the present one.',
  'names-the-person': 'A secret does not contain the id.',
  'a-run': 'A secret is no run of neighbouring characters.',
  'names-only':
    'A secret has at least 8 letters and digits beside the names of this registry and of your organisation.',
  common: 'Many people use this secret, or one that differs by digits and signs only. Choose another.',
};

function deskProblem({ refusal }: DeskError): Problem {
  const field = 'uscc';
  switch (refusal) {
    case 'cut-off':
      return new Problem('UNAUTHENTICATED');
    case 'not-found':
      return new Problem('PERSON_NOT_FOUND');
    case 'exists':
      return new Problem('PERSON_EXISTS');
    case 'key-reused':
      return new Problem('IDEMPOTENCY_KEY_REUSED');
    case 'last-admin':
      return new Problem('LAST_ADMIN');
    case 'second-admin':
      return new Problem('SECOND_ADMIN_NEEDED');
    case 'nothing-to-confirm':
      return new Problem('NOTHING_TO_CONFIRM');
    case 'own-person':
      return new Problem('OWN_PERSON');
    case 'state':
      return new Problem('PERSON_STATE');
    case 'no-provider':
      return new Problem('PROVIDER_MISSING', { field: 'signsInBy' });
    case 'number-not-here':
      return new Problem('INPUT_INVALID', {
        detail: 'Only people of the portal act for an enterprise.',
        field,
      });
    case 'number-of-another':
      return new Problem('OTHER_ENTERPRISE', { field });
    case 'number-wrong':
      return new Problem('INPUT_INVALID', {
        detail: 'This is no registered number: its check digit is wrong.',
        field,
      });
  }
}

const machineProblems: Readonly<Record<MachineRefusal, readonly [ProblemCode, ProblemDetails?]>> = {
  'not-found': ['MACHINE_NOT_FOUND'],
  exists: ['MACHINE_EXISTS'],
  state: ['MACHINE_STATE'],
  'last-key': ['MACHINE_STATE'],
  'second-admin': ['SECOND_ADMIN_NEEDED'],
  key: ['MACHINE_KEY', { field: 'key' }],
  'too-many': ['TOO_MANY_MACHINES'],
  'cut-off': ['UNAUTHENTICATED'],
  'number-not-here': [
    'INPUT_INVALID',
    { detail: 'Only machines of the portal act for an enterprise.', field: 'uscc' },
  ],
  'number-wrong': [
    'INPUT_INVALID',
    { detail: 'This is no registered number: its check digit is wrong.', field: 'uscc' },
  ],
  'number-of-another': ['OTHER_ENTERPRISE', { field: 'uscc' }],
};

/** What express and its body parsers throw carries a status and a type. */
function httpProblem(error: unknown): Problem | undefined {
  if (!(error instanceof Error) || !('status' in error)) return undefined;
  switch (error.status) {
    case 400:
      return new Problem('MALFORMED_JSON');
    case 413:
      return new Problem('BODY_TOO_LARGE');
    case 415:
      return new Problem('UNSUPPORTED_MEDIA_TYPE');
    default:
      return undefined;
  }
}
