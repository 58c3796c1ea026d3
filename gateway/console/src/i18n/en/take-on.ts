/** Day one: the window, a bank’s book, and what comes late. */
export const takeOn = {
  takeOn: {
    about:
      'What banks had lent before the registry began stands as it is. What they have lent on together beyond what the documents allow is shown as overdrawn.',
    book: 'The book of running loans',
    closing: 'It stays closed. What a bank brings afterwards you decide on loan by loan.',
    corrections: 'Loans that came after the window',
    days_one: '{{count}} day',
    days_other: '{{count}} days',
    doing: { 'dry-run': 'Try', bring: 'Take on' },
    done: 'Done: {{count}} lines.',
    failed: 'Cut off after {{count}} lines. Send the file again: nothing comes twice.',
    file: 'Verdicts as a file',
    hint: {
      'dry-run':
        'Drop a table (CSV or Excel) or lines of JSON to see what would happen to each line. Nothing is recorded.',
      bring: 'Drop the same file to take its loans on. Sent again, nothing comes twice.',
    },
    idle: 'Ready.',
    late: 'A loan that was forgotten until the window had closed is proposed here; the regulator decides.',
    looksLike: 'It looks like line {{line}} of the same file.',
    noWindow: 'There is no take-on window.',
    odd: 'Lines to look at',
    overdrafts:
      'The documents of these claims carry less than is drawn on them. Nobody draws on them anew until that is settled; an objection brings it before the regulator.',
    running: 'Running: {{count}} lines.',
    stopped: 'Stopped after {{count}} lines. What is taken on stays.',
    template: { en: 'Template in English', zh: 'Template in Chinese' },
    totals: 'Totals',
    propose: 'Propose',
    unmatched: 'Loans that wait for their document',
    unmatchedHint:
      'No authority has recorded a document of theirs yet. They limit nobody, and draw on it by themselves once it is recorded.',
    windows: 'Take-on windows',
  },
  takeOnVerdict: {
    refused: 'Refused',
    'already-brought': 'Already brought',
    'enterprise-unknown': 'No such firm or document',
    'not-found': 'No such document',
    differs: 'Differs from the record',
    'rate-missing': 'No rate',
    'looks-like': 'Looks like another line',
    'long-overdue': 'Long overdue',
    found: 'Found',
    'not-asked': 'Not asked',
    'taken-on': 'Taken on',
    unmatched: 'Waits for its document',
    pending: 'Not known yet',
  },
};
