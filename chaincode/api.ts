import type { z } from 'zod';
import { auditInputs, auditOutputs } from './audit/api.js';
import { authorisationInputs, authorisationOutputs } from './authorisations/api.js';
import { claimInputs, claimOutputs } from './claims/api.js';
import { consentInputs, consentOutputs } from './consents/api.js';
import { creditInputs, creditOutputs } from './credit/api.js';
import { debtInputs, debtOutputs } from './debts/api.js';
import { factInputs, factOutputs } from './facts/api.js';
import { firmInputs, firmOutputs } from './firms/api.js';
import { insuranceInputs, insuranceOutputs } from './insurance/api.js';
import { loanInputs, loanOutputs } from './loans/api.js';
import { memberInputs, memberOutputs } from './members/api.js';
import { nearDuplicateInputs, nearDuplicateOutputs } from './near-duplicates/api.js';
import { objectionInputs, objectionOutputs } from './objections/api.js';
import { offerInputs, offerOutputs } from './offers/api.js';
import { offshoreInputs, offshoreOutputs } from './offshore/api.js';
import { ownDocumentInputs, ownDocumentOutputs } from './own-documents/api.js';
import { payeeInputs, payeeOutputs } from './payees/api.js';
import { paymentInputs, paymentOutputs } from './payments/api.js';
import { probingInputs, probingOutputs } from './probing/api.js';
import { reconciliationInputs, reconciliationOutputs } from './reconciliations/api.js';
import { registryInputs, registryOutputs } from './registry/api.js';
import { takeOnInputs, takeOnOutputs } from './take-on/api.js';
import type { LedgerFunction } from './permissions.js';

export {
  type ClaimInput,
  claimInputSchema,
  type ClaimState,
  claimStates,
  claimStateSchema,
  type ClaimView,
  claimViewSchema,
  debtorNoticeSchema,
  type Product,
  productSchema,
  repaymentSourceSchema,
} from './claims/api.js';
export { eventName, eventSchema, type LedgerEvent } from './events.js';
export {
  type FactInput,
  factInputSchema,
  type FactStatus,
  factStatusSchema,
  type FactView,
  factViewSchema,
  pastItemSchemas,
  type Verification,
} from './facts/api.js';
export { type NearDuplicate, nearReasons } from './near-duplicates/api.js';
export { type Policy, type PublishedRate, publishedRateSchema } from './registry/api.js';
export {
  type CitedType,
  type DocumentReference,
  documentSchema,
  type FactType,
  factTypes,
  type HistoryVersion,
  limits,
  type Money,
  moneySchema,
  type Party,
  type PartyId,
  partyIdSchema,
  partySchema,
  partySchemes,
  type Quantity,
} from './schemas.js';

/** Input of every function, in the transient field `input` as JSON. */
export const inputSchemas = {
  ...auditInputs,
  ...authorisationInputs,
  ...claimInputs,
  ...consentInputs,
  ...creditInputs,
  ...debtInputs,
  ...factInputs,
  ...firmInputs,
  ...insuranceInputs,
  ...loanInputs,
  ...memberInputs,
  ...nearDuplicateInputs,
  ...objectionInputs,
  ...offerInputs,
  ...offshoreInputs,
  ...ownDocumentInputs,
  ...payeeInputs,
  ...paymentInputs,
  ...probingInputs,
  ...reconciliationInputs,
  ...registryInputs,
  ...takeOnInputs,
} as const satisfies Record<LedgerFunction, z.ZodType>;

/** Answer of every function, after unsealing. */
export const outputSchemas = {
  ...auditOutputs,
  ...authorisationOutputs,
  ...claimOutputs,
  ...consentOutputs,
  ...creditOutputs,
  ...debtOutputs,
  ...factOutputs,
  ...firmOutputs,
  ...insuranceOutputs,
  ...loanOutputs,
  ...memberOutputs,
  ...nearDuplicateOutputs,
  ...objectionOutputs,
  ...offerOutputs,
  ...offshoreOutputs,
  ...ownDocumentOutputs,
  ...payeeOutputs,
  ...paymentOutputs,
  ...probingOutputs,
  ...reconciliationOutputs,
  ...registryOutputs,
  ...takeOnOutputs,
} as const satisfies Record<LedgerFunction, z.ZodType>;

export type Input<F extends LedgerFunction> = z.infer<(typeof inputSchemas)[F]>;
export type Output<F extends LedgerFunction> = z.infer<(typeof outputSchemas)[F]>;

/** Names of the transient fields of a proposal. */
export const transientFields = {
  input: 'input',
  responseKey: 'responseKey',
  /** The removed member in whose place its successor acts. */
  inPlaceOf: 'inPlaceOf',
  /** W3C's trace context, under which a node that records traces puts its own; it changes nothing of the answer. */
  traceparent: 'traceparent',
} as const;
