import { createRemoteJWKSet, jwtVerify } from 'jose';
import { z } from 'zod';
import { NotIdentifiedError } from './not-identified.js';

/** How old a logout token may be, and how far the clocks may differ, seconds. */
const mostSeconds = 120;
const skewSeconds = 30;

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';

const claimsSchema = z.object({
  iss: z.string(),
  sub: z.string().min(1).max(255),
  jti: z.string().min(1).max(255),
  events: z.object({ [logoutEvent]: z.object({}) }),
  // With one it is an ID token, which says the opposite.
  nonce: z.undefined().optional(),
});

export interface LogoutParts {
  readonly issuer: string;
  readonly clientId: string;
  /** Where the provider shows its keys. */
  readonly keysAt: string;
}

/** Tells who has been signed out at the provider (OpenID Connect Back-Channel Logout 1.0). Each token counts once. */
export class LogoutTokens {
  readonly #parts: LogoutParts;
  readonly #keys: ReturnType<typeof createRemoteJWKSet>;
  readonly #seen = new Map<string, number>();

  constructor(parts: LogoutParts) {
    this.#parts = parts;
    this.#keys = createRemoteJWKSet(new URL(parts.keysAt));
  }

  /**
   * @returns the account whose sessions end.
   * @throws NotIdentifiedError for what the provider has not signed for this gateway, just now and about one account.
   */
  async read(token: string): Promise<{ readonly issuer: string; readonly subject: string }> {
    const { issuer, clientId: audience } = this.#parts;
    try {
      const { payload } = await jwtVerify(token, this.#keys, {
        issuer,
        audience,
        maxTokenAge: mostSeconds,
        clockTolerance: skewSeconds,
        algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
      });
      const { sub, jti } = claimsSchema.parse(payload);
      this.#assertNew(jti);
      return { issuer, subject: sub };
    } catch (error) {
      if (error instanceof NotIdentifiedError) throw error;
      throw new NotIdentifiedError('no logout token of the provider', { cause: error });
    }
  }

  #assertNew(jti: string): void {
    const now = Date.now();
    for (const [known, until] of this.#seen) if (until < now) this.#seen.delete(known);
    if (this.#seen.has(jti)) throw new NotIdentifiedError('a logout token comes twice');
    this.#seen.set(jti, now + (mostSeconds + 2 * skewSeconds) * 1_000);
  }
}
