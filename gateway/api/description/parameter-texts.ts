/** What a parameter is for, by its name: it means the same wherever it stands. */
const texts: Readonly<Record<string, string>> = {
  id: 'The record, by the id that it was given when it was made.',
  'Idempotency-Key':
    'Made by the client before it sends: repeated under the same key, a request is carried out once.',
  cursor: 'Where the page begins: `next` of the page before. Absent: from the beginning.',
  limit: 'How many items a page has at most.',
  state: 'Only records in this state.',
  status: 'Only documents with this status.',
  code: 'The code that stands on the paper.',
  msp: 'The organisation, by its MSP id.',
  transactionId: 'The transaction, by its id on the ledger.',
  other: 'The document that it resembles, by its id.',
  from: 'The first day, or month, that counts.',
  to: 'The last day, or month, that counts.',
  after: 'The last event that the client has seen: what came later is sent first.',
  before: 'Only what happened before this place.',
  asOf: 'As it stood at this moment, or in this block. Absent: now.',
  utcOffset: 'How far the time of the book lies from UTC, such as `+08:00`.',
  language: 'The language of the document.',
  format: 'The kind of file.',
  withMuted: 'Whether what the person has chosen not to be told of is listed too.',
  kind: 'Only what is of this kind.',
  alerts: 'Whether only what is unusual is wanted.',
  enterprise: 'Only records of this enterprise, by its registered id.',
  document: 'Only records that name this document, however its number is spelt.',
  number: 'Only documents of this number, however it is spelt.',
  reference: 'Only records under this reference, however it is spelt.',
  applicationNumber: 'Only claims under this number of the bank’s own, however it is spelt.',
  group: 'The financing request, by the group id that its message has.',
  product: 'The kind of loan.',
  invoiceType: 'As what the invoices are on record.',
  scheme: 'The register that the id stands in.',
  numberingPeriod: 'The period of the numbers, where the issuer restarts them.',
  dueFrom: 'Only claims that fall due on this day or later.',
  dueBefore: 'Only claims that fall due before this day.',
  dueWithinDays: 'How many days ahead claims that fall due are told.',
  certificateEndsWithinDays: 'Only people whose certificate ends within so many days.',
  waitingDays: 'Only what has waited for so many days at least.',
  withoutSignInDays: 'Only people who have not signed in for so many days.',
};

/** What a parameter is for. A filter that has no text of its own is told by its name. */
export function parameterText(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return texts[name] ?? `Only records with this ${words}.`;
}
