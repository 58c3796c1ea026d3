import { errorTable } from '@pledgeonce/chaincode/errors.js';
import type { ErrorCode, ErrorEntry } from '@pledgeonce/chaincode/errors.js';

const table = {
  MALFORMED_JSON: { status: 400, sentence: 'The request is not valid JSON.' },
  BODY_TOO_LARGE: {
    status: 413,
    sentence: 'The request is too large. Send it in several parts.',
  },
  ROUTE_NOT_FOUND: { status: 404, sentence: 'There is nothing at this address.' },
  METHOD_NOT_ALLOWED: { status: 405, sentence: 'This address does not support that method.' },
  NOT_ACCEPTABLE: {
    status: 406,
    sentence: 'The answer cannot be given in the format asked for.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    sentence: 'The request is in a format that is not read here.',
  },
  REQUEST_TIMEOUT: {
    status: 408,
    sentence: 'The rest of the request did not come. Send it again.',
  },
  DATABASE_AWAY: {
    status: 503,
    sentence:
      'The database of this gateway does not answer. Whether the request was carried out shows when it is sent again with the same key.',
  },
  TAKING_OVER: {
    status: 503,
    sentence:
      'Another gateway of this organisation is taking over. Send the request again, with the same key where it has one.',
  },
  RATE_LIMITED: { status: 429, sentence: 'Too many requests. Wait a moment and try again.' },
  UNAUTHENTICATED: { status: 401, sentence: 'Sign in first: there is no valid session.' },
  CROSS_SITE: {
    status: 403,
    sentence:
      'This was not sent by a page of this gateway, so the browser’s session does not count. Nothing was changed.',
  },
  SIGN_IN_REFUSED: { status: 401, sentence: 'The id or the secret is wrong.' },
  SIGN_IN_LOCKED: {
    status: 429,
    sentence: 'Too many wrong secrets. Sign-in is locked for a while.',
  },
  PROVIDER_REFUSED: {
    status: 401,
    sentence:
      'Your organisation’s account does not let you in here. Try again; if it stays so, ask your admin for an invitation.',
  },
  PROVIDER_UNAVAILABLE: {
    status: 503,
    sentence: 'Your organisation’s sign-in service does not answer. Try again later.',
  },
  PROVIDER_MISSING: {
    status: 422,
    sentence: 'This gateway has no identity provider: people sign in by a secret of their own.',
  },
  INVITATION_REFUSED: {
    status: 401,
    sentence: 'The id or the code is wrong, or the invitation is over. Ask your admin for a new one.',
  },
  SECRET_REFUSED: {
    status: 403,
    sentence: 'The present secret is wrong. Nothing was changed.',
  },
  TOO_MANY_STREAMS: {
    status: 429,
    sentence: 'You follow the events with as many programs as one person may. Close one of them first.',
  },
  CERTIFICATE_REFUSED: {
    status: 401,
    sentence:
      'The network does not accept your certificate. It may have been revoked; sign in again or ask your admin.',
  },
  IDEMPOTENCY_KEY_MISSING: {
    status: 400,
    sentence: 'Send the header Idempotency-Key with every request that changes something.',
  },
  IDEMPOTENCY_KEY_INVALID: {
    status: 400,
    sentence: 'An idempotency key has 8 to 100 visible ASCII characters.',
  },
  DOCUMENT_AMBIGUOUS: {
    status: 422,
    sentence: 'The document says two things where it may say one. Correct it, or record it by hand.',
  },
  NOT_A_RECEIVABLE: {
    status: 422,
    sentence: 'Nobody owes anything on such a document, so it is not recorded.',
  },
  CURSOR_INVALID: { status: 400, sentence: 'This cursor does not belong to this list.' },
  SECRET_TOO_WEAK: {
    status: 400,
    sentence:
      'This secret is too easy to guess. Choose another of at least 12 characters that is not widely used.',
  },
  REVOCATION_LIST_REFUSED: {
    status: 400,
    sentence: 'Your organisation’s certificate authority has not signed this revocation list.',
  },
  SECOND_ADMIN_NEEDED: {
    status: 403,
    sentence: 'Another admin has to confirm this: not the one who asked for it, nor the person concerned.',
  },
  OWN_PERSON: {
    status: 403,
    sentence: 'Nobody changes their own role or state. Another admin can do it.',
  },
  SESSION_NOT_FOUND: {
    status: 404,
    sentence: 'You have no such session; it may have ended.',
  },
  PERSON_NOT_FOUND: { status: 404, sentence: 'Your organisation has no such person.' },
  PERSON_EXISTS: { status: 409, sentence: 'This enrolment id is taken.' },
  EVENT_NOT_FOUND: { status: 404, sentence: 'Your organisation has no such event.' },
  WEBHOOK_NOT_FOUND: { status: 404, sentence: 'Your organisation has no such webhook.' },
  WEBHOOK_ADDRESS: {
    status: 422,
    sentence: 'Messages are not sent to this address: only to public ones that begin with https://.',
  },
  MACHINE_NOT_FOUND: { status: 404, sentence: 'Your organisation has no such machine or key of one.' },
  MACHINE_EXISTS: { status: 409, sentence: 'This id is taken. Ids of machines are not used again.' },
  MACHINE_STATE: {
    status: 409,
    sentence: 'This cannot be done with a machine in this state, or with the only key that it has.',
  },
  MACHINE_KEY: {
    status: 422,
    sentence:
      'This key is not taken: it is no public key of P-256, P-384, Ed25519 or RSA with 2,048 bits, or the machine has it.',
  },
  TOO_MANY_MACHINES: {
    status: 409,
    sentence: 'There are as many machines, or keys of this one, as there may be. Remove one first.',
  },
  SCOPE_MISSING: {
    status: 403,
    sentence: 'The token of this machine is not good for that. An admin decides what a machine may do.',
  },
  ALERT_NOT_FOUND: { status: 404, sentence: 'Your organisation has no such alert.' },
  CERTIFICATE_NOT_FOUND: { status: 404, sentence: 'No such certificate has been issued here.' },
  EXPORT_UNDER_WAY: {
    status: 429,
    sentence: 'Another export of your organisation is under way. Try again when it has ended.',
  },
  RECONCILIATION_NOT_FOUND: {
    status: 404,
    sentence: 'Your organisation has no such reconciliation, or this gateway does not keep its details.',
  },
  OPERATION_NOT_FOUND: { status: 404, sentence: 'There is no such operation of yours.' },
  BANK_NOT_FOUND: { status: 404, sentence: 'The consortium has no such bank.' },
  SCAN_NOT_FOUND: {
    status: 404,
    sentence: 'This gateway keeps no such scan. Ask for it again: the same blocks give the same result.',
  },
  TRANSACTION_NOT_FOUND: { status: 404, sentence: 'The ledger has no such transaction.' },
  RULES_NOT_FOUND: {
    status: 404,
    sentence: 'This gateway has no rules for loans: people decide every application.',
  },
  LAST_ADMIN: {
    status: 409,
    sentence: 'This is the last admin: without them nobody could admit people any more.',
  },
  PERSON_STATE: {
    status: 409,
    sentence: 'This cannot be done with a person in this state.',
  },
  NOTHING_TO_CONFIRM: {
    status: 409,
    sentence: 'Nothing about this person waits for a second admin.',
  },
  ALERT_CHECKED: {
    status: 409,
    sentence: 'Somebody else has checked this alert already. Their remark stays.',
  },
  TOO_MANY_WEBHOOKS: {
    status: 409,
    sentence: 'The organisation has as many webhooks as it may. Remove one first.',
  },
  TOO_MANY_SCANS: {
    status: 429,
    sentence: 'Several scans are waiting already. Try again when one has ended.',
  },
  CONCURRENT_CHANGE: {
    status: 409,
    sentence: 'Others keep changing the same record at this moment. Nothing was changed; try again.',
  },
  ENDORSEMENT_FAILED: {
    status: 502,
    sentence: 'The network did not agree on an answer. Nothing was changed.',
  },
  COMMIT_REFUSED: {
    status: 502,
    sentence: 'The network recorded the transaction as invalid. Nothing was changed.',
  },
  NETWORK_UNAVAILABLE: {
    status: 503,
    sentence: 'The network does not answer. Nothing was changed; try again later.',
  },
  PROJECTION_BEHIND: {
    status: 503,
    sentence:
      'This gateway is still reading the ledger, and a part of a list would look like all of it. Try again later.',
  },
  SERVICE_IDENTITY_MISSING: {
    status: 503,
    sentence:
      'The gateway has no certificate of its own yet. It asks its certificate authority again and again; nothing is lost.',
  },
  CA_UNAVAILABLE: {
    status: 503,
    sentence: 'The certificate authority does not answer. Try again later.',
  },
} as const satisfies Record<string, ErrorEntry>;

export type TransportCode = keyof typeof table;
export type ProblemCode = ErrorCode | TransportCode;

/** What the gateway itself refuses, in the form of the ledger's table; no code appears in both. */
export const transportTable: Readonly<Record<TransportCode, ErrorEntry>> = table;

/** Every code that a REST client can meet. */
export const problemTable: Readonly<Record<ProblemCode, ErrorEntry>> = { ...errorTable, ...table };

/** Whether a code that came as text is one of ours. */
export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problemTable, code);
}
