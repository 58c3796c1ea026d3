import { type OrganisationKind, permissions } from '@pledgeonce/chaincode/permissions.js';
import { everyone, type Role } from '@pledgeonce/chaincode/roles.js';
import type { Access, Endpoint } from '../endpoint.js';
import { withTable } from './written-tables.js';

/**
 * The page `docs/authorisation.md` with who may call what, as the tables of chaincode and gateway have it. What is committed
 * is what was agreed: `acceptance/attacks/authorisation-matrix` asks every person of every organisation against it.
 *
 * @throws Error when the page has no place for it.
 */
export function withAccessTables(page: string, endpoints: readonly Endpoint[]): string {
  const functions = Object.entries(permissions).map(
    ([name, permission]) => `| \`${name}\` | ${permission.access} | ${whoOf(permission)} |`,
  );
  const operations = endpoints.map(
    ({ method, path, access }) => `| \`${method.toUpperCase()} ${path}\` | ${whoMay(access)} |`,
  );
  const tables = [
    ...[
      '## Functions of the ledger',
      '',
      '| Function | | Organisations | Roles |',
      '| --- | --- | --- | --- |',
    ],
    ...functions,
    ...['', '## Operations of a gateway', '', '| Operation | Organisations | Roles |', '| --- | --- | --- |'],
    ...operations,
  ];
  return withTable(page, 'access', tables.join('\n'));
}

function whoMay(access: Access): string {
  if (access === 'public') return 'anybody | anybody';
  if (access === 'session') return 'all | whoever is signed in';
  return whoOf(typeof access === 'string' ? permissions[access] : access);
}

interface Who {
  readonly kinds?: readonly OrganisationKind[];
  readonly governing?: true;
  readonly roles: readonly Role[];
}

function whoOf({ kinds, roles, governing }: Who): string {
  const isAll = kinds === undefined || everyone.every((kind) => kinds.includes(kind));
  const named = kinds?.map((kind) =>
    governing && (kind === 'customs' || kind === 'tax') ? nodeOf(kind) : kind,
  );
  return `${isAll || named === undefined ? 'all' : named.join(', ')} | ${roles.join(', ')}`;
}

/** Of a kind of which there may be further offices, the government node alone. */
const nodeOf = (kind: OrganisationKind) => `${kind} node`;

/** One line of the page: who is meant by it, and whether somebody is. */
export interface AgreedAccess {
  /** A function of the ledger, or method and path of an operation. */
  readonly name: string;
  readonly isOperation: boolean;
  /** Needs no session. */
  readonly isPublic: boolean;
  readonly allows: (organisation: Meant, role: string) => boolean;
}

/** An organisation, as far as the tables tell organisations apart. */
interface Meant {
  readonly kind: OrganisationKind;
  readonly government: boolean;
}

/** Reads the tables of the page, so that what it says can be tried out. */
export function readAccessTables(page: string): readonly AgreedAccess[] {
  return [...page.matchAll(/^\| `([^`]+)`\s*\|(.*)\|$/gm)].map(([, name = '', cells = '']) => {
    const [roles = '', kinds = ''] = cells
      .split('|')
      .map((cell) => cell.trim())
      .reverse();
    const has = (list: string, one: string) => list.split(', ').includes(one);
    return {
      name,
      isOperation: name.includes(' '),
      isPublic: roles === 'anybody',
      allows: ({ kind, government }, role) =>
        ['anybody', 'whoever is signed in'].includes(roles) ||
        (has(roles, role) &&
          (kinds === 'all' || has(kinds, kind) || (government && has(kinds, nodeOf(kind))))),
    };
  });
}
