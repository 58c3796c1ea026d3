import { authenticateByToken } from './authenticate.js';
import { ATTRIBUTES } from './attributes.js';
import type { Authority } from './authority.js';
import { CODES, CaError, authorizationFailure } from './errors.js';
import { containsAffiliation, isTrue } from './permissions.js';
import { type IssuedCertificate, attributeOf, canonicalHex } from './records.js';
import { type CaRequest, type Reply, switchOf } from './request.js';

/** GET /certificates: those of identities within the caller's affiliation, by owner, number, state and time. */
export async function listCertificates(authority: Authority, request: CaRequest): Promise<Reply> {
  const { identity: caller } = await authenticateByToken(authority, request);
  if (attributeOf(caller, ATTRIBUTES.roles) === undefined && !isTrue(caller, ATTRIBUTES.revoker)) {
    throw authorizationFailure('The caller is neither registrar nor revoker');
  }
  const matches = filterOf(request, authority.clock());
  const id = request.query.get('id');
  const found = (await authority.store.certificates(id)).filter(matches);
  const certs: { PEM: string }[] = [];
  for (const certificate of found) {
    const owner = await authority.store.identity(certificate.id);
    if (caller.affiliation === '' || (owner && containsAffiliation(caller, owner.affiliation))) {
      certs.push({ PEM: certificate.pem });
    }
  }
  return { result: { certs, caname: request.query.get('ca') ?? '' } };
}

type Filter = (certificate: IssuedCertificate) => boolean;

function filterOf(request: CaRequest, now: Date): Filter {
  const time = (name: string) => timeOf(request.query.get(name) ?? '', name, now);
  const expired = { start: time('expired_start'), end: time('expired_end') };
  const revoked = { start: time('revoked_start'), end: time('revoked_end') };
  const notExpired = switchOf(request, 'notexpired');
  const notRevoked = switchOf(request, 'notrevoked');
  requireOne(notExpired, expired, 'expiration', 'notexpired');
  requireOne(notRevoked, revoked, 'revocation', 'notrevoked');

  const serial = request.query.get('serial');
  const aki = request.query.get('aki');
  return (certificate) =>
    (serial === undefined || certificate.serial === canonicalHex(serial)) &&
    (aki === undefined || certificate.aki === canonicalHex(aki)) &&
    (!notExpired || Date.parse(certificate.notAfter) >= now.getTime()) &&
    (!notRevoked || certificate.revokedAt === undefined) &&
    within(certificate.notAfter, expired) &&
    within(certificate.revokedAt, revoked);
}

interface Span {
  readonly start: number | undefined;
  readonly end: number | undefined;
}

function within(time: string | undefined, { start, end }: Span): boolean {
  if (start === undefined && end === undefined) return true;
  if (time === undefined) return false;
  const at = Date.parse(time);
  return (start === undefined || at >= start) && (end === undefined || at <= end);
}

function requireOne(flag: boolean, { start, end }: Span, what: string, name: string): void {
  if (flag && (start !== undefined || end !== undefined)) {
    throw new CaError(
      400,
      CODES.certificates,
      `Invalid Request: Can't specify ${what} time filter and the '${name}' filter`,
    );
  }
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

/** A date, a time, or a distance from now such as `-30d`; milliseconds since the epoch. */
function timeOf(text: string, name: string, now: Date): number | undefined {
  if (text === '') return undefined;
  const [, sign, amount, unit = ''] = /^([+-])(\d+)([smhd])$/.exec(text.toLowerCase()) ?? [];
  const at =
    sign === undefined
      ? Date.parse(text.includes('T') ? text : `${text}T00:00:00Z`)
      : now.getTime() + (sign === '-' ? -1 : 1) * Number(amount) * (UNITS.get(unit) ?? 0);
  if (Number.isNaN(at)) {
    throw new CaError(400, CODES.certificates, `Invalid Request: Invalid '${name}' value`);
  }
  return at;
}
