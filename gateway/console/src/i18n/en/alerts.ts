/** What has happened, in a sentence. */
export const alerts = {
  alert: {
    overdrawn: 'The documents carry less than is drawn on them.',
    'overdrawn-cleared': 'The documents carry again what is drawn on them.',
    'near-duplicate': 'The document looks like another one. Somebody has to look at both papers.',
    'near-duplicate-checked': 'A second person has looked at both of the papers that look alike.',
    'same-containers': 'Documents of different sellers name the same containers at the same time.',
    'transfer-offered': 'Another bank offers to transfer this claim, or a share of it.',
    'share-repaid':
      'The bank that sold you a share of this loan has recorded a repayment. What of it is for your share is passed on to you.',
    expired: 'The claim was not accepted, or not paid out, in time. The balance is restored.',
    overdue: 'The claim was not repaid by its due date.',
    'uncovered-again':
      'A repayment was taken back, and others have drawn meanwhile on what it had given back. The claim holds less of its documents than is owed.',
    'objection-raised': 'A party to the trade objects. The banks that hold claims on it can answer.',
    'objection-decided': 'The regulator has decided an objection to this trade.',
    'step-lapsed': 'Nobody has confirmed a step of the claim in time. It is not taken.',
    'dispute-lapsed': 'Nobody has decided the dispute in time. The claim goes on as before.',
    'past-due-financing': 'The claim ends long after one of its documents was due.',
    'taken-on-matched':
      'An authority has recorded a document for which loans that were taken on have waited. They draw on it now.',
    'paid-elsewhere': 'The debtor of documents on which others have lent has paid this much to one bank.',
    'rate-uncovers': 'At the rate that was published the documents do not carry the claim any more.',
    'red-letter': 'A document on which payments stand was taken back.',
    'taken-over': 'An authority has recorded the document that its seller had stated before.',
    'limit-lapsed': 'The insurer has let the limit lapse that covers the claim.',
    'cover-declined': 'The insurer has declined to cover the shipment.',
    'premium-unpaid': 'The premium of the declared shipment is not paid.',
    'policy-cancelled': 'The policy that covers the claim was cancelled.',
    'policy-reduced': 'The policy ends sooner, begins later or pays a smaller share than before.',
    'assignment-released': 'The insurer’s promise to pay the bank has ended before the bank paid out.',
    'mark-lifted': 'The regulator has taken the marks of the payment away.',
    'drawn-on': 'A bank has reserved a claim, or marked a payment, on your documents. You may object.',
    'taken-on':
      'A bank has brought a loan on your documents that it had paid out before the registry began. You may object.',
    'claim-transferred': 'Another bank has taken over a claim on your documents.',
    'claim-shared': 'Another bank has taken a share of a claim on your documents.',
    'objected-to': 'Somebody objects to a trade of yours.',
    'debtor-notified': 'A bank has told you to pay what you owe on this document to it.',
    'debtor-notice-over':
      'A bank no longer asks to be paid on this document. Look up the payee before you pay.',
    structuring: 'Payments of one payer without a filing pass the threshold together.',
    probing: 'A member’s people guess at documents.',
    'malformed-transactions': 'A member’s people had transactions ordered that nobody can read.',
  },
};
