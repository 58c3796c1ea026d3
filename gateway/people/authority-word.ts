import { z } from 'zod';
import type { CertificateWord } from './standing.js';

/** What the certificate authority and the channel said last; remembered as said while they are away. */
export const authorityWordSchema = z.strictObject({
  /** When the list of people was asked for, milliseconds; 0 before the first answer. */
  askedAt: z.number(),
  people: z.record(z.string(), z.strictObject({ role: z.string(), uscc: z.string().optional() })),
  /** Serial numbers of revoked certificates, hexadecimal in lower case, by who revoked them. */
  revokedAtAuthority: z.array(z.string()),
  revokedAtChannel: z.array(z.string()),
  /** When the newest revocation list of the certificate authority was made, milliseconds. */
  listMadeAt: z.number(),
});
export type AuthorityWord = z.infer<typeof authorityWordSchema>;

export const nothingSaid: AuthorityWord = {
  askedAt: 0,
  people: {},
  revokedAtAuthority: [],
  revokedAtChannel: [],
  listMadeAt: 0,
};

/** A certificate as far as its standing goes. */
export interface HeldCertificate {
  readonly serial: string;
  readonly role: string | undefined;
  readonly uscc: string | undefined;
  /** Milliseconds since 1970. */
  readonly endsAt: number;
}

/** The person whom the certificate was issued to, as the gateway's register has them. */
export interface Holder {
  readonly id: string;
  readonly role: string;
  readonly uscc?: string | undefined;
  /** From when on the list must have the person, milliseconds. */
  readonly listedFrom?: number | undefined;
}

/** What is said of this certificate of this person. */
export function wordOf(
  word: AuthorityWord,
  revoked: ReadonlySet<string>,
  holder: Holder,
  held: HeldCertificate,
  now: number,
): CertificateWord {
  if (revoked.has(held.serial)) return 'revoked';
  if (isUnlisted(word, holder)) return 'unlisted';
  const listed = word.askedAt > (holder.listedFrom ?? Infinity) ? word.people[holder.id] : undefined;
  const isOther = (one: { readonly role: string; readonly uscc?: string | undefined }) =>
    held.role !== one.role || held.uscc !== one.uscc;
  if (isOther(holder) || (listed !== undefined && isOther(listed))) return 'other-role';
  return held.endsAt <= now ? 'ended' : 'in-order';
}

/** True when the certificate authority had the person once and has them no more. */
export function isUnlisted(word: AuthorityWord, { id, listedFrom }: Holder): boolean {
  return listedFrom !== undefined && word.askedAt > listedFrom && word.people[id] === undefined;
}
