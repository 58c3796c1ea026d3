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
      'What a buyer confirms that it will pay on an invoice. Banks lend to the seller on its word. It is not taken back.',
    confirm: 'Confirm for good',
    hint: 'Confirm an invoice that you owe: everything as it stands on the invoice, and how much of it you will pay. You cannot take it back.',
    whoever: 'Whichever bank you are told of',
  },
  prices: {
    about:
      'Accepted claims by the yearly interest rate that their banks have stated; a band holds whole per cents, such as from 2 to below 3. All in is with fees, by the year.',
    notStated: 'not stated',
  },
  notices: {
    about: 'What banks have told you of invoices that you owe. Before you pay,',
    ask: 'look up who is paid.',
  },
};
