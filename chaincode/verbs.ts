import { readClaimHistory, readFactHistory, readPaymentHistory } from './audit/history.js';
import { readOwnHistory } from './audit/own-history.js';
import { readAddresseeKey, readOwnRecords } from './audit/own-records.js';
import { acceptClaim } from './claims/accept.js';
import { assignToCollector } from './claims/assign-to-collector.js';
import { confirmStep } from './claims/confirm-step.js';
import { disburseClaim } from './claims/disburse.js';
import { disputeClaim, resolveDispute } from './claims/dispute.js';
import { recordDebtorNotice } from './claims/debtor-notice.js';
import { extendClaim } from './claims/extend.js';
import { readClaim } from './claims/read.js';
import { rejectClaim } from './claims/reject.js';
import { moveClaim } from './claims/move.js';
import { releaseGoods } from './claims/release-goods.js';
import { repayClaim } from './claims/repay.js';
import { repurchaseClaim } from './claims/repurchase.js';
import { returnStep } from './claims/return-step.js';
import { reverseEntry } from './claims/reverse-entry.js';
import { reserveClaims } from './claims/reserve.js';
import { sweepClaims } from './claims/sweep.js';
import { acceptTransfer, declineTransfer, offerTransfer } from './claims/transfer.js';
import { withdrawClaim } from './claims/withdraw.js';
import { writeOffClaim } from './claims/write-off.js';
import { amendFact } from './facts/amend.js';
import { cancelFact } from './facts/cancel.js';
import { confirmFactStep, returnFactStep } from './facts/confirm-step.js';
import { previewFactChange } from './facts/preview-change.js';
import { readFact, readFacts } from './facts/read.js';
import { verifyAndProve } from './facts/verify-and-prove.js';
import { relinkFacts } from './facts/relink.js';
import { readFirm, stateFirm } from './firms/state.js';
import { changeMember } from './members/change.js';
import { readMember } from './members/read.js';
import { confirmDebt } from './debts/confirm.js';
import { giveConsent } from './consents/give.js';
import { withdrawConsent } from './consents/withdraw.js';
import { answerObjection } from './objections/answer.js';
import { decideObjection } from './objections/decide.js';
import { raiseObjection } from './objections/raise.js';
import { withdrawObjection } from './objections/withdraw.js';
import { readOwnDocument, readOwnDocuments } from './own-documents/read.js';
import { reportProbing } from './probing/report.js';
import { recordReconciliation } from './reconciliations/record.js';
import { readLoweredDocuments } from './reconciliations/lowered.js';
import { lookUpPayee } from './payees/look-up.js';
import { markPayments } from './payments/mark.js';
import { readOpening } from './payments/read-opening.js';
import { openDocument } from './payments/open.js';
import { readPayment } from './payments/read.js';
import { consentToMark } from './payments/marks/consent.js';
import { liftMark } from './payments/marks/lift.js';
import { confirmPaymentStep } from './payments/confirm-step.js';
import { returnPaymentStep } from './payments/return-step.js';
import { reversePayment } from './payments/reverse.js';
import { initialise, retireFingerprintKeys, rotateFingerprintKey } from './registry/keys.js';
import { rekeyEntries } from './registry/rekey.js';
import { confirmRates } from './registry/confirm-rates.js';
import { returnRates } from './registry/return-rates.js';
import { readPolicy, setPolicy } from './registry/policy.js';
import { publishRates, readRates } from './registry/rates.js';
import { recheckRates } from './claims/recheck-rates.js';
import { authoriseQuery } from './authorisations/authorise.js';
import { revokeAuthorisation } from './authorisations/revoke.js';
import { recordCredit } from './credit/record.js';
import { queryCredit } from './credit/query.js';
import { readCreditReport } from './credit/report.js';
import { applyForLoan } from './loans/apply.js';
import { withdrawLoan } from './loans/withdraw.js';
import { queryForLoan } from './loans/query.js';
import { assessLoan } from './loans/assess.js';
import { decideLoan } from './loans/decide.js';
import { recommendLoan } from './loans/recommend.js';
import { approveLoan } from './loans/approve.js';
import { declineLoan } from './loans/decline.js';
import { proposeMandate } from './loans/mandates/propose.js';
import { grantMandate } from './loans/mandates/grant.js';
import { revokeMandate } from './loans/mandates/revoke.js';
import { proposeAssignment } from './insurance/propose.js';
import { confirmAssignment } from './insurance/confirm.js';
import { releaseAssignment } from './insurance/release.js';
import { confirmIndemnity } from './insurance/indemnities/confirm.js';
import { withdrawIndemnity } from './insurance/indemnities/withdraw.js';
import { readCoverUse } from './insurance/use.js';
import { checkNearDuplicate } from './near-duplicates/check.js';
import { postRequest } from './offers/post.js';
import { closeRequest } from './offers/close.js';
import { withdrawRequest } from './offers/withdraw.js';
import { sealOffer } from './offers/seal.js';
import { openOffer } from './offers/open.js';
import { acceptOffer } from './offers/accept.js';
import { checkOffshore } from './offshore/check.js';
import { readOffshoreCheck } from './offshore/read.js';
import { approveCorrection } from './take-on/corrections/approve.js';
import { proposeCorrection } from './take-on/corrections/propose.js';
import { refuseCorrection } from './take-on/corrections/refuse.js';
import { closeTakeOnWindow } from './take-on/close-window.js';
import { openTakeOnWindow } from './take-on/open-window.js';
import { readOverdraft } from './take-on/overdraft.js';
import { previewTakeOn } from './take-on/preview.js';
import { proposeTakeOnWindow } from './take-on/propose-window.js';
import { readTakeOnWindows } from './take-on/read-windows.js';
import { recordAndMatch } from './take-on/record-and-match.js';
import { takeOn } from './take-on/take-on.js';
import type { Verb } from './ledger/verb.js';
import type { LedgerFunction } from './permissions.js';

/** What each function of the contract does. */
export const verbs: { readonly [F in LedgerFunction]: Verb<F> } = {
  initialise,
  setPolicy,
  readPolicy,
  stateFirm,
  readFirm,
  relinkFacts,
  rotateFingerprintKey,
  rekeyEntries,
  retireFingerprintKeys,
  publishRates,
  confirmRates,
  returnRates,
  recheckRates,
  recordFacts: recordAndMatch,
  amendFact,
  cancelFact,
  previewFactChange,
  confirmFactStep,
  returnFactStep,
  reserveClaims,
  acceptClaim,
  disburseClaim,
  repayClaim,
  withdrawClaim,
  rejectClaim,
  disputeClaim,
  resolveDispute,
  extendClaim,
  moveClaim,
  recordDebtorNotice,
  reverseEntry,
  writeOffClaim,
  repurchaseClaim,
  assignToCollector,
  releaseGoods,
  confirmStep,
  returnStep,
  offerTransfer,
  acceptTransfer,
  declineTransfer,
  sweepClaims,
  readFact,
  readFacts,
  readFactHistory,
  verifyDocument: verifyAndProve,
  readClaim,
  readClaimHistory,
  readOwnRecords,
  readOwnHistory,
  readAddresseeKey,
  changeMember,
  readMember,
  readRates,
  lookUpPayee,
  raiseObjection,
  answerObjection,
  decideObjection,
  withdrawObjection,
  proposeTakeOnWindow,
  openTakeOnWindow,
  closeTakeOnWindow,
  readTakeOnWindows,
  takeOn,
  previewTakeOn,
  readOverdraft,
  proposeCorrection,
  approveCorrection,
  refuseCorrection,
  recordReconciliation,
  reportProbing,
  readLoweredDocuments,
  readOwnDocument,
  readOwnDocuments,
  confirmDebt,
  giveConsent,
  withdrawConsent,
  openDocument,
  readOpening,
  markPayments,
  reversePayment,
  confirmPaymentStep,
  returnPaymentStep,
  liftMark,
  consentToMark,
  readPayment,
  readPaymentHistory,
  authoriseQuery,
  revokeAuthorisation,
  recordCredit,
  queryCredit,
  readCreditReport,
  applyForLoan,
  withdrawLoan,
  queryForLoan,
  assessLoan,
  decideLoan,
  recommendLoan,
  approveLoan,
  declineLoan,
  proposeMandate,
  grantMandate,
  revokeMandate,
  postRequest,
  closeRequest,
  withdrawRequest,
  sealOffer,
  openOffer,
  acceptOffer,
  checkOffshore,
  readOffshoreCheck,
  proposeAssignment,
  confirmAssignment,
  releaseAssignment,
  readCoverUse,
  checkNearDuplicate,
  confirmIndemnity,
  withdrawIndemnity,
};
