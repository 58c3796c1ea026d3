import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Layout } from './layout.js';
import { writeWhole } from '../write-whole.js';

/** Whose certificates a list of an organisation names: its authority issues those of people, its root those of nodes. */
export type RevocationKind = 'people' | 'nodes';

const kinds: readonly RevocationKind[] = ['people', 'nodes'];

/** The revocation lists that an organisation whose keys are here has signed, PEM. */
export function revocationListsOf(layout: Layout, organisation: string, only?: RevocationKind): string[] {
  return kinds
    .filter((kind) => only === undefined || kind === only)
    .map((kind) => fileOf(layout, organisation, kind))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8'));
}

/** Puts a list in the place of the former one of its kind. */
export function keepRevocationList(
  layout: Layout,
  organisation: string,
  kind: RevocationKind,
  list: string,
): void {
  writeWhole(fileOf(layout, organisation, kind), list);
}

function fileOf(layout: Layout, organisation: string, kind: RevocationKind): string {
  return join(layout.revocations(organisation), `${kind}.pem`);
}
