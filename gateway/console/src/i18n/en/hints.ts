/** What helps to fill in a field. */
export const hints = {
  hint: {
    afterEvent: 'Three numbers, such as 4711-0-0. Empty: only what was not taken.',
    webhookOf: 'Empty: it tells of everybody at the portal, and each message says of whom.',
    machine: 'machine- and letters of a to z, digits and dashes, such as machine-core-banking.',
    machineKey:
      'The public key as JSON (JWK, RFC 7517): EC P-256 or P-384, Ed25519, or RSA. Never the private half.',
    webhookUrl: 'Such as https://hooks.example.com/pledges.',
    imo: 'Seven digits.',
    whose:
      'A kind (bank, customs, tax, insurer, carrier, regulator, enterprise) or one organisation, such as BankAMSP.',
    matchRatio: 'Such as 96.5.',
    evidence: 'The file stays with you; only its fingerprint is sent.',
    endsAt: 'Empty: until you withdraw it.',
    applicationNumber: 'As your bank’s own system has it.',
    creditBank:
      'Only where the advising bank has two credits of this number: the BIC of the bank that issued it.',
    creditNumber: 'Only for an export bill purchase that is presented under one: its number.',
    cover:
      'Your policy or buyer limit under which the trade falls. Leave the number empty if you recorded one of its documents.',
    everyDocument: 'Leave the number empty to let the bank draw on every one of your documents.',
    noLastDay: 'Empty: until you withdraw it.',
    payTo: 'A bank, as the consortium names it. Empty: whichever bank holds a claim of which you are told.',
    price: 'The yearly interest rate, such as 2.25. The exporter and the regulator read it, no other bank.',
    outlet: 'Your own code of it.',
    pastDueReason: 'Only where the claim ends long after a document was due.',
    share:
      'Empty: the whole claim. Less than what is outstanding: the other bank holds a claim of its own for it.',
    indemnity: 'Only for a repayment by an indemnity: its reference.',
    bank: 'As the consortium names it, such as BankAMSP.',
    banks: 'As the consortium names them, such as BankAMSP, BankBMSP.',
    cites: 'The number of the document of the same sale, if it is known.',
    containers: 'Numbers with commas between them.',
    unit: 'Such as TNE or KGM.',
    check: 'Only for an offshore trade: the check that was made before.',
    rate: 'Such as 4.25.',
    deadline: 'Nobody reads an offer before this moment.',
    authorisation: 'The reference of the enterprise’s authorisation.',
    insurer: 'Only where several insurers have given this number: which one, such as InsurerMSP.',
    issuedBy:
      'Several members have given this number. Name the one that recorded the document, such as CarrierMSP.',
    limit: 'The number of the buyer limit.',
    memberAuthority: 'PEM. Only for a member without a node of its own.',
    accounts:
      'A USCC says in its third to eighth character where the firm is registered: 913302 and 923302 are those of one city. Of several beginnings the longest leads.',
    mspId: 'Under which it is known on the ledger, such as BankCMSP.',
    secret: 'At least 12 characters; no common password, and more than the name of your organisation.',
  },
};
