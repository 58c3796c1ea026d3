import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Consortium } from '../../consortium.js';
import { operationOf } from '../../operation.js';
import { isHere, type Layout } from '../layout.js';

/** Where every replica reads its connection string: it stands in no environment and among no arguments. */
export const DATABASE_FILE = '/run/secrets/gateway/database';

/** The secret with the connection string of an organisation's gateways, as Compose file and chart name it. */
export function databaseSecret(organisation: string): { readonly source: string; readonly target: string } {
  return { source: `${organisation}-database`, target: DATABASE_FILE };
}

/** The file of an organisation's folder from which Compose takes that secret. */
export function databaseFileOf({ organisations }: Layout, organisation: string): string {
  return join(organisations, organisation, 'database');
}

/** What the Compose file says of secrets, where an organisation has any. */
export function secretsOf(consortium: Consortium, layout: Layout): Record<string, { readonly file: string }> {
  const sharing = consortium.organisations.filter(
    (organisation) =>
      isHere(layout, organisation) && operationOf(consortium, organisation).replicas !== undefined,
  );
  return Object.fromEntries(
    sharing.map(({ name }) => [databaseSecret(name).source, { file: databaseFileOf(layout, name) }]),
  );
}

/**
 * Looks whether every secret is there: an engine would make an empty folder of one that is not.
 *
 * @throws Error that names the file.
 */
export function assertSecrets(consortium: Consortium, layout: Layout): void {
  for (const { file } of Object.values(secretsOf(consortium, layout))) {
    if (existsSync(file)) continue;
    const what = 'the connection string of the PostgreSQL that the replicas share';
    throw new Error(`Write ${what} into ${file}, readable by its owner only: docs/operators/replicas.md`);
  }
}
