/** What the consortium decided, what its nodes said, and what is checked and kept of trade and firms. */
export const oversight = {
  policy: {
    always: 'Reversals, write-offs, repurchases and assignments to a collector always take two people.',
    consent: 'Whose consent a bank needs',
    forAll: 'For all',
    one: 'one person',
    twoPeople: 'What takes two people',
  },
  ownDocuments: { refused: 'Refused', allowed: 'Allowed, with a warning' },
  consentFor: {
    none: 'None is needed',
    bank: 'One for the bank',
    document: 'One for each document',
  },
  everyOf: {
    bank: 'Every bank',
    customs: 'Customs',
    tax: 'Tax',
    regulator: 'The regulator',
    insurer: 'The insurer',
    carrier: 'The carrier',
    enterprise: 'The portal',
  },
  class: { A: 'Class A', B: 'Class B', C: 'Class C' },
  nodes: {
    about:
      'A node of the government that said otherwise than two others, at the same state of the ledger. Its answer is not used, and it is asked again only when it agrees. The signed answers prove it to whoever asks.',
    none: 'No node has said otherwise than the others.',
    odd: 'Said otherwise: {{nodes}}',
    save: 'The signed answers as a file',
  },
  evidence: {
    about:
      'Every version with what proves it, signed by you. It is checked offline, without the registry, by',
    save: 'Evidence as a file',
    title: 'Evidence',
  },
  asked: {
    about:
      'The latest 500 questions of your people to the registry. Whoever guesses numbers shows as a row of refusals.',
  },
  question: {
    verification: 'Verified',
    opening: 'Opened a paper',
    payee: 'Looked up a payee',
    check: 'Checked offshore papers',
    claim: 'Reserved a claim',
    consent: 'Consented to a payment',
    assignment: 'Proposed an assignment',
    objection: 'Objected',
    own: 'Looked at its own',
    debt: 'Confirmed a debt',
    'take-on': 'Took a loan on',
  },
  offshore: {
    about:
      'What is left out is not compared. The report stays on the ledger, and the regulator sees it; it never says what the carrier has recorded.',
    another: 'Another bill',
    asked: 'What was asked',
    cargo: 'Cargo',
    compare: 'Compare',
    compared: 'What was compared',
    containers: 'Containers',
    pay: 'Mark a payment under check {{check}}',
    vessel: 'Vessel',
  },
};
