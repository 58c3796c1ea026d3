import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Person } from '../../consortium.js';
import { ATTRIBUTES } from './attributes.js';
import type { Authority } from './authority.js';
import type { CertificateAuthorityOptions } from './options.js';
import type { Attribute, Identity } from './records.js';
import { newIdentity } from './register.js';
import { newSecret } from './secret.js';
import { putAffiliation, putIdentity } from './store.js';
import { writeWhole } from '../../write-whole.js';

/** Enrolment id of the identity that may register others. */
const REGISTRAR = 'registrar';

/** A secret of who is registered at the start. */
interface SeedSecret {
  readonly secret: string;
  /** Made just now: one that was found in a file may have been chosen by somebody. */
  readonly isNew: boolean;
}

/**
 * Registers the registrar and the development people that are not there yet. Secrets are written to their files
 * first: a start that is interrupted is taken up by the next with the same secrets.
 */
export async function seed(authority: Authority, options: CertificateAuthorityOptions): Promise<void> {
  const { people, affiliations = [], registrarTypes = ['client'] } = options;
  const { registrarSecret, secrets } = ensureSecrets(people);

  const wanted: [id: string, secret: SeedSecret, attributes: Attribute[]][] = [
    [REGISTRAR, registrarSecret, registrarAttributes(registrarTypes)],
    ...people.list.map((person): [string, SeedSecret, Attribute[]] => [
      person.id,
      secrets.get(person.id) ?? freshSecret(),
      personAttributes(person),
    ]),
  ];
  const missing = await Promise.all(
    wanted.map(async ([id, secret, attributes]) =>
      (await authority.store.identity(id)) ? undefined : member(id, secret, attributes),
    ),
  );
  const known = await authority.store.affiliations();
  const changes = [
    ...missing.filter((identity) => identity !== undefined).map(putIdentity),
    ...affiliations.filter((name) => !known.includes(name)).map(putAffiliation),
  ];
  if (changes.length > 0) await authority.store.write(changes);
}

/** Makes the secrets of who is to be registered, in files that only their owner reads, and reads them. */
export function ensureSecrets({ dir, list }: CertificateAuthorityOptions['people']): {
  readonly registrarSecret: SeedSecret;
  readonly secrets: ReadonlyMap<string, SeedSecret>;
} {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  return {
    registrarSecret: ensureSecret(join(dir, 'registrar.secret')),
    secrets: ensurePeople(join(dir, 'people.json'), list),
  };
}

function member(id: string, { secret, isNew }: SeedSecret, attrs: Attribute[]): Promise<Identity> {
  return newIdentity({ id, secret, type: 'client', affiliation: '', max_enrollments: -1, attrs }, isNew);
}

/** All that a registrar of Fabric CA has, except that it admits only the given types: never a peer, by default. */
function registrarAttributes(types: readonly string[]): Attribute[] {
  return [
    { name: ATTRIBUTES.roles, value: types.join(',') },
    { name: ATTRIBUTES.delegateRoles, value: types.join(',') },
    { name: ATTRIBUTES.attributes, value: '*' },
    { name: ATTRIBUTES.revoker, value: 'true' },
    { name: ATTRIBUTES.genCrl, value: 'true' },
    { name: ATTRIBUTES.affiliationManager, value: 'true' },
  ];
}

function personAttributes({ role, uscc }: Person): Attribute[] {
  return [
    { name: 'role', value: role, ecert: true },
    ...(uscc === undefined ? [] : [{ name: 'uscc', value: uscc, ecert: true }]),
  ];
}

const peopleFile = z.array(
  z.object({ id: z.string(), role: z.string(), uscc: z.string().optional(), secret: z.string().min(1) }),
);

const freshSecret = (): SeedSecret => ({ secret: newSecret(), isNew: true });

function ensureSecret(file: string): SeedSecret {
  if (existsSync(file)) return { secret: readFileSync(file, 'utf8').trim(), isNew: false };
  const fresh = freshSecret();
  writeWhole(file, fresh.secret, { mode: 0o600 });
  return fresh;
}

function ensurePeople(file: string, list: readonly Person[]): ReadonlyMap<string, SeedSecret> {
  const known = existsSync(file) ? peopleFile.parse(JSON.parse(readFileSync(file, 'utf8'))) : [];
  const fresh = list
    .filter(({ id }) => !known.some((one) => one.id === id))
    .map((person) => ({ ...person, secret: newSecret() }));
  const all = [...known, ...fresh];
  if (fresh.length > 0 || !existsSync(file))
    writeWhole(file, `${JSON.stringify(all, undefined, 2)}\n`, { mode: 0o600 });
  return new Map(all.map((person) => [person.id, { secret: person.secret, isNew: !known.includes(person) }]));
}
