import { readAgreement } from './agreement.js';

/**
 * What somebody is told who may call a function, and names a record that is another's: another bank's, another enterprise's of
 * the same portal, another office's. Written by hand: `whose record | the refusal | the functions`. That there is none is told
 * rather than that it is another's, wherever an id does not come from a paper that both have.
 */
export const agreedOnOthers = readAgreement(`
claim | CLAIM_NOT_FOUND | acceptClaim, disburseClaim, repayClaim, withdrawClaim, rejectClaim, disputeClaim, resolveDispute
claim | CLAIM_NOT_FOUND | extendClaim, recordDebtorNotice, moveClaim, reverseEntry, writeOffClaim, repurchaseClaim
claim | CLAIM_NOT_FOUND | assignToCollector, releaseGoods, confirmStep, returnStep, offerTransfer
claim | CLAIM_NOT_FOUND | readClaim, readClaimHistory, sweepClaims, readOverdraft
claim on offer to one bank | TRANSFER_INVALID | acceptTransfer
claim on offer to one bank | CLAIM_NOT_FOUND | declineTransfer
document | WRONG_ORGANISATION | amendFact, cancelFact, previewFactChange, confirmFactStep, returnFactStep
document | FACT_NOT_FOUND | readFact, readFactHistory, readOwnDocument
document to be cited by its number | FACT_NOT_FOUND | giveConsent, confirmDebt, consentToMark, proposeAssignment
authorisation | AUTHORISATION_NOT_FOUND | revokeAuthorisation, applyForLoan
consent | CONSENT_NOT_FOUND | withdrawConsent
credit report | QUERY_NOT_FOUND | readCreditReport
assignment | ASSIGNMENT_NOT_FOUND | confirmAssignment, releaseAssignment
indemnity | INDEMNITY_NOT_FOUND | withdrawIndemnity
loan application | LOAN_NOT_FOUND | withdrawLoan, queryForLoan, assessLoan, decideLoan, recommendLoan, approveLoan, declineLoan
mandate | MANDATE_NOT_FOUND | grantMandate, revokeMandate
objection | OBJECTION_NOT_FOUND | answerObjection, withdrawObjection
financing request | REQUEST_NOT_FOUND | withdrawRequest, closeRequest, sealOffer
offer of a bank | OFFER_NOT_FOUND | openOffer
offer to an enterprise | REQUEST_NOT_FOUND | acceptOffer
check of offshore papers | CHECK_NOT_FOUND | readOffshoreCheck
payment | PAYMENT_NOT_FOUND | reversePayment, confirmPaymentStep, returnPaymentStep
payment | PAYMENT_NOT_FOUND | readPayment, readPaymentHistory
opening of a document | OPENING_NOT_FOUND | readOpening
anything that one holds | RECORD_NOT_FOUND | readOwnHistory
`);

/** They answer whoever may call them, with an empty place for what is another's. */
export const emptyForOthers: readonly string[] = [
  'readFacts',
  'readOwnDocuments',
  'readOwnRecords',
  'readLoweredDocuments',
];

/** They begin something new, or are about everybody's: there is no record of another's to name. */
export const aboutNobodys: readonly string[] = [
  ...[
    'recordFacts',
    'reserveClaims',
    'markPayments',
    'openDocument',
    'takeOn',
    'previewTakeOn',
    'proposeCorrection',
  ],
  ...[
    'proposeMandate',
    'checkOffshore',
    'postRequest',
    'authoriseQuery',
    'raiseObjection',
    'confirmIndemnity',
  ],
  ...['recordReconciliation', 'reportProbing', 'readAddresseeKey', 'verifyDocument', 'lookUpPayee'],
  ...['readMember', 'readRates', 'readPolicy', 'readTakeOnWindows', 'checkNearDuplicate'],
  // Put on the record whoever asks, and refused by a second transaction: `test/acceptance/credit-query.test.ts`.
  'queryCredit',
  // The regulator's and the government's: it looks after everybody's.
  ...[
    'initialise',
    'rotateFingerprintKey',
    'rekeyEntries',
    'retireFingerprintKeys',
    'setPolicy',
    'changeMember',
  ],
  ...['publishRates', 'returnRates', 'confirmRates', 'recheckRates', 'recordCredit', 'stateFirm', 'readFirm'],
  ...[
    'relinkFacts',
    'decideObjection',
    'liftMark',
    'proposeTakeOnWindow',
    'openTakeOnWindow',
    'closeTakeOnWindow',
  ],
  ...['approveCorrection', 'refuseCorrection', 'readCoverUse'],
];
