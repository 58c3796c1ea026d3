import type { RouteObject } from 'react-router';

/** Pages of the records and of the work on them; each is loaded when it is first shown. */
export const pageRoutes: RouteObject[] = [
  { index: true, lazy: async () => ({ Component: (await import('../features/work/work.js')).Work }) },
  { path: 'sign-in', lazy: async () => ({ Component: (await import('../features/work/work.js')).Work }) },
  {
    path: 'verify',
    lazy: async () => ({ Component: (await import('../features/verify/verify.js')).Verify }),
  },
  {
    path: 'claims',
    lazy: async () => ({ Component: (await import('../features/claims/claims.js')).Claims }),
  },
  {
    path: 'claims/new',
    lazy: async () => ({ Component: (await import('../features/claims/new-claim.js')).NewClaim }),
  },
  {
    path: 'claims/:id',
    lazy: async () => ({ Component: (await import('../features/claims/claim.js')).Claim }),
  },
  {
    path: 'transfer-offers',
    lazy: async () => ({ Component: (await import('../features/claims/offered.js')).Offered }),
  },
  {
    path: 'documents',
    lazy: async () => ({ Component: (await import('../features/documents/documents.js')).Documents }),
  },
  {
    path: 'documents/new',
    lazy: async () => ({
      Component: (await import('../features/documents/new-document.js')).NewDocument,
    }),
  },
  {
    path: 'documents/:id',
    lazy: async () => ({ Component: (await import('../features/documents/document.js')).DocumentPage }),
  },
  {
    path: 'import',
    lazy: async () => ({ Component: (await import('../features/imports/import.js')).Import }),
  },
  {
    path: 'payments',
    lazy: async () => ({ Component: (await import('../features/payments/payments.js')).Payments }),
  },
  {
    path: 'payments/new',
    lazy: async () => ({ Component: (await import('../features/payments/new-payment.js')).NewPayment }),
  },
  {
    path: 'payments/:id',
    lazy: async () => ({ Component: (await import('../features/payments/payment.js')).Payment }),
  },
  {
    path: 'financing-requests',
    lazy: async () => ({ Component: (await import('../features/matchmaking/requests.js')).Requests }),
  },
  {
    path: 'financing-requests/new',
    lazy: async () => ({
      Component: (await import('../features/matchmaking/new-request.js')).NewRequest,
    }),
  },
  {
    path: 'financing-requests/:id',
    lazy: async () => ({ Component: (await import('../features/matchmaking/request.js')).Request }),
  },
  {
    path: 'loan-applications',
    lazy: async () => ({ Component: (await import('../features/loans/loans.js')).Loans }),
  },
  {
    path: 'loan-applications/new',
    lazy: async () => ({ Component: (await import('../features/loans/new-loan.js')).NewLoan }),
  },
  {
    path: 'loan-applications/:id',
    lazy: async () => ({ Component: (await import('../features/loans/loan.js')).Loan }),
  },
  {
    path: 'loan-mandates',
    lazy: async () => ({ Component: (await import('../features/loans/mandates.js')).Mandates }),
  },
  {
    path: 'authorisations',
    lazy: async () => ({
      Component: (await import('../features/consent/authorisations.js')).Authorisations,
    }),
  },
  {
    path: 'authorisations/new',
    lazy: async () => ({
      Component: (await import('../features/consent/new-authorisation.js')).NewAuthorisation,
    }),
  },
  {
    path: 'credit-queries',
    lazy: async () => ({
      Component: (await import('../features/consent/credit-queries.js')).CreditQueries,
    }),
  },
  {
    path: 'credit-queries/new',
    lazy: async () => ({ Component: (await import('../features/consent/new-query.js')).NewQuery }),
  },
  {
    path: 'assignments',
    lazy: async () => ({ Component: (await import('../features/insurance/assignments.js')).Assignments }),
  },
  {
    path: 'indemnities',
    lazy: async () => ({ Component: (await import('../features/insurance/indemnities.js')).Indemnities }),
  },
  {
    path: 'take-on',
    lazy: async () => ({ Component: (await import('../features/take-on/take-on.js')).TakeOn }),
  },
  {
    path: 'take-on/corrections/new',
    lazy: async () => ({
      Component: (await import('../features/take-on/new-correction.js')).NewCorrection,
    }),
  },
  {
    path: 'overdrafts',
    lazy: async () => ({ Component: (await import('../features/take-on/overdrafts.js')).Overdrafts }),
  },
  {
    path: 'consents',
    lazy: async () => ({ Component: (await import('../features/consents/consents.js')).Consents }),
  },
  {
    path: 'consents/new',
    lazy: async () => ({ Component: (await import('../features/consents/new-consent.js')).NewConsent }),
  },
  {
    path: 'debts',
    lazy: async () => ({ Component: (await import('../features/debts/debts.js')).Debts }),
  },
  {
    path: 'debts/new',
    lazy: async () => ({ Component: (await import('../features/debts/new-debt.js')).NewDebt }),
  },
  {
    path: 'debtor-notices',
    lazy: async () => ({ Component: (await import('../features/debts/notices.js')).Notices }),
  },
  {
    path: 'objections',
    lazy: async () => ({ Component: (await import('../features/objections/objections.js')).Objections }),
  },
  {
    path: 'objections/new',
    lazy: async () => ({
      Component: (await import('../features/objections/new-objection.js')).NewObjection,
    }),
  },
  {
    path: 'objections/:id',
    lazy: async () => ({ Component: (await import('../features/objections/objection.js')).Objection }),
  },
  {
    path: 'own-documents',
    lazy: async () => ({ Component: (await import('../features/own-documents/look-up.js')).LookUp }),
  },
  {
    path: 'payee',
    lazy: async () => ({ Component: (await import('../features/payee/payee.js')).Payee }),
  },
  {
    path: 'alerts',
    lazy: async () => ({ Component: (await import('../features/alerts/alerts.js')).Alerts }),
  },
  {
    path: 'audit',
    lazy: async () => ({ Component: (await import('../features/audit/audit.js')).Audit }),
  },
  {
    path: 'statistics',
    lazy: async () => ({ Component: (await import('../features/overview/statistics.js')).Statistics }),
  },
  {
    path: 'prices',
    lazy: async () => ({ Component: (await import('../features/overview/prices.js')).Prices }),
  },
  {
    path: 'portfolio',
    lazy: async () => ({ Component: (await import('../features/overview/portfolio.js')).Portfolio }),
  },
  {
    path: 'reconciliations',
    lazy: async () => ({
      Component: (await import('../features/reconciliations/reconciliations.js')).Reconciliations,
    }),
  },
  {
    path: 'reconciliations/:id',
    lazy: async () => ({
      Component: (await import('../features/reconciliations/reconciliation.js')).Reconciliation,
    }),
  },
  {
    path: 'firms',
    lazy: async () => ({ Component: (await import('../features/firms/firms.js')).Firms }),
  },
  {
    path: 'rates',
    lazy: async () => ({ Component: (await import('../features/overview/rates.js')).Rates }),
  },
  {
    path: 'offshore-checks',
    lazy: async () => ({ Component: (await import('../features/offshore/checks.js')).OffshoreChecks }),
  },
  {
    path: 'offshore-checks/new',
    lazy: async () => ({
      Component: (await import('../features/offshore/new-check.js')).NewOffshoreCheck,
    }),
  },
  {
    path: 'offshore-checks/:id',
    lazy: async () => ({ Component: (await import('../features/offshore/check.js')).OffshoreCheck }),
  },
  {
    path: 'credit-records',
    lazy: async () => ({
      Component: (await import('../features/consent/credit-records.js')).CreditRecords,
    }),
  },
  {
    path: 'policy',
    lazy: async () => ({ Component: (await import('../features/policy/policy.js')).Policy }),
  },
  {
    path: 'contradictions',
    lazy: async () => ({
      Component: (await import('../features/nodes/contradictions.js')).Contradictions,
    }),
  },
  {
    path: 'search',
    lazy: async () => ({ Component: (await import('../features/audit/search.js')).Search }),
  },
  {
    path: 'members',
    lazy: async () => ({ Component: (await import('../features/members/members.js')).Members }),
  },
  {
    path: 'portfolios',
    lazy: async () => ({ Component: (await import('../features/overview/portfolios.js')).Portfolios }),
  },
  {
    path: 'asked',
    lazy: async () => ({ Component: (await import('../features/audit/asked.js')).Asked }),
  },
];
