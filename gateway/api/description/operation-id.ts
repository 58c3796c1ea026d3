import { z } from 'zod';
import { permissions } from '@pledgeonce/chaincode/permissions.js';
import type { Endpoint } from '../endpoint.js';

/** Functions of the ledger that take a batch, of which an address of its own sends one. */
const oneOf: Readonly<Record<string, string>> = {
  reserveClaims: 'reserveClaim',
  recordFacts: 'recordFact',
  markPayments: 'markPayment',
};

/** Where neither the ledger's word nor the address reads well. */
const ownNames: Readonly<Record<string, string>> = {
  'post /sessions': 'signIn',
  'post /sessions/browser': 'signInBrowser',
  'get /sessions/current': 'getCurrentSession',
  'put /sessions/current/language': 'chooseLanguage',
  'delete /sessions/current': 'signOut',
  'post /sessions/current/secret': 'changeSecret',
  'post /facts/import': 'importFacts',
  'get /facts/import/latest': 'getLastImport',
  'post /facts/readings': 'readPapers',
  'post /verifications/batch': 'verifyDocuments',
  'get /events': 'followEvents',
  'put /alerts/{id}/reading': 'markAlertRead',
  'post /alerts/{id}/check': 'checkAlert',
  'get /inbox': 'getInbox',
  'delete /people/{id}': 'removePerson',
  'get /people/log': 'listPeopleLog',
  'post /invitations/acceptance': 'acceptInvitation',
  'post /machines/{id}/certificate': 'reissueMachineCertificate',
  'post /webhooks/{id}/key-rotation': 'rotateWebhookKey',
  'post /revocation-lists': 'submitRevocationList',
  'post /registry/initialisation': 'initialiseRegistry',
  'get /registry/policy': 'getPolicy',
  'post /registry/members': 'changeMember',
  'get /registry/members/{id}': 'getMember',
  'get /registry/successions': 'listSuccessions',
  'get /rates': 'listRates',
  'get /rates/publications': 'listRatePublications',
  'get /firms': 'listFirms',
  'get /facts/{id}/use': 'getCoverUse',
  'post /financing-requests': 'postFinancingRequest',
  'post /financing-requests/{id}/withdrawal': 'withdrawFinancingRequest',
  'get /financing-requests/{id}/offers': 'listOffers',
  'get /loan-applications/{id}/assessment': 'assessLoan',
  'post /iso20022/financing-requests': 'requestFinancingByMessage',
  'get /iso20022/financing-requests/{group}': 'getFinancingStatusMessage',
  'post /iso20022/cancellation-requests': 'cancelFinancingByMessage',
  'get /nodes/contradictions': 'listNodeContradictions',
  'get /nodes/refusals': 'listNodeRefusals',
  'get /audit/portfolios/{msp}': 'getPortfolioOfBank',
  'get /audit/late-duplicates': 'listLateDuplicates',
  'post /audit/scans': 'startScan',
  'get /audit/scans/{id}': 'getScan',
  'get /audit/scans/{id}/findings': 'listScanFindings',
  'get /audit/evidence/facts/{id}': 'exportFactEvidence',
  'get /audit/evidence/claims/{id}': 'exportClaimEvidence',
  'get /audit/evidence/payments/{id}': 'exportPaymentEvidence',
  'get /statistics/payments': 'listPaymentStatistics',
};

/** Words of an address that stand for a deed. */
const deeds: Readonly<Record<string, string>> = {
  acceptance: 'accept',
  activation: 'activate',
  confirmation: 'confirm',
  initialisation: 'initialise',
  invitation: 'invite',
  release: 'release',
  removal: 'remove',
  revocation: 'revoke',
  suspension: 'suspend',
  withdrawal: 'withdraw',
};

/** A name for the operation that reads well as a method of a client: `acceptClaim`, `listClaims`, `getClaimHistory`. */
export function operationId({ method, path, access, answers }: Endpoint): string {
  const own = ownNames[`${method} ${path}`];
  if (own !== undefined) return own;
  const isCommand = method !== 'get' && typeof access === 'string' && Object.hasOwn(permissions, access);
  if (isCommand) return path.endsWith('/batch') ? access : (oneOf[access] ?? access);
  const words = path.split('/').filter((word) => word !== '');
  const named = words.flatMap((word, index) => {
    if (word.startsWith('{')) return [];
    return words[index + 1]?.startsWith('{') === true ? [singular(word)] : [word];
  });
  const last = named.at(-1) ?? '';
  if (method === 'get') {
    const isList = answers[200]?.schema instanceof z.ZodObject && 'items' in answers[200].schema.shape;
    return camel(isList ? 'list' : 'get', ...named);
  }
  const deed = deeds[last];
  if (deed !== undefined) return camel(deed, ...named.slice(0, -1));
  const isOne = words.at(-1)?.startsWith('{') === true;
  const verb = { post: 'create', put: 'set', patch: 'change', delete: 'delete' }[method];
  // What is deleted at the address of a list is the list.
  return camel(verb, ...named.slice(0, -1), isOne || method === 'delete' ? last : singular(last));
}

function singular(word: string): string {
  if (word === 'people') return 'person';
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return /[^su]s$/.test(word) ? word.slice(0, -1) : word;
}

function camel(...parts: readonly string[]): string {
  const words = parts.flatMap((part) => part.split('-'));
  return words
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
}
