import { readFileSync } from 'node:fs';
import { type LedgerFunction, permissions } from '@pledgeonce/chaincode/permissions.js';
import { readAccessTables, withAccessTables } from './access-docs.js';
import type { ApiContext } from '../context.js';
import { endpointsOf } from '../whole-api.js';

const endpoints = endpointsOf({
  limits: {},
  organisation: { mspId: 'EnterpriseMSP', kind: 'enterprise' },
} as ApiContext);
const page = readFileSync(new URL('../../../../docs/authorisation.md', import.meta.url), 'utf8');

/** Compares what is said, not how wide the columns of a table are. */
const squeeze = (text: string) => text.replace(/ {2,}/g, ' ').replace(/-{3,}/g, '---').trim();

describe('docs/authorisation.md', () => {
  it('says who may call what, as chaincode and gateway have it', () => {
    expect(squeeze(page)).toBe(squeeze(withAccessTables(page, endpoints)));
  });

  it('is read back with every function and every operation', () => {
    const read = readAccessTables(page);
    expect(read.filter(({ isOperation }) => !isOperation).map(({ name }) => name)).toEqual(
      Object.keys(permissions),
    );
    expect(read.filter(({ isOperation }) => isOperation)).toHaveLength(endpoints.length);
    const reserve = read.find(({ name }) => name === 'reserveClaims');
    const who = [
      ['bank', 'officer'],
      ['bank', 'approver'],
      ['customs', 'officer'],
    ] as const;
    const allowed = who.map(([kind, role]) => reserve?.allows({ kind, government: false }, role));
    expect(allowed).toEqual([true, false, false]);
    const change = read.find(({ name }) => name === 'changeMember');
    // A further customs office governs nothing.
    const offices = [true, false].map((government) =>
      change?.allows({ kind: 'customs', government }, 'approver'),
    );
    expect(offices).toEqual([true, false]);
  });

  it('lets nobody who manages people transact', () => {
    const admins = readAccessTables(page).filter(
      ({ name, isOperation, allows }) =>
        !isOperation &&
        permissions[name as LedgerFunction].access === 'submit' &&
        (['bank', 'regulator'] as const).some((kind) => allows({ kind, government: true }, 'admin')),
    );
    expect(admins.map(({ name }) => name)).toEqual([]);
  });
});
