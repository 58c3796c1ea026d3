/**
 * What a dry run says of a line, in the order in which the first that is true of it is its verdict: the ledger's, and what the
 * book itself tells. `docs/how-to/first-week.md` is written out of it.
 */
export const dryRunVerdicts = {
  refused: 'the line contradicts itself, or something is missing; `code`, `field` and a sentence say what',
  'already-brought': 'the same line is on record',
  'enterprise-unknown': 'no such document, and the directory has no such firm',
  'not-found':
    'no authority has recorded the document; how other lines of the same book spell a number like it',
  differs: 'it is on record, and total, currency, date or enterprise is another',
  'rate-missing':
    'the loan is in another currency than its document, and no rate in force is published between the two',
  'looks-like': 'another line of the same book has the same amount on the same papers; which',
  'long-overdue': 'it was due more than 90 days ago',
  found: 'nothing of the above',
  'not-asked': "the hour's wrong guesses were used up before this line; send the rest later",
} as const;

export type DryRunVerdict = keyof typeof dryRunVerdicts;
