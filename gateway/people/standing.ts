import type { PersonState } from './person-record.js';

/** Where somebody knocks. */
export const doors = ['sign-in', 'invitation', 'own-secret', 'request', 'stream', 'import'] as const;
export type Door = (typeof doors)[number];

/** What the certificate authority and the channel say of a person and of the certificate in question. */
export const certificateWords = ['in-order', 'revoked', 'unlisted', 'other-role', 'ended'] as const;
export type CertificateWord = (typeof certificateWords)[number];

/** All that decides whether a person may act now. */
export interface Standing {
  /** At the gateway's own register, which is asked first. */
  readonly state: PersonState | 'unknown';
  readonly certificate: CertificateWord;
}

/** Why somebody may not act now. */
export type Refusal = Exclude<PersonState, 'active'> | 'unknown' | Exclude<CertificateWord, 'in-order'>;

const signedIn: readonly Door[] = ['own-secret', 'request', 'stream', 'import'];

/**
 * The one answer to "may this person act now?": the gateway's own register first, then the word of the certificate
 * authority and of the channel. Pure, so that the table of the documentation can be made from it.
 *
 * @returns undefined when the person may; otherwise what stands in the way.
 */
export function refusalOf({ state, certificate }: Standing, door: Door): Refusal | undefined {
  const byState = refusalByState(state, door);
  if (byState !== undefined) return byState;
  return certificate === 'in-order' || !stops(certificate, door) ? undefined : certificate;
}

function refusalByState(state: Standing['state'], door: Door): Refusal | undefined {
  if (state === 'active') return undefined;
  // A lock is about secrets: who proved theirs before it goes on. An invitation is the way out of it.
  if (state === 'locked') return door === 'sign-in' ? state : undefined;
  if (state === 'invited' && door === 'invitation') return undefined;
  return state;
}

/** A new certificate is made at the door where a secret or a code is shown; elsewhere the present one must be in order. */
function stops(certificate: CertificateWord, door: Door): boolean {
  if (signedIn.includes(door)) return true;
  return certificate === 'unlisted';
}
