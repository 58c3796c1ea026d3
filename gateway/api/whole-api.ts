import { alertMarkEndpoints } from './alert-marks.js';
import { assignmentEndpoints } from './assignments.js';
import { auditEndpoints } from './audit.js';
import { authorisationEndpoints } from './authorisations.js';
import { claimCommandEndpoints } from './claim-commands.js';
import { certificateEndpoints } from './certificates.js';
import { checkEndpoints } from './checks.js';
import { claimMoveEndpoints } from './claim-moves.js';
import { claimEndpoints } from './claims.js';
import type { ApiContext } from './context.js';
import { consentEndpoints } from './consents.js';
import { contradictionEndpoints } from './contradictions.js';
import { orderedEndpoints } from './ordered.js';
import { creditEndpoints } from './credit.js';
import { debtorNoticeEndpoints } from './debtor-notices.js';
import { debtEndpoints } from './debts.js';
import { documentOpeningEndpoints } from './document-openings.js';
import type { Endpoint } from './endpoint.js';
import { eventEndpoints } from './events.js';
import { evidenceEndpoints } from './evidence.js';
import { exportEndpoints } from './export.js';
import { factEndpoints } from './facts.js';
import { documentAuditEndpoints } from './document-audit.js';
import { firmEndpoints } from './firms.js';
import { financingRequestEndpoints } from './financing-requests.js';
import { indemnityEndpoints } from './indemnities.js';
import { objectionEndpoints } from './objections.js';
import { importEndpoints } from './import.js';
import { financingMessageEndpoints } from './iso20022.js';
import { inboxEndpoints } from './inbox.js';
import { inboxSettingsEndpoints } from './inbox-settings.js';
import { invitationEndpoints } from './invitations.js';
import { loanApplicationEndpoints } from './loan-applications.js';
import { loanMandateEndpoints } from './loan-mandates.js';
import { nodeRefusalEndpoints } from './node-refusals.js';
import { offerEndpoints } from './offers.js';
import { offshoreCheckEndpoints } from './offshore-checks.js';
import { ownDocumentEndpoints } from './own-documents.js';
import { operationEndpoints } from './operations.js';
import { payeeEndpoints } from './payee-look-ups.js';
import { paymentEndpoints } from './payments.js';
import { peopleEndpoints } from './people.js';
import { peopleLogEndpoints } from './people-log.js';
import { portfolioEndpoints } from './portfolios.js';
import { memberEndpoints } from './members.js';
import { readingEndpoints } from './readings.js';
import { reconciliationEndpoints } from './reconciliations.js';
import { registryEndpoints } from './registry.js';
import { machineIdentityEndpoints } from './machine-identities.js';
import { machineEndpoints } from './machines.js';
import { ownSessionEndpoints } from './own-sessions.js';
import { sessionEndpoints } from './sessions.js';
import { statisticsEndpoints } from './statistics.js';
import { takeOnEndpoints } from './take-on.js';
import { takeOnWindowEndpoints } from './take-on-windows.js';
import { correctionEndpoints } from './take-on-corrections.js';
import { unmatchedEndpoints } from './take-on-unmatched.js';
import { overdraftEndpoints } from './overdrafts.js';
import { webhookEndpoints } from './webhooks.js';
import { verificationEndpoints } from './verifications.js';

/** Of two addresses that fit, the first wins: `/claims/batch` before `/claims/{id}`. */
const resources: readonly ((context: ApiContext) => Endpoint[])[] = [
  sessionEndpoints,
  ownSessionEndpoints,
  machineIdentityEndpoints,
  machineEndpoints,
  peopleEndpoints,
  peopleLogEndpoints,
  invitationEndpoints,
  registryEndpoints,
  memberEndpoints,
  firmEndpoints,
  importEndpoints,
  readingEndpoints,
  factEndpoints,
  verificationEndpoints,
  payeeEndpoints,
  ownDocumentEndpoints,
  consentEndpoints,
  debtEndpoints,
  debtorNoticeEndpoints,
  claimEndpoints,
  claimCommandEndpoints,
  financingMessageEndpoints,
  claimMoveEndpoints,
  takeOnEndpoints,
  takeOnWindowEndpoints,
  correctionEndpoints,
  unmatchedEndpoints,
  overdraftEndpoints,
  certificateEndpoints,
  checkEndpoints,
  documentOpeningEndpoints,
  paymentEndpoints,
  assignmentEndpoints,
  indemnityEndpoints,
  objectionEndpoints,
  reconciliationEndpoints,
  authorisationEndpoints,
  creditEndpoints,
  financingRequestEndpoints,
  offerEndpoints,
  offshoreCheckEndpoints,
  loanApplicationEndpoints,
  loanMandateEndpoints,
  operationEndpoints,
  contradictionEndpoints,
  nodeRefusalEndpoints,
  eventEndpoints,
  webhookEndpoints,
  alertMarkEndpoints,
  inboxEndpoints,
  inboxSettingsEndpoints,
  auditEndpoints,
  orderedEndpoints,
  portfolioEndpoints,
  documentAuditEndpoints,
  evidenceEndpoints,
  exportEndpoints,
  statisticsEndpoints,
];

/** The whole API. */
export function endpointsOf(context: ApiContext): Endpoint[] {
  return resources.flatMap((resource) => resource(context));
}
