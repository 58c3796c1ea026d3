import { kindOf, type OrganisationKind, permissions } from '@pledgeonce/chaincode/permissions.js';
import { everyone, type Role } from '@pledgeonce/chaincode/roles.js';
import type { Access, Endpoint } from '../endpoint.js';

/** Between these lines of the page stand the tables. */
const [begin, end] = ['<!-- access: begin, written by npm run docs -->', '<!-- access: end -->'];

/**
 * The page `docs/authorisation.md` with who may call what, as the tables of chaincode and gateway have it. What is committed
 * is what was agreed: `acceptance/attacks/authorisation-matrix` asks every person of every organisation against it.
 *
 * @throws Error when the page has no place for it.
 */
export function withAccessTables(page: string, endpoints: readonly Endpoint[]): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error('The page has no place for the tables of access.');
  const functions = Object.entries(permissions).map(
    ([name, { access, kinds, roles }]) => `| \`${name}\` | ${access} | ${whoOf({ kinds, roles })} |`,
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
  return `${page.slice(0, from + begin.length)}\n\n${tables.join('\n')}\n\n${page.slice(to)}`;
}

function whoMay(access: Access): string {
  if (access === 'public') return 'anybody | anybody';
  if (access === 'session') return 'all | whoever is signed in';
  return whoOf(typeof access === 'string' ? permissions[access] : access);
}

interface Who {
  readonly kinds?: readonly OrganisationKind[];
  readonly roles: readonly Role[];
}

function whoOf({ kinds, roles }: Who): string {
  const isAll = kinds === undefined || everyone.every((kind) => kinds.includes(kind));
  return `${isAll ? 'all' : kinds.join(', ')} | ${roles.join(', ')}`;
}

/** One line of the page: who is meant by it, and whether somebody is. */
export interface AgreedAccess {
  /** A function of the ledger, or method and path of an operation. */
  readonly name: string;
  readonly isOperation: boolean;
  /** Needs no session. */
  readonly isPublic: boolean;
  readonly allows: (mspId: string, role: string) => boolean;
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
      allows: (mspId, role) =>
        ['anybody', 'whoever is signed in'].includes(roles) ||
        (has(roles, role) && (kinds === 'all' || has(kinds, kindOf(mspId)))),
    };
  });
}
