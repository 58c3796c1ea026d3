import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { peopleOf, type Consortium } from '../../consortium.js';
import type { Credentials, RegisteredPerson } from '../config/ca-server-yaml.js';
import type { Layout } from '../layout.js';
import type { Member } from '../topology.js';
import { writeWhole } from '../../write-whole.js';

/** The enrolment secrets of an organisation's registrar and development people, made at random when missing. */
export function ensureCredentials(
  consortium: Consortium,
  layout: Layout,
  { organisation }: Member,
): Credentials {
  const dir = layout.people(organisation.name);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const registrarSecret = keep(join(dir, 'registrar.secret'), newSecret);
  const people = keep(join(dir, 'people.json'), () =>
    JSON.stringify(
      peopleOf(consortium, organisation).map((person) => ({ ...person, secret: newSecret() })),
      undefined,
      2,
    ),
  );
  return { registrarSecret, people: JSON.parse(people) as RegisteredPerson[] };
}

function newSecret(): string {
  return randomBytes(18).toString('base64url');
}

function keep(file: string, make: () => string): string {
  if (!existsSync(file)) writeWhole(file, make(), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}
