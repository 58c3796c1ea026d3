import { readAgreement } from './agreement.js';

/**
 * Who may call which function of the ledger. Written by hand, and not out of the tables that it is compared with: a change of
 * somebody's rights is agreed on here first. `customs` and `tax` are any office of the kind, a `node` is the government's own.
 */
export const agreedFunctions = readAgreement(`
everybody | readers | readFact, readFacts, readFactHistory, readMember, readRates
everybody | readers, service | readPolicy
everybody but the regulator | readers, admin | readOwnHistory
everybody but the regulator | service | readOwnRecords, readAddresseeKey, reportProbing

everybody but the regulator | officer | recordFacts, amendFact, cancelFact
customs, tax | writers | previewFactChange
customs, tax, insurer, carrier, bank | approver | confirmFactStep
customs, tax, insurer, carrier, bank | writers | returnFactStep
customs, tax, insurer, carrier, regulator | approver | checkNearDuplicate
everybody but the regulator | writers | raiseObjection, withdrawObjection

bank | officer | reserveClaims, queryCredit, recommendLoan, proposeMandate, sealOffer, checkOffshore, markPayments
bank | approver | acceptClaim, confirmStep, acceptTransfer, takeOn, confirmPaymentStep, approveLoan, declineLoan
bank | approver | grantMandate
bank | writers | reversePayment, returnPaymentStep
bank | writers | disburseClaim, repayClaim, withdrawClaim, rejectClaim, extendClaim, recordDebtorNotice, moveClaim
bank | writers | reverseEntry, writeOffClaim, repurchaseClaim, assignToCollector, releaseGoods, returnStep
bank | writers | offerTransfer, declineTransfer, answerObjection, openDocument, readOpening, revokeMandate
bank | writers | recordReconciliation, previewTakeOn, proposeCorrection
bank | readers | readCreditReport, readLoweredDocuments
bank | readers, service | assessLoan
bank | officer, service | openOffer
bank | service | queryForLoan, decideLoan
bank, government | writers, service | sweepClaims
bank, regulator | writers | disputeClaim
bank, regulator | approver | resolveDispute
bank, regulator | readers | readClaim, readClaimHistory, readPayment, readPaymentHistory, verifyDocument
bank, regulator | readers | readOffshoreCheck, readOverdraft, readTakeOnWindows

enterprise | officer | authoriseQuery, revokeAuthorisation, giveConsent, withdrawConsent, confirmDebt, consentToMark
enterprise | officer | proposeAssignment, applyForLoan, withdrawLoan, postRequest, withdrawRequest, acceptOffer
enterprise | officer, service | closeRequest
enterprise | readers | readOwnDocument, readOwnDocuments, lookUpPayee

insurer | approver | confirmAssignment, confirmIndemnity
insurer | writers | withdrawIndemnity
insurer, enterprise, bank | writers | releaseAssignment
insurer, regulator | readers | readCoverUse

regulator | officer | initialise, rotateFingerprintKey, publishRates, recordCredit
regulator | officer, service | recheckRates
regulator | writers | returnRates, proposeTakeOnWindow
regulator | approver | confirmRates, setPolicy, stateFirm, decideObjection, liftMark
regulator | approver | openTakeOnWindow, closeTakeOnWindow, approveCorrection, refuseCorrection
regulator | approver, service | relinkFacts
regulator | readers | readFirm
government | approver | changeMember
government | service | rekeyEntries, retireFingerprintKeys
`);
