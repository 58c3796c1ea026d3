import { status } from '@grpc/grpc-js';
import { GatewayError } from '@hyperledger/fabric-gateway';
import { LedgerError, parseLedgerError } from '@pledgeonce/chaincode/errors.js';

/** What an error of the peer's gateway service means for the caller. */
export type Failure =
  | { readonly kind: 'refused'; readonly refusal: LedgerError }
  | { readonly kind: 'certificate' }
  /** These endorsers did not answer; an empty list blames the peer that we talk to. */
  | { readonly kind: 'unavailable'; readonly organisations: readonly string[] }
  /** Endorsers at different heights gave different answers. */
  | { readonly kind: 'disagreement' }
  /** These endorsers chose to hand private data to a node that they could not reach; the next time they may choose another. */
  | { readonly kind: 'undelivered'; readonly organisations: readonly string[] }
  /** Something went wrong at these endorsers, or we do not know where; the words are for the log. */
  | { readonly kind: 'other'; readonly organisations: readonly string[]; readonly words: string };

/** Fabric has no code for these, only words. They are read here and nowhere else. */
const words = {
  /** The endorser's own words about the person, though the peer between reports them like a node that is away. */
  expired: /client identity (?:has )?expired/i,
  /** A clock so wrong that Fabric does not let the chaincode, which tolerates less, say so. */
  clockSkew: /unauthorized due to incorrect timestamp/i,
  certificate:
    /access denied|creator|certificate (?:has )?expired|revoked|not valid identity|identity is not valid/i,
  disagreement: /payloads? do(?:es)? not match|does not match|mismatch/i,
  undelivered: /failed disseminating/i,
  unavailable:
    /connection|unavailab|timed? ?out|timeout|deadline|no combination of peers|no peers available|find any endorsing peers|select a set of endorsers|stream terminated|shutting down|eligible peers/i,
};

const certificateCodes: readonly number[] = [status.UNAUTHENTICATED, status.PERMISSION_DENIED];
const unavailableCodes: readonly number[] = [
  status.UNAVAILABLE,
  status.DEADLINE_EXCEEDED,
  status.CANCELLED,
  status.RESOURCE_EXHAUSTED,
];

/** Reads an error of endorsing or evaluating. */
export function classify(error: unknown): Failure {
  if (!(error instanceof GatewayError)) return { kind: 'other', organisations: [], words: String(error) };
  const texts = [...error.details.map(({ message }) => message), error.message];
  for (const text of texts) {
    const refusal = parseLedgerError(text);
    // A chaincode that failed by itself, as where private data has not arrived yet, does not speak for the others.
    if (refusal?.code === 'INTERNAL') return failedAt(error, texts);
    if (refusal !== undefined) return { kind: 'refused', refusal };
  }
  if (texts.some((text) => words.clockSkew.test(text))) {
    return { kind: 'refused', refusal: new LedgerError('CLOCK_SKEW') };
  }
  if (certificateCodes.includes(error.code) || texts.some((text) => words.expired.test(text))) {
    return { kind: 'certificate' };
  }
  const silent = silentOrganisations(error);
  if (silent.length > 0) return { kind: 'unavailable', organisations: silent };
  const undelivered = organisationsThatSay(words.undelivered, error);
  if (undelivered.length > 0) return { kind: 'undelivered', organisations: undelivered };
  if (texts.some((text) => words.certificate.test(text))) return { kind: 'certificate' };
  if (texts.some((text) => words.disagreement.test(text))) return { kind: 'disagreement' };
  if (unavailableCodes.includes(error.code) || texts.some((text) => words.unavailable.test(text))) {
    return { kind: 'unavailable', organisations: [] };
  }
  return failedAt(error, texts);
}

/** What the chaincode refused, by the organisation at whose node it did. */
export function refusalsIn(error: unknown): ReadonlyMap<string, LedgerError> {
  if (!(error instanceof GatewayError)) return new Map();
  return new Map(
    error.details.flatMap(({ mspId, message }) => {
      const refusal = parseLedgerError(message);
      return refusal === undefined || refusal.code === 'INTERNAL' ? [] : [[mspId, refusal] as const];
    }),
  );
}

/**
 * Whether the nodes that were asked did not say the same: their answers do not match, or not all refuse in the same words.
 * Where a refusal names no node, the service in between refuses, as it does a clock that is wrong.
 */
export function nodesDiffer(error: unknown, asked: readonly string[]): boolean {
  const { kind } = classify(error);
  if (kind !== 'refused') return kind === 'disagreement';
  const refusals = refusalsIn(error);
  const words = new Set([...refusals.values()].map(({ message }) => message));
  return refusals.size > 0 && (words.size > 1 || !asked.every((mspId) => refusals.has(mspId)));
}

function failedAt(error: GatewayError, texts: readonly string[]): Failure {
  return {
    kind: 'other',
    organisations: error.details.map(({ mspId }) => mspId),
    words: texts.join('; '),
  };
}

/** A detail names its organisation; when discovery finds no peer of one, only the message does. */
function silentOrganisations(error: GatewayError): string[] {
  const named = /endorsing peers for org\(s\): (.*)$/.exec(error.message)?.[1]?.split(/,\s*/) ?? [];
  return [...named, ...organisationsThatSay(words.unavailable, error)];
}

function organisationsThatSay(what: RegExp, { details }: GatewayError): string[] {
  return details.filter(({ message }) => what.test(message)).map(({ mspId }) => mspId);
}
