import { z } from 'zod';
import { authenticateByToken } from './authenticate.js';
import { ATTRIBUTES } from './attributes.js';
import type { Authority } from './authority.js';
import { CODES, CaError, authorizationFailure } from './errors.js';
import { isTrue } from './permissions.js';
import { type CaRequest, type Reply, bodyOf } from './request.js';
import { revocationList } from './revocation.js';

/** Go's zero time stands for no bound. */
const time = z.coerce
  .date()
  .transform((date) => (date.getUTCFullYear() <= 1 ? undefined : date))
  .optional();
const body = z.object({ revokedafter: time, revokedbefore: time, expireafter: time, expirebefore: time });

/** POST /gencrl: the revocation list, for who has `hf.GenCRL`. */
export async function gencrl(authority: Authority, request: CaRequest): Promise<Reply> {
  const bounds = bodyOf(request, body);
  const { identity } = await authenticateByToken(authority, request);
  if (!isTrue(identity, ATTRIBUTES.genCrl))
    throw authorizationFailure('The caller may not generate a revocation list');
  requireOrder(bounds.revokedafter, bounds.revokedbefore, CODES.invalidRevokedAfter, 'revoked');
  requireOrder(bounds.expireafter, bounds.expirebefore, CODES.invalidExpireAfter, 'expire');
  const crl = await revocationList(authority, {
    revokedAfter: bounds.revokedafter,
    revokedBefore: bounds.revokedbefore,
    expireAfter: bounds.expireafter,
    expireBefore: bounds.expirebefore,
  });
  return { result: { CRL: Buffer.from(crl).toString('base64') } };
}

function requireOrder(after: Date | undefined, before: Date | undefined, code: number, what: string): void {
  if (after && before && after > before) {
    throw new CaError(
      400,
      code,
      `Invalid '${what}after' value. It must not be a timestamp greater than '${what}before'`,
    );
  }
}
