/** Consents of exporters, debts that buyers confirm, and what banks tell debtors. */
export const firms = {
  consents: {
    about:
      'Where the consortium asks for the exporter’s consent, a bank reserves a claim only with it. What is drawn stays drawn when a consent ends.',
    every: 'Every document',
    give: 'Give consent',
    hint: 'The bank may reserve claims on your documents from now on. You can withdraw it; what is drawn until then stays.',
    withdrawn: 'From the next reservation on the bank is refused. What it has drawn stays drawn.',
  },
  debts: {
    about:
      'What a buyer confirms that it will pay on an invoice or an order. Banks lend to the seller on its word. It is not taken back.',
    confirm: 'Confirm for good',
    hint: 'Confirm an invoice that you owe, or an order that you have given: everything as it stands on it, and how much of it you will pay. You cannot take it back.',
    whoever: 'Whichever bank you are told of',
  },
  prices: {
    about:
      'Accepted claims by the yearly interest rate that their banks have stated; a band holds whole per cents, such as from 2 to below 3. All in is with fees, by the year.',
    notStated: 'not stated',
  },
  mandate: {
    about:
      'What the bank’s rules may approve by themselves, up to a sum and a day. One person proposes a mandate, and another grants it.',
    noRules: 'This gateway has no rules for online loans.',
    revoking: 'From the next approval on the rules approve nothing under it.',
  },
  firm: {
    about:
      'A firm is known by several registered ids. Documents under any of them are its own, and one of them stands for all.',
    found: 'One firm',
    lookUp: 'Look up a firm',
    stands: 'stands for the firm',
    state: 'State that they are one firm',
    stateHint:
      'From now on documents under any of these ids are of one firm: papers that cite one another share one balance. This is not taken back.',
  },
  notices: {
    about: 'What banks have told you of invoices that you owe. Before you pay,',
    ask: 'look up who is paid.',
  },
};
