/**
 * The first part of every address at which the console shows a page. At these, and nowhere else, a browser that asks for a
 * page gets the console; what the console does not know is not found, as everywhere.
 */
export const consolePaths: ReadonlySet<string> = new Set([
  '',
  'about',
  'alerts',
  'assignments',
  'audit',
  'authorisations',
  'check',
  'claims',
  'credit-queries',
  'documents',
  'financing-requests',
  'import',
  'indemnities',
  'invitation',
  'loan-applications',
  'objections',
  'own-documents',
  'payee',
  'payments',
  'people',
  'portfolio',
  'profile',
  'rates',
  'reconciliations',
  'sign-in',
  'statistics',
  'verify',
]);
