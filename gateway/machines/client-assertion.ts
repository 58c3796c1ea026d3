import { decodeJwt, decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import { messageOf } from '../message-of.js';
import { signingAlgorithms } from './machine-keys.js';
import type { MachineKey, MachineRecord } from './machine-record.js';
import type { SeenAssertions } from './seen-assertions.js';

/** How long an assertion may be good, and by how much two clocks may differ; seconds. */
const longest = 300;
const skew = 30;

/** What a client has sent proves nothing; the reason is for the log, not for the client. */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

/** Of whom an assertion says that it is, before anything is verified; undefined for what is no assertion. */
export function claimedIdOf(assertion: string): string | undefined {
  try {
    return decodeJwt(assertion).sub;
  } catch {
    return undefined;
  }
}

/**
 * Holds a signed assertion (RFC 7523) against the machine's keys. It is good once, for this gateway, and for five minutes.
 *
 * @param audiences The addresses for which it may be made.
 * @returns the key that has signed it.
 * @throws AssertionError
 */
export async function proveAssertion(
  assertion: string,
  { id, keys }: Pick<MachineRecord, 'id' | 'keys'>,
  audiences: readonly string[],
  seen: SeenAssertions,
  now: number = Date.now(),
): Promise<MachineKey> {
  const key = keyOf(assertion, keys);
  try {
    const { payload } = await jwtVerify(assertion, await importJWK({ ...key.jwk }, algorithmOf(assertion)), {
      algorithms: [...signingAlgorithms],
      issuer: id,
      subject: id,
      audience: [...audiences],
      clockTolerance: skew,
      currentDate: new Date(now),
      requiredClaims: ['exp', 'jti'],
    });
    const { exp = 0, jti } = payload;
    if (exp > now / 1_000 + longest + skew) throw new AssertionError('good for too long');
    if (typeof jti !== 'string' || jti === '' || jti.length > 200) throw new AssertionError('no jti');
    if (!(await seen.take(id, jti, (exp + skew) * 1_000))) throw new AssertionError('used before');
    return key;
  } catch (error) {
    if (error instanceof AssertionError) throw error;
    throw new AssertionError(messageOf(error, 'not verified'), { cause: error });
  }
}

/** The key that the assertion names; whoever has one key need not name it. */
function keyOf(assertion: string, keys: readonly MachineKey[]): MachineKey {
  const { kid } = headerOf(assertion);
  const named = kid === undefined && keys.length === 1 ? keys[0] : keys.find((key) => key.kid === kid);
  if (named === undefined) throw new AssertionError('signed by no key of the machine');
  return named;
}

function algorithmOf(assertion: string): string {
  const { alg } = headerOf(assertion);
  const known = signingAlgorithms.find((one) => one === alg);
  if (known === undefined) throw new AssertionError('signed with another algorithm');
  return known;
}

function headerOf(assertion: string): { readonly kid?: string; readonly alg?: string } {
  try {
    return decodeProtectedHeader(assertion);
  } catch (error) {
    throw new AssertionError('no assertion', { cause: error });
  }
}
