import { createRequire } from 'node:module';
import { permissions } from '@pledgeonce/chaincode/permissions.js';
import { z } from 'zod';
import { certificateWarning } from '../people/certificate-warning.js';
import { heldCertificate } from '../people/may-act.js';
import { languages } from '../people/preferences.js';
import type { Language } from '../people/preferences.js';
import type { Person, Session } from '../people/session-store.js';
import { accountShape, shownAccount } from './accounts.js';
import { isPersons } from './http/assert-access.js';
import type { ApiContext } from './context.js';

const { version } = z
  .object({ version: z.string() })
  .parse(createRequire(import.meta.url)('@pledgeonce/gateway/package.json'));

export const personSchema = z.strictObject({
  id: z.string(),
  role: z.enum(['officer', 'approver', 'auditor', 'viewer', 'admin']),
  mspId: z.string(),
  /** The registered number of the enterprise for which a person of the portal acts. */
  ...accountShape,
});

/** What is told of who is signed in. */
export function shownPerson({ kind: _kind, uscc, ...person }: Person): z.infer<typeof personSchema> {
  return personSchema.parse({ ...person, ...shownAccount(uscc) });
}

export const languageSchema = z.enum(languages);

/** The certificate that the person signs with, and what to do when it is about to end. */
export const certificateShape = { certificateEndsAt: z.iso.datetime(), warning: z.string().optional() };

/** What the console needs to know of whoever is signed in. */
export const ownDescriptionSchema = z.strictObject({
  expiresAt: z.iso.datetime(),
  person: personSchema,
  ...certificateShape,
  organisation: z.strictObject({
    mspId: z.string(),
    title: z.string(),
    kind: z.enum(['customs', 'tax', 'regulator', 'insurer', 'carrier', 'enterprise', 'bank']),
  }),
  /** Which program serves the organisation, and on which network. */
  gateway: z.strictObject({ version: z.string(), network: z.string() }),
  /** The language that the person has chosen, or the best of those that the browser asks for. */
  language: languageSchema,
  /** The steps on the ledger that role and organisation allow; the ledger itself holds everybody to them. */
  may: z.array(z.string()),
});
export type OwnDescription = z.infer<typeof ownDescriptionSchema>;

/** @param accepted the language that the request asks for, for whoever has chosen none. */
export async function describeOwn(
  context: Pick<ApiContext, 'organisation' | 'sessions' | 'preferences' | 'profile'>,
  session: Session,
  accepted: Language,
): Promise<OwnDescription> {
  const { organisation, sessions, preferences, profile } = context;
  const { person, identity } = session;
  const { mspId, title, kind } = organisation;
  return {
    expiresAt: sessions.expiresAt(session).toISOString(),
    person: shownPerson(person),
    ...certificateOf(new Date(heldCertificate(identity).endsAt)),
    organisation: { mspId, title, kind },
    gateway: { version, network: profile.channel },
    language: (await preferences.languageOf(person.id)) ?? accepted,
    may: stepsOf(person),
  };
}

/** Until when a certificate is good, with a sentence of warning when that is soon. */
export function certificateOf(endsAt: Date): { certificateEndsAt: string; warning?: string } {
  const certificateEndsAt = endsAt.toISOString();
  const warning = certificateWarning(certificateEndsAt, Date.now());
  return { certificateEndsAt, ...(warning === undefined ? {} : { warning }) };
}

function stepsOf(person: Person): string[] {
  return Object.entries(permissions)
    .filter(([, permission]) => isPersons(permission, person) && permission.roles.includes(person.role))
    .map(([name]) => name);
}
