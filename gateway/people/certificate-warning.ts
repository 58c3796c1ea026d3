const day = 24 * 60 * 60_000;
/** From when on people are told that a certificate is about to end. */
const warnDays = 60;

/**
 * What to say of a certificate that is about to end.
 *
 * @param endsAt ISO 8601; undefined before there is one.
 * @returns undefined while there is nothing to say.
 */
export function certificateWarning(endsAt: string | undefined, now: number): string | undefined {
  if (endsAt === undefined) return undefined;
  const days = Math.floor((Date.parse(endsAt) - now) / day);
  if (days > warnDays) return undefined;
  if (Date.parse(endsAt) <= now) {
    return 'The certificate has ended. Signing in makes a new one; where that does not help, an admin invites anew.';
  }
  const left = days === 1 ? '1 day' : `${days} days`;
  return `The certificate ends in ${left}. It is renewed at the next sign-in while the certificate authority answers.`;
}
