import { readAgreement } from './agreement.js';

/** Who may call which operation of a gateway; written by hand, as the functions of the ledger are. */
export const agreedOperations = readAgreement(`
anybody | anybody | POST /sessions, POST /sessions/browser, POST /invitations/acceptance, POST /revocation-lists
anybody | anybody | GET /checks/{code}
everybody | signed in | GET /sessions/current, PUT /sessions/current/language, DELETE /sessions/current
everybody | signed in | POST /sessions/current/secret, GET /sessions, DELETE /sessions, DELETE /sessions/{id}
everybody | signed in | GET /operations/{transactionId}

everybody | admin | POST /people, PATCH /people/{id}, DELETE /people/{id}, POST /people/{id}/invitation
everybody | admin | POST /people/{id}/confirmation, POST /people/{id}/return, DELETE /people/{id}/sessions
everybody | admin | POST /machines, POST /machines/{id}/confirmation, POST /machines/{id}/certificate
everybody | admin | POST /machines/{id}/revocation, POST /machines/{id}/keys, DELETE /machines/{id}/keys/{kid}
everybody | admin | POST /webhooks, PATCH /webhooks/{id}, DELETE /webhooks/{id}, POST /webhooks/{id}/replays
everybody | admin | POST /webhooks/{id}/key-rotation
everybody | admin, auditor | GET /people, GET /people/log, GET /machines, GET /machines/{id}, GET /machine-identities
everybody | admin, auditor | GET /webhooks, GET /webhooks/{id}, GET /webhooks/{id}/deliveries, GET /nodes/contradictions
everybody | admin, auditor | GET /nodes/refusals
everybody but the regulator | readers, admin | GET /export, GET /export/schema
everybody | auditor | GET /verifications

everybody | readers | GET /rates, GET /registry/members, GET /registry/members/{id}, GET /registry/successions
everybody | readers | GET /facts, GET /facts/{id}, GET /facts/{id}/history, POST /facts/readings
everybody | readers | GET /objections, GET /objections/{id}, GET /events, GET /events/{id}
everybody | readers | GET /alerts, GET /alerts/{id}, PUT /alerts/{id}/reading
everybody | readers | GET /inbox, GET /inbox/settings, PUT /inbox/settings
everybody | readers | GET /audit/facts/{id}, GET /audit/transactions/{transactionId}
everybody | readers, service | GET /registry/policy
everybody | writers | POST /alerts/{id}/check

everybody but the regulator | officer | POST /facts, POST /facts/import, GET /facts/import/latest, PATCH /facts/{id}
everybody but the regulator | officer | POST /facts/{id}/cancellation
customs, tax | writers | POST /facts/{id}/change-preview
customs, tax, insurer, carrier, bank | approver | POST /facts/{id}/awaiting/confirmation
customs, tax, insurer, carrier, bank | writers | POST /facts/{id}/awaiting/return
customs, tax, insurer, carrier, regulator | approver | POST /facts/{id}/near-duplicates/{other}/check
everybody but the regulator | writers | POST /objections, POST /objections/{id}/withdrawal

bank | officer | POST /claims, POST /claims/batch, POST /payments, POST /payments/batch, POST /credit-queries
bank | officer | POST /financing-requests/{id}/offers, POST /offshore-checks, POST /loan-mandates
bank | officer | POST /loan-applications/{id}/recommendation, POST /iso20022/financing-requests
bank | approver | POST /claims/{id}/acceptance, POST /claims/{id}/awaiting/confirmation, POST /take-on
bank | approver | POST /claims/{id}/transfer/acceptance, POST /loan-mandates/{id}/grant
bank | approver | POST /payments/{id}/awaiting/confirmation
bank | writers | POST /payments/{id}/reversal, POST /payments/{id}/awaiting/return
bank | approver | POST /loan-applications/{id}/approval, POST /loan-applications/{id}/decline
bank | writers | POST /claims/{id}/disbursement, POST /claims/{id}/repayments, POST /claims/{id}/withdrawal
bank | writers | POST /claims/{id}/rejection, POST /claims/{id}/extension, POST /claims/{id}/debtor-notice
bank | writers | POST /claims/{id}/repurchase, POST /claims/{id}/write-off, POST /claims/{id}/collector
bank | writers | POST /claims/{id}/goods-release, POST /claims/{id}/reversal, POST /claims/{id}/awaiting/return
bank | writers | POST /claims/{id}/transfer, POST /claims/{id}/transfer/refusal, POST /claims/{id}/moves
bank | writers | POST /take-on/dry-run, GET /take-on/template, POST /take-on/corrections, POST /document-openings
bank | writers | POST /certificates, GET /certificates, GET /certificates/{id}/document, DELETE /certificates/{id}
bank | writers | POST /objections/{id}/answer, POST /reconciliations, POST /loan-mandates/{id}/revocation
bank | readers | GET /reconciliations/template, GET /reconciliations/template-zh, GET /reconciliations/{id}/differences
bank | readers | GET /reconciliations/{id}/result, GET /credit-queries/{id}, GET /loan-applications/{id}/assessment
bank | readers | GET /loan-rules, GET /portfolio, GET /iso20022/financing-requests/{group}
bank | readers | GET /transfer-offers
bank | writers | POST /iso20022/cancellation-requests
bank, government | writers, service | POST /claims/sweep
bank, regulator | writers | POST /claims/{id}/dispute
bank, regulator | approver | POST /claims/{id}/dispute/resolution
bank, regulator | readers | POST /verifications, POST /verifications/batch, GET /claims/{id}/history, GET /overdrafts
bank, regulator | readers | GET /take-on/windows, GET /take-on/corrections, GET /take-on/unmatched
bank, regulator | readers | GET /payments/{id}, GET /payments/{id}/history, GET /reconciliations, GET /reconciliations/{id}
bank, regulator | readers | GET /offshore-checks, GET /offshore-checks/{id}, GET /loan-mandates
bank, regulator | readers | GET /audit/claims/{id}, GET /audit/payments/{id}
bank, regulator | readers | GET /statistics, GET /statistics/prices, GET /statistics/payments
bank, regulator, enterprise | readers | GET /claims, GET /claims/{id}, GET /payments, GET /consents
bank, regulator, enterprise | readers | GET /authorisations, GET /authorisations/{id}, GET /credit-queries
bank, regulator, enterprise | readers | GET /financing-requests, GET /financing-requests/{id}, GET /offers/{id}
bank, regulator, enterprise | readers | GET /financing-requests/{id}/offers
bank, regulator, enterprise | readers | GET /loan-applications, GET /loan-applications/{id}

enterprise | officer | POST /consents, DELETE /consents/{id}, POST /debts, POST /mark-consents, POST /assignments
enterprise | officer | POST /authorisations, DELETE /authorisations/{id}, POST /financing-requests
enterprise | officer | POST /financing-requests/{id}/withdrawal, POST /offers/{id}/acceptance
enterprise | officer | POST /loan-applications, POST /loan-applications/{id}/withdrawal
enterprise | readers | POST /payee-look-ups, POST /own-documents/look-up, GET /own-documents, GET /debtor-notices
enterprise, regulator | readers | GET /debts, GET /mark-consents

insurer | approver | POST /assignments/{id}/confirmation, POST /indemnities
insurer | writers | POST /indemnities/{id}/withdrawal
insurer, enterprise, bank | writers | POST /assignments/{id}/release
insurer, enterprise, bank, regulator | readers | GET /assignments, GET /assignments/{id}
insurer, bank, regulator | readers | GET /indemnities, GET /indemnities/{id}
insurer, regulator | readers | GET /facts/{id}/use

regulator | officer | POST /registry/initialisation, POST /registry/key-rotation, POST /rates, POST /credit-records
regulator | writers | POST /rates/return, POST /take-on/windows
regulator | approver | POST /rates/confirmation, POST /registry/policy, POST /firms, POST /objections/{id}/decision
regulator | approver | POST /take-on/windows/{number}/opening, POST /take-on/windows/{number}/closing
regulator | approver | POST /take-on/corrections/{id}/approval, POST /take-on/corrections/{id}/refusal
regulator | approver | POST /payments/{id}/lifting
regulator | approver, service | POST /firms/links
regulator | readers | GET /rates/publications, GET /firms, GET /credit-records, GET /audit/ordered
regulator | readers | GET /audit/portfolios/{msp}, GET /audit/late-duplicates, POST /audit/scans
regulator | readers | GET /audit/scans/{id}, GET /audit/scans/{id}/findings
regulator | auditor | GET /audit/evidence/facts/{id}, GET /audit/evidence/claims/{id}, GET /audit/evidence/payments/{id}
government | approver | POST /registry/members
`);
