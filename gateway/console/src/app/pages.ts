import type { Own } from '../session/session.js';
import type { OrganisationKind } from './organisation.js';

/** A page of the navigation, and whom it is for. Hiding it is a courtesy: the gateway holds everybody to their role. */
interface NavigationPage {
  readonly path: string;
  readonly group: 'work' | 'records' | 'overview' | 'own';
  readonly step?: string;
  readonly kinds?: readonly OrganisationKind[];
  readonly roles?: readonly string[];
}

const readers = ['officer', 'approver', 'auditor', 'viewer'];
const matchmaking: readonly OrganisationKind[] = ['enterprise', 'bank', 'regulator'];

const parties: readonly OrganisationKind[] = [
  'enterprise',
  'bank',
  'insurer',
  'carrier',
  'customs',
  'tax',
  'regulator',
];

const pages: readonly NavigationPage[] = [
  { path: '/', group: 'work' },
  { path: '/verify', group: 'work', step: 'verifyDocument', kinds: ['bank'] },
  { path: '/own-documents', group: 'work', step: 'readOwnDocument' },
  { path: '/claims', group: 'records', step: 'readClaim' },
  { path: '/transfer-offers', group: 'records', kinds: ['bank'], roles: readers },
  { path: '/documents', group: 'records', step: 'readFact' },
  { path: '/import', group: 'work', step: 'recordFacts' },
  { path: '/payments', group: 'records', step: 'readPayment' },
  { path: '/financing-requests', group: 'records', kinds: matchmaking, roles: readers },
  { path: '/loan-applications', group: 'records', kinds: matchmaking, roles: readers },
  { path: '/loan-mandates', group: 'records', kinds: ['bank', 'regulator'], roles: readers },
  { path: '/authorisations', group: 'records', kinds: matchmaking, roles: readers },
  { path: '/credit-queries', group: 'records', kinds: matchmaking, roles: readers },
  { path: '/credit-records', group: 'records', kinds: ['regulator'], roles: readers },
  { path: '/offshore-checks', group: 'records', step: 'readOffshoreCheck' },
  { path: '/assignments', group: 'records', kinds: [...matchmaking, 'insurer'], roles: readers },
  { path: '/indemnities', group: 'records', kinds: ['insurer', 'bank', 'regulator'], roles: readers },
  { path: '/consents', group: 'records', kinds: matchmaking, roles: readers },
  { path: '/debts', group: 'records', kinds: ['enterprise', 'regulator'], roles: readers },
  { path: '/debtor-notices', group: 'records', kinds: ['enterprise'], roles: readers },
  { path: '/objections', group: 'records', kinds: parties, roles: readers },
  { path: '/take-on', group: 'work', step: 'readTakeOnWindows' },
  { path: '/overdrafts', group: 'records', step: 'readOverdraft' },
  { path: '/payee', group: 'work', step: 'lookUpPayee' },
  { path: '/alerts', group: 'work', roles: readers },
  { path: '/search', group: 'work', kinds: ['regulator'], roles: readers },
  { path: '/audit', group: 'overview', kinds: ['regulator'], roles: readers },
  { path: '/asked', group: 'overview', roles: ['auditor'] },
  { path: '/contradictions', group: 'overview', roles: ['auditor', 'admin'] },
  { path: '/members', group: 'overview', step: 'readMember' },
  { path: '/statistics', group: 'overview', step: 'readClaim' },
  { path: '/prices', group: 'overview', step: 'readClaim' },
  { path: '/portfolio', group: 'overview', kinds: ['bank'], roles: readers },
  { path: '/portfolios', group: 'overview', kinds: ['regulator'], roles: readers },
  {
    path: '/reconciliations',
    group: 'overview',
    kinds: ['bank', 'regulator'],
    roles: readers,
  },
  { path: '/firms', group: 'overview', step: 'readFirm' },
  { path: '/rates', group: 'overview', step: 'readRates' },
  { path: '/policy', group: 'overview', step: 'readPolicy' },
  { path: '/people', group: 'work', roles: ['admin', 'auditor'] },
  { path: '/people/log', group: 'work', roles: ['admin', 'auditor'] },
  { path: '/webhooks', group: 'work', roles: ['admin', 'auditor'] },
  { path: '/machines', group: 'work', roles: ['admin', 'auditor'] },
  { path: '/own-data', group: 'own', kinds: ['enterprise'] },
  {
    path: '/own-data',
    group: 'own',
    kinds: ['bank', 'insurer', 'carrier', 'customs', 'tax'],
    roles: ['admin', 'auditor'],
  },
  { path: '/profile', group: 'own' },
  { path: '/about', group: 'own' },
];

export const groups = ['work', 'records', 'overview', 'own'] as const;

/** The pages that somebody has work on, the most used first. */
export function pagesFor({ person, organisation, may }: Own): readonly NavigationPage[] {
  return pages.filter(
    ({ step, kinds, roles }) =>
      (step === undefined || may.includes(step)) &&
      (kinds === undefined || kinds.includes(organisation.kind)) &&
      (roles === undefined || roles.includes(person.role)),
  );
}
