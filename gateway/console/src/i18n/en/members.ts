/** Who is in the consortium, and what the government is about to change. */
export const members = {
  members: {
    about:
      'The three government nodes keep the register of members on the ledger. What one of them says of a member counts once a second one has said the same.',
    change: {
      joins: 'It becomes a member: {{kind}}.',
      withoutNode: 'It has no node of its own: its certificate authority is put on the register.',
      suspended: 'It is suspended: it reads on, and does nothing new.',
      admittedAgain: 'It is admitted again, and may do all that it could.',
      removed: 'It is removed for good: {{successor}} acts in its place in all that it holds.',
      renamed: 'It is called {{title}} from now on.',
      authority:
        'Its certificate authority is replaced: what the old one has issued counts for nothing any more.',
      accounts: 'It serves the enterprises whose accounts begin with {{accounts}}.',
      noAccounts: 'It serves no enterprise any more: all are the first portal’s.',
    },
    government: 'Government nodes',
    holdsAtOnce: 'With your word two government organisations say the same: it holds from the next block on.',
    ordered: 'What each member had ordered',
    orderedSince:
      'Blocks {{from}} to {{to}}. Who floods stands in front; what is invalid or unreadable came to nothing, and everybody had to store it.',
    probing: 'Whose people guess at documents, the alerts say:',
    junk: 'Whose people had transactions ordered that nobody can read, the alerts say:',
    missing: 'One more of these has to say the same: {{organisations}}',
    needsSecond: 'It counts once an approver of a second government organisation has said the same.',
    nodes: 'A node that answered otherwise than two others, with both answers:',
    noProposals: 'Nothing waits for a second word.',
    proposals: 'What would change',
    nobody: 'Nobody known',
    noDoor: 'No door stands before this organisation’s orderer, or its gateway knows of none.',
    noneRefused: 'The door has refused nothing.',
    refused: 'What our own door refused',
    refusedAbout:
      'Before the orderer stands a door: each member may hand in its share, and nothing but whole transactions. What it kept out was not ordered. It shows here within ten seconds.',
    register: 'Register of members',
    removing:
      'A removed member can do and read nothing any more; its records stay, and its successor acts in its place. This cannot be taken back. It counts once an approver of a second government organisation has said the same.',
    saidBy: 'Said by {{organisations}},',
    suspending:
      'A suspended member reads on and does nothing new; what it holds it keeps. It counts once an approver of a second government organisation has said the same.',
  },
  markConsents: {
    about:
      'A payment abroad on a bill of lading, waybill or warehouse receipt is marked for the firm that the paper names. Where you have sold the goods on, let their new owner pay on it.',
    give: 'Let this firm pay on it',
    given: 'From now on {{payer}} may pay on',
    none: 'Nobody has been let pay on another’s goods.',
    title: 'Another firm pays on your goods',
  },
  refusedFor: {
    'too-large': 'Too large',
    unsigned: 'Signed by no member',
    'too-much': 'More than its share',
    malformed: 'No whole transaction',
    'too-many-streams': 'Too many open connections',
  },
  nodeOf: { own: 'Its own', none: 'None' },
  organisationKind: {
    bank: 'Bank',
    insurer: 'Insurer',
    carrier: 'Carrier',
    enterprise: 'Enterprise portal',
    customs: 'Customs',
    tax: 'Tax authority',
    regulator: 'Regulator',
  },
};
