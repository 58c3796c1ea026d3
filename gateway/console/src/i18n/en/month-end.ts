/** Month's end: the bank's book beside the registry's. */
export const monthEnd = {
  monthEnd: {
    begin: 'Compare a book',
    hint: 'A table as CSV or Excel with application number, outstanding amount and currency; state and due date if the book has them. Columns in any order.',
    template: 'Empty table',
    sending: 'Comparing the book …',
    allAgreed: 'The book and the registry agree.',
    differences: 'Differences',
    totals: 'Outstanding',
    file: 'Differences as a file',
    result: 'Whole result, provable',
    ignored: 'Columns that were not compared: {{names}}',
    asOf: 'Which day',
    asOfHint: 'The day ends at midnight of this computer’s clock.',
    absent: 'not there',
    proof: 'On the ledger',
  },
  difference: {
    'only-book': 'Only in the book',
    'only-registry': 'Only in the registry',
    state: 'Another state',
    outstanding: 'Another amount',
    'due-date': 'Another due date',
    'document-lowered': 'A document was lowered',
  },
  change: { lowered: 'lowered', cancelled: 'cancelled', replaced: 'replaced' },
  verdict: { agreed: 'Agrees', open: 'Open' },
};
