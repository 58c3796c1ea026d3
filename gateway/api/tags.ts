/** What belongs together in the description of the API, in the order in which a newcomer needs it. */
export const tagTexts = [
  ['sessions', 'Sign in and out, see who is signed in, choose a language, change the own secret.'],
  ['inbox', 'What waits for whoever is signed in.'],
  ['events', 'Alerts and changes as they happen, and what people have marked on them.'],
  ['verifications', 'Does this document exist, do these particulars match, what is left, whom to pay.'],
  ['claims', 'Financing claims on documents: reserve, accept, pay out, repay, transfer, dispute, end.'],
  [
    'take-on',
    'What banks had lent before the registry began: the window, their books, what comes late, what is overdrawn.',
  ],
  ['objections', 'What parties to a trade object to, the holders’ answers, and what the regulator decides.'],
  [
    'reconciliations',
    'A bank’s book compared with the registry’s as of a day, with what differs and a record of it.',
  ],
  [
    'certificates',
    'Papers that a claim is registered or a document was verified, and what anybody may check of them.',
  ],
  ['payments', 'Payments abroad marked against the documents that back them.'],
  ['facts', 'Documents of trade, recorded, amended and cancelled by their authority.'],
  ['documents', 'An enterprise’s own documents, as the registry holds them against everybody.'],
  ['insurance', 'Assignments of cover and indemnities of the credit insurer.'],
  ['matchmaking', 'Requests for financing, sealed offers, and the one that is accepted.'],
  ['loans', 'Online loans, decided at once by a bank’s rules or by its people.'],
  ['credit', 'Authorisations to query an enterprise’s records, and the queries that were made.'],
  ['offshore checks', 'Papers of an offshore trade, checked before a payment.'],
  ['operations', 'The outcome of a request whose outcome was not known when it was answered.'],
  ['audit', 'What the regulator and auditors see: histories, evidence, scans, portfolios, statistics.'],
  ['registry', 'What the consortium has decided on: policy, exchange rates, firms.'],
  ['nodes', 'Nodes of the government that have answered otherwise than the others.'],
  ['people', 'The people of the organisation: invite, change, remove; and the log of that.'],
] as const;
