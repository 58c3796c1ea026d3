import { Context, Contract, Info, Returns, Transaction } from 'fabric-contract-api';
import { handle } from './handle.js';

/** The functions that the consortium can call. Input travels in the transient field `input`; there are no arguments. */
@Info({ title: 'PledgeOnce', description: 'Trade facts and the financing claims against them' })
export class PledgeOnceContract extends Contract {
  constructor() {
    super('PledgeOnce');
  }

  @Transaction()
  @Returns('string')
  initialise(ctx: Context): Promise<string> {
    return handle('initialise', ctx);
  }

  @Transaction()
  @Returns('string')
  rotateFingerprintKey(ctx: Context): Promise<string> {
    return handle('rotateFingerprintKey', ctx);
  }

  @Transaction()
  @Returns('string')
  rekeyEntries(ctx: Context): Promise<string> {
    return handle('rekeyEntries', ctx);
  }

  @Transaction()
  @Returns('string')
  retireFingerprintKeys(ctx: Context): Promise<string> {
    return handle('retireFingerprintKeys', ctx);
  }

  @Transaction()
  @Returns('string')
  stateFirm(ctx: Context): Promise<string> {
    return handle('stateFirm', ctx);
  }

  @Transaction()
  @Returns('string')
  relinkFacts(ctx: Context): Promise<string> {
    return handle('relinkFacts', ctx);
  }

  @Transaction(false)
  @Returns('string')
  readFirm(ctx: Context): Promise<string> {
    return handle('readFirm', ctx);
  }

  @Transaction()
  @Returns('string')
  setPolicy(ctx: Context): Promise<string> {
    return handle('setPolicy', ctx);
  }

  @Transaction(false)
  @Returns('string')
  readPolicy(ctx: Context): Promise<string> {
    return handle('readPolicy', ctx);
  }

  @Transaction()
  @Returns('string')
  publishRates(ctx: Context): Promise<string> {
    return handle('publishRates', ctx);
  }

  @Transaction()
  @Returns('string')
  confirmRates(ctx: Context): Promise<string> {
    return handle('confirmRates', ctx);
  }

  @Transaction()
  @Returns('string')
  recheckRates(ctx: Context): Promise<string> {
    return handle('recheckRates', ctx);
  }

  @Transaction()
  @Returns('string')
  recordFacts(ctx: Context): Promise<string> {
    return handle('recordFacts', ctx);
  }

  @Transaction()
  @Returns('string')
  amendFact(ctx: Context): Promise<string> {
    return handle('amendFact', ctx);
  }

  @Transaction()
  @Returns('string')
  cancelFact(ctx: Context): Promise<string> {
    return handle('cancelFact', ctx);
  }

  @Transaction()
  @Returns('string')
  reserveClaims(ctx: Context): Promise<string> {
    return handle('reserveClaims', ctx);
  }

  @Transaction()
  @Returns('string')
  acceptClaim(ctx: Context): Promise<string> {
    return handle('acceptClaim', ctx);
  }

  @Transaction()
  @Returns('string')
  disburseClaim(ctx: Context): Promise<string> {
    return handle('disburseClaim', ctx);
  }

  @Transaction()
  @Returns('string')
  repayClaim(ctx: Context): Promise<string> {
    return handle('repayClaim', ctx);
  }

  @Transaction()
  @Returns('string')
  withdrawClaim(ctx: Context): Promise<string> {
    return handle('withdrawClaim', ctx);
  }

  @Transaction()
  @Returns('string')
  rejectClaim(ctx: Context): Promise<string> {
    return handle('rejectClaim', ctx);
  }

  @Transaction()
  @Returns('string')
  disputeClaim(ctx: Context): Promise<string> {
    return handle('disputeClaim', ctx);
  }

  @Transaction()
  @Returns('string')
  resolveDispute(ctx: Context): Promise<string> {
    return handle('resolveDispute', ctx);
  }

  @Transaction()
  @Returns('string')
  extendClaim(ctx: Context): Promise<string> {
    return handle('extendClaim', ctx);
  }

  @Transaction()
  @Returns('string')
  recordDebtorNotice(ctx: Context): Promise<string> {
    return handle('recordDebtorNotice', ctx);
  }

  @Transaction()
  @Returns('string')
  offerTransfer(ctx: Context): Promise<string> {
    return handle('offerTransfer', ctx);
  }

  @Transaction()
  @Returns('string')
  acceptTransfer(ctx: Context): Promise<string> {
    return handle('acceptTransfer', ctx);
  }

  @Transaction()
  @Returns('string')
  declineTransfer(ctx: Context): Promise<string> {
    return handle('declineTransfer', ctx);
  }

  @Transaction()
  @Returns('string')
  sweepClaims(ctx: Context): Promise<string> {
    return handle('sweepClaims', ctx);
  }

  @Transaction(false)
  @Returns('string')
  readFact(ctx: Context): Promise<string> {
    return handle('readFact', ctx);
  }

  @Transaction(false)
  @Returns('string')
  readFacts(ctx: Context): Promise<string> {
    return handle('readFacts', ctx);
  }

  @Transaction(false)
  @Returns('string')
  readFactHistory(ctx: Context): Promise<string> {
    return handle('readFactHistory', ctx);
  }

  @Transaction(false)
  @Returns('string')
  verifyDocument(ctx: Context): Promise<string> {
    return handle('verifyDocument', ctx);
  }

  @Transaction(false)
  @Returns('string')
  readClaim(ctx: Context): Promise<string> {
    return handle('readClaim', ctx);
  }

  @Transaction(false)
  @Returns('string')
  readClaimHistory(ctx: Context): Promise<string> {
    return handle('readClaimHistory', ctx);
  }

  @Transaction(false)
  @Returns('string')
  readOwnRecords(ctx: Context): Promise<string> {
    return handle('readOwnRecords', ctx);
  }

  @Transaction(false)
  @Returns('string')
  readRates(ctx: Context): Promise<string> {
    return handle('readRates', ctx);
  }

  @Transaction(false)
  @Returns('string')
  readOwnDocument(ctx: Context): Promise<string> {
    return handle('readOwnDocument', ctx);
  }

  @Transaction(false)
  @Returns('string')
  lookUpPayee(ctx: Context): Promise<string> {
    return handle('lookUpPayee', ctx);
  }

  @Transaction()
  @Returns('string')
  openDocument(ctx: Context): Promise<string> {
    return handle('openDocument', ctx);
  }

  @Transaction(false)
  @Returns('string')
  readOpening(ctx: Context): Promise<string> {
    return handle('readOpening', ctx);
  }

  @Transaction()
  @Returns('string')
  markPayments(ctx: Context): Promise<string> {
    return handle('markPayments', ctx);
  }

  @Transaction()
  @Returns('string')
  reversePayment(ctx: Context): Promise<string> {
    return handle('reversePayment', ctx);
  }

  @Transaction()
  @Returns('string')
  liftMark(ctx: Context): Promise<string> {
    return handle('liftMark', ctx);
  }

  @Transaction()
  @Returns('string')
  consentToMark(ctx: Context): Promise<string> {
    return handle('consentToMark', ctx);
  }

  @Transaction(false)
  @Returns('string')
  readPayment(ctx: Context): Promise<string> {
    return handle('readPayment', ctx);
  }

  @Transaction(false)
  @Returns('string')
  readPaymentHistory(ctx: Context): Promise<string> {
    return handle('readPaymentHistory', ctx);
  }

  @Transaction()
  @Returns('string')
  authoriseQuery(ctx: Context): Promise<string> {
    return handle('authoriseQuery', ctx);
  }

  @Transaction()
  @Returns('string')
  revokeAuthorisation(ctx: Context): Promise<string> {
    return handle('revokeAuthorisation', ctx);
  }

  @Transaction()
  @Returns('string')
  recordCredit(ctx: Context): Promise<string> {
    return handle('recordCredit', ctx);
  }

  @Transaction()
  @Returns('string')
  queryCredit(ctx: Context): Promise<string> {
    return handle('queryCredit', ctx);
  }

  @Transaction(false)
  @Returns('string')
  readCreditReport(ctx: Context): Promise<string> {
    return handle('readCreditReport', ctx);
  }

  @Transaction()
  @Returns('string')
  postRequest(ctx: Context): Promise<string> {
    return handle('postRequest', ctx);
  }

  @Transaction()
  @Returns('string')
  closeRequest(ctx: Context): Promise<string> {
    return handle('closeRequest', ctx);
  }

  @Transaction()
  @Returns('string')
  withdrawRequest(ctx: Context): Promise<string> {
    return handle('withdrawRequest', ctx);
  }

  @Transaction()
  @Returns('string')
  sealOffer(ctx: Context): Promise<string> {
    return handle('sealOffer', ctx);
  }

  @Transaction()
  @Returns('string')
  openOffer(ctx: Context): Promise<string> {
    return handle('openOffer', ctx);
  }

  @Transaction()
  @Returns('string')
  acceptOffer(ctx: Context): Promise<string> {
    return handle('acceptOffer', ctx);
  }

  @Transaction()
  @Returns('string')
  applyForLoan(ctx: Context): Promise<string> {
    return handle('applyForLoan', ctx);
  }

  @Transaction()
  @Returns('string')
  withdrawLoan(ctx: Context): Promise<string> {
    return handle('withdrawLoan', ctx);
  }

  @Transaction()
  @Returns('string')
  queryForLoan(ctx: Context): Promise<string> {
    return handle('queryForLoan', ctx);
  }

  @Transaction(false)
  @Returns('string')
  assessLoan(ctx: Context): Promise<string> {
    return handle('assessLoan', ctx);
  }

  @Transaction()
  @Returns('string')
  decideLoan(ctx: Context): Promise<string> {
    return handle('decideLoan', ctx);
  }

  @Transaction()
  @Returns('string')
  recommendLoan(ctx: Context): Promise<string> {
    return handle('recommendLoan', ctx);
  }

  @Transaction()
  @Returns('string')
  approveLoan(ctx: Context): Promise<string> {
    return handle('approveLoan', ctx);
  }

  @Transaction()
  @Returns('string')
  declineLoan(ctx: Context): Promise<string> {
    return handle('declineLoan', ctx);
  }

  @Transaction()
  @Returns('string')
  proposeMandate(ctx: Context): Promise<string> {
    return handle('proposeMandate', ctx);
  }

  @Transaction()
  @Returns('string')
  grantMandate(ctx: Context): Promise<string> {
    return handle('grantMandate', ctx);
  }

  @Transaction()
  @Returns('string')
  revokeMandate(ctx: Context): Promise<string> {
    return handle('revokeMandate', ctx);
  }

  @Transaction()
  @Returns('string')
  proposeAssignment(ctx: Context): Promise<string> {
    return handle('proposeAssignment', ctx);
  }

  @Transaction()
  @Returns('string')
  confirmAssignment(ctx: Context): Promise<string> {
    return handle('confirmAssignment', ctx);
  }

  @Transaction()
  @Returns('string')
  releaseAssignment(ctx: Context): Promise<string> {
    return handle('releaseAssignment', ctx);
  }

  @Transaction()
  @Returns('string')
  checkNearDuplicate(ctx: Context): Promise<string> {
    return handle('checkNearDuplicate', ctx);
  }

  @Transaction()
  @Returns('string')
  confirmIndemnity(ctx: Context): Promise<string> {
    return handle('confirmIndemnity', ctx);
  }

  @Transaction()
  @Returns('string')
  withdrawIndemnity(ctx: Context): Promise<string> {
    return handle('withdrawIndemnity', ctx);
  }

  @Transaction(false)
  @Returns('string')
  readCoverUse(ctx: Context): Promise<string> {
    return handle('readCoverUse', ctx);
  }

  @Transaction()
  @Returns('string')
  checkOffshore(ctx: Context): Promise<string> {
    return handle('checkOffshore', ctx);
  }

  @Transaction(false)
  @Returns('string')
  readOffshoreCheck(ctx: Context): Promise<string> {
    return handle('readOffshoreCheck', ctx);
  }
}
