import type { z } from 'zod';
import type { lineErrorSchema } from './schemas.js';

/** Everything the ledger refuses, in one place: what the code means, how a REST client sees it, and what wins. */
export interface ErrorEntry {
  /** HTTP status of the problem that the gateway answers with. */
  readonly status: number;
  /** One sentence for the person at the counter: what is wrong and what to do. */
  readonly sentence: string;
}

/**
 * In the order of precedence: when a request is wrong in several ways, the entry that comes first is reported, on every
 * node alike.
 */
const table = {
  RESPONSE_KEY_MISSING: {
    status: 400,
    sentence: 'A question brings a key under which its answer is sealed.',
  },
  PERMISSION_DENIED: { status: 403, sentence: 'Your role does not allow this.' },
  WRONG_ORGANISATION: { status: 403, sentence: 'Your organisation may not do this.' },
  NOT_A_MEMBER: {
    status: 403,
    sentence: 'Your organisation is not on the register of members. Two government organisations admit it.',
  },
  MEMBER_SUSPENDED: {
    status: 403,
    sentence: 'Your organisation is suspended. It can read its records and do nothing new.',
  },
  MEMBER_REMOVED: {
    status: 403,
    sentence: 'Your organisation is no member any more. Its successor has what it held, and acts for it.',
  },
  NOT_SUCCESSOR: {
    status: 403,
    sentence: 'Your organisation is not the successor of this member.',
  },
  OWN_NAME_ONLY: {
    status: 403,
    sentence: 'Nothing new begins in the name of a member that was removed. Do it in your own name.',
  },
  MEMBER_INVALID: {
    status: 422,
    sentence: 'The register of members cannot have this organisation so.',
  },
  MEMBER_NOT_FOUND: { status: 404, sentence: 'No such organisation is on the register of members.' },
  INPUT_MISSING: { status: 400, sentence: 'The request has no content.' },
  INPUT_TOO_LARGE: {
    status: 413,
    sentence: 'The request is too large. Send it in several parts.',
  },
  INPUT_INVALID: {
    status: 400,
    sentence: 'A field is missing, unknown or of the wrong kind.',
  },
  CLOCK_SKEW: {
    status: 400,
    sentence:
      'The time of the request is too far from the time of the network. Check the clock of your server.',
  },
  NOT_INITIALISED: {
    status: 503,
    sentence: 'The registry has no fingerprint key yet. A regulator officer has to initialise it.',
  },
  ALREADY_INITIALISED: { status: 409, sentence: 'The registry has been initialised before.' },
  TOO_MANY_IDS: {
    status: 409,
    sentence: 'One firm cannot have so many registered ids in the directory.',
  },
  TOO_MANY_KEYS: {
    status: 409,
    sentence: 'The fingerprint key has been rotated as often as the registry allows.',
  },
  CURRENCY_UNKNOWN: {
    status: 422,
    sentence: 'This is not the ISO 4217 code of a currency in which documents are paid.',
  },
  UNIT_UNKNOWN: {
    status: 422,
    sentence:
      'This is not the code of a unit of goods. Write it as in UN/ECE Recommendation 20, such as TNE or KGM.',
  },
  AMOUNT_INVALID: {
    status: 422,
    sentence: 'Write the amount as digits with a point, such as 1234.50, without spaces, signs or exponents.',
  },
  AMOUNT_NOT_POSITIVE: { status: 422, sentence: 'The amount must be greater than zero.' },
  AMOUNT_PRECISION: {
    status: 422,
    sentence: 'The amount has more decimals than its currency allows.',
  },
  AMOUNT_TOO_LARGE: {
    status: 422,
    sentence: 'The amount is above the limit of the registry.',
  },
  NUMBER_INVALID: { status: 422, sentence: 'This cannot be the number of such a document.' },
  NUMBER_MIXED_SCRIPT: {
    status: 422,
    sentence: 'The number mixes letters of several scripts that look alike. Type it again from the document.',
  },
  PARTY_INVALID: {
    status: 422,
    sentence: 'This cannot be a registered number under that scheme.',
  },
  CHECK_DIGIT_WRONG: {
    status: 422,
    sentence: 'The check digit does not fit: a character is mistyped.',
  },
  DATE_INVALID: { status: 422, sentence: 'The date is not possible here.' },
  FIELD_REQUIRED: {
    status: 422,
    sentence: 'A document of this type must state this.',
  },
  FIELD_NOT_ALLOWED: {
    status: 422,
    sentence: 'A document of this type must not state this.',
  },
  EXPIRY_INVALID: { status: 422, sentence: 'A reservation cannot be held for so long.' },
  CURRENCY_MIXED: {
    status: 422,
    sentence: 'All amounts of one request must have the same currency.',
  },
  PAYABLE_EXCEEDS_TOTAL: {
    status: 422,
    sentence: 'No more can be payable than the document amounts to.',
  },
  INSTALMENTS_INVALID: {
    status: 422,
    sentence:
      'Instalments fall due from the date of the document on, each later than the one before, and add up to what is payable.',
  },
  LINES_SUM: {
    status: 422,
    sentence: 'The lines do not add up to the amount of the claim.',
  },
  LINE_REPEATED: {
    status: 422,
    sentence: 'One document appears on two lines of the claim.',
  },
  COVER_REQUIRED: {
    status: 422,
    sentence:
      'An insured claim, and no other, names the buyer limit and the declared shipment that cover it.',
  },
  CHECK_REQUIRED: {
    status: 422,
    sentence: 'A payment for an offshore trade, and no other, quotes the check of its papers.',
  },
  COLLATERAL_REQUIRED: {
    status: 422,
    sentence: 'A warehouse loan names the warehouse receipts of the goods that secure it.',
  },
  INDEMNITY_REQUIRED: {
    status: 422,
    sentence:
      'A repayment by an indemnity, and no other, quotes the indemnity that the insurer has confirmed.',
  },
  CORRECTS_REQUIRED: {
    status: 422,
    sentence: 'A credit note must name the invoice that it corrects, and no other document may.',
  },
  REPLACES_INVALID: {
    status: 422,
    sentence: 'Only an invoice can take the place of another invoice of its seller, and not its own.',
  },
  RATE_INVALID: {
    status: 422,
    sentence: 'The exchange rate is not a positive decimal number.',
  },
  RATE_NOT_AWAITING: {
    status: 404,
    sentence: 'No rate of this currency awaits a second person.',
  },
  OTHER_ENTERPRISE: { status: 403, sentence: 'You may only act for your own enterprise.' },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    sentence: 'This idempotency key was used before for another request.',
  },
  DUE_DATE_INVALID: {
    status: 422,
    sentence: 'The due date must lie in the future and within the longest term that the registry allows.',
  },
  PAID_OUT_TOO_LATE: {
    status: 422,
    sentence: 'Only what was paid out before the cut-off date of the take-on window is taken on.',
  },
  TAKE_ON_INCONSISTENT: {
    status: 422,
    sentence: 'Amounts, dates and state of this loan contradict each other.',
  },
  REASON_REQUIRED: {
    status: 422,
    sentence:
      'The claim ends long after a document was due. Say why in pastDueReason; the regulator reads it.',
  },
  DOCUMENT_REQUIRED: {
    status: 422,
    sentence: 'Say which document the debtor paid: the claim has several.',
  },
  DOCUMENT_NOT_CLAIMED: {
    status: 422,
    sentence: 'The claim has no document of that name in this place.',
  },
  CLAIM_NOT_FOUND: { status: 404, sentence: 'Your organisation has no such claim.' },
  NEAR_DUPLICATE_NOT_FOUND: {
    status: 404,
    sentence:
      'The two documents are not on record as near duplicates, or one of them has been changed since.',
  },
  PAYMENT_NOT_FOUND: {
    status: 404,
    sentence: 'Your organisation has marked no such payment.',
  },
  CONSENT_MISSING: {
    status: 403,
    sentence:
      'The consortium wants the exporter’s consent before your bank reserves. Ask the exporter to give it at the portal.',
  },
  NOT_VERIFIED: {
    status: 409,
    sentence:
      'Nothing can be drawn like this on such a document. Your bank has not verified it, so the registry says no more.',
  },
  ISSUER_REQUIRED: {
    status: 422,
    sentence:
      'Several members have recorded a document of this type under this number. Name the one whose it is.',
  },
  FACT_NOT_FOUND: { status: 404, sentence: 'The document is not in the registry.' },
  CHECK_NOT_FOUND: {
    status: 404,
    sentence: 'Your organisation has made no such check.',
  },
  OPENING_NOT_FOUND: {
    status: 404,
    sentence: 'Your organisation has made no such attempt to open a document.',
  },
  CHECK_CODE_LOCKED: {
    status: 403,
    sentence: 'The document was tried too often with a wrong check code. Ask the tax authority.',
  },
  CHECK_CODE_REQUIRED: {
    status: 403,
    sentence: 'Open the document with the check code printed on it first.',
  },
  FOUR_EYES: {
    status: 403,
    sentence: 'The person who entered this cannot also confirm it. Ask a second person.',
  },
  DISPUTE_NOT_YOURS: {
    status: 403,
    sentence:
      'Who opened a dispute may withdraw it; whether it is upheld or dismissed the regulator decides.',
  },
  CHANGED_LATER: {
    status: 409,
    sentence:
      'A later change of this document is on record. Send both in one load, or amend the document as it stands.',
  },
  VERSION_CONFLICT: {
    status: 409,
    sentence: 'The record has changed since you read it. Read it again.',
  },
  INVALID_STATE: {
    status: 409,
    sentence: 'The claim is in a state that does not allow this.',
  },
  STEP_AWAITING: {
    status: 409,
    sentence: 'Another step of this record waits for its second person. Confirm or return that one first.',
  },
  STEP_NOT_AWAITING: {
    status: 409,
    sentence: 'No step of this record waits for a second person; it may have lapsed.',
  },
  ENTRY_NOT_FOUND: {
    status: 404,
    sentence: 'Your bank has no such entry on this claim, or it has been reversed before.',
  },
  ENTRY_IN_USE: {
    status: 409,
    sentence: 'Repayments stand on this payout, or shares that other banks have taken of the loan.',
  },
  RECOURSE_TOO_EARLY: {
    status: 409,
    sentence: 'Recourse is taken once the debtor has not paid: the claim is not past its due date.',
  },
  RESERVATION_EXPIRED: {
    status: 409,
    sentence: 'The reservation has expired. Reserve again.',
  },
  DUE_DATE_PASSED: {
    status: 409,
    sentence: 'The due date of the claim has passed. Nothing is accepted or paid out on it any more.',
  },
  APPLICATION_EXISTS: {
    status: 409,
    sentence: 'Your bank has a claim under this application number, which is live or was paid out.',
  },
  TAKE_ON_REFERENCE_USED: {
    status: 409,
    sentence: 'Your bank has brought another loan under this reference.',
  },
  TAKE_ON_CLOSED: {
    status: 409,
    sentence:
      'No take-on window is open for your bank. What comes late is a correction that the regulator approves.',
  },
  TAKE_ON_OPEN: {
    status: 409,
    sentence: 'No take-on window of your bank has closed. Bring the loan with your book.',
  },
  WINDOW_NOT_FOUND: {
    status: 404,
    sentence: 'There is no such take-on window, or it is past this step.',
  },
  WINDOW_HELD: {
    status: 409,
    sentence: 'This bank has had its take-on window, or is in one. It gets no other.',
  },
  CORRECTION_NOT_FOUND: {
    status: 404,
    sentence: 'There is no such correction for your organisation.',
  },
  CORRECTION_DECIDED: { status: 409, sentence: 'The correction has been approved or refused.' },
  FILING_REQUIRED: {
    status: 409,
    sentence: 'A payment above the equivalent of USD 50,000 needs a tax filing.',
  },
  NOT_EXPIRED: {
    status: 409,
    sentence: 'The claim has reached neither its expiry nor its due date.',
  },
  STILL_CARRIED: {
    status: 409,
    sentence: 'The rates that were published change nothing for this claim.',
  },
  EXTENSION_LIMIT: {
    status: 409,
    sentence: 'The claim has been extended as often as is allowed.',
  },
  MOVE_INVALID: {
    status: 422,
    sentence: 'The claim has no such line on an order, or less is outstanding on it.',
  },
  TRANSFER_INVALID: {
    status: 409,
    sentence: 'There is no such offer of transfer, or it cannot be made.',
  },
  TRANSFER_INSURED: {
    status: 409,
    sentence:
      'An insured claim is not transferred: the insurer pays the bank that the proceeds are assigned to. The other bank needs an assignment and a claim of its own.',
  },
  SHARE_INVALID: {
    status: 409,
    sentence:
      'A share is less than what is outstanding of the claim, and leaves the bank that sells it something of every document.',
  },
  OVERPAYMENT: { status: 409, sentence: 'The repayment is more than what is outstanding.' },
  FACT_EXISTS: { status: 409, sentence: 'The document has been recorded before.' },
  APPLICANT_MISMATCH: {
    status: 409,
    sentence: 'The document belongs to another enterprise than the applicant.',
  },
  FACT_CANCELLED: {
    status: 409,
    sentence: 'The document has been cancelled by its authority.',
  },
  FACT_REPLACED: {
    status: 409,
    sentence: 'Another document has taken the place of this one. Use the corrected one.',
  },
  CREDIT_NOTE_IN_USE: {
    status: 409,
    sentence:
      'The credit note lowers an invoice on which something is drawn, so its seller cannot take it back.',
  },
  NOT_CORROBORATED: {
    status: 409,
    sentence:
      'Only the seller itself has recorded this document. Name the document of an authority for the same sale.',
  },
  SEVERAL_AUTHORITIES: {
    status: 409,
    sentence:
      'The seller’s own document cites several documents of authorities. Name the one on which the claim is made.',
  },
  NOT_FINANCEABLE: {
    status: 409,
    sentence: 'No claim can be made on a document of this type.',
  },
  CREDIT_INVALID: {
    status: 422,
    sentence:
      'Only an export bill purchase (discount) is presented under letters of credit, and they add up to its amount.',
  },
  CREDIT_OF_OTHERS: { status: 409, sentence: 'The letter of credit is available with another bank.' },
  CREDIT_EXPIRED: {
    status: 409,
    sentence:
      'The letter of credit has expired, or its last day for the presentation of documents has passed.',
  },
  CREDIT_MISMATCH: {
    status: 409,
    sentence:
      'Letter of credit and receivable do not belong together: other buyers, or goods that left after the latest day of shipment.',
  },
  NOT_OF_ORDER: {
    status: 409,
    sentence:
      'The document is not known to be of this order: neither it nor a document beside it cites the order’s number.',
  },
  COVER_MISMATCH: {
    status: 409,
    sentence: 'Policy, buyer limit, declared shipment and receivable do not belong together.',
  },
  POLICY_NOT_IN_FORCE: { status: 409, sentence: 'The insurance policy is not in force.' },
  LIMIT_LAPSED: { status: 409, sentence: 'The buyer limit has lapsed.' },
  COVER_DECLINED: {
    status: 409,
    sentence: 'The insurer has declined to cover the shipment.',
  },
  PREMIUM_UNPAID: {
    status: 409,
    sentence: 'The premium for the shipment has not been paid.',
  },
  NOT_ASSIGNEE: {
    status: 409,
    sentence: 'What the insurer would pay is not assigned to your bank. Ask the exporter and the insurer.',
  },
  COVER_SUM: {
    status: 409,
    sentence: 'Receivables, declared shipments and buyer limits are not drawn in the same amount.',
  },
  WRONG_DOCUMENT: {
    status: 409,
    sentence: 'A document of this type does not back a payment for this purpose.',
  },
  FILING_EXPIRED: {
    status: 409,
    sentence: 'The document was valid until a date before that of the payment.',
  },
  FILING_LATER: {
    status: 409,
    sentence: 'The document is dated more than three days after the payment.',
  },
  RATE_MISSING: {
    status: 409,
    sentence: 'The regulator has published no exchange rate between these currencies.',
  },
  RATE_STALE: {
    status: 409,
    sentence: 'The exchange rate is too old to draw at. The regulator has to publish a new one.',
  },
  TRADE_ON_HOLD: {
    status: 409,
    sentence:
      'The regulator holds this trade on account of an objection. Nothing is drawn on it until that is decided.',
  },
  RECORD_NOT_FOUND: { status: 404, sentence: 'Your organisation holds no such record.' },
  DEBT_INVALID: {
    status: 422,
    sentence: 'A debtor confirms at most what is payable on the document, in its currency.',
  },
  DEBT_CONFIRMED: {
    status: 409,
    sentence: 'The debtor has confirmed this document before. A confirmation is not changed.',
  },
  ORDER_CONFIRMED: {
    status: 409,
    sentence: 'The buyer has confirmed this order. Another buyer needs an order of its own.',
  },
  ORDER_DRAWN: {
    status: 409,
    sentence:
      'More is drawn on the order, or on what was invoiced of it, than it would then allow. It stays until the banks have let go.',
  },
  DEBT_NOT_CONFIRMED: {
    status: 409,
    sentence:
      'The debtor has not confirmed this document in the currency of the claim. Ask the debtor to confirm it at the portal.',
  },
  DEBT_OF_OTHERS: { status: 409, sentence: 'The debtor has confirmed to pay another bank than yours.' },
  EXCEEDS_PLEDGED: {
    status: 409,
    sentence:
      'Less than what is pledged of a document is released. All of it is free once the loan is settled.',
  },
  EXCEEDS_CONFIRMED: {
    status: 409,
    sentence: 'More would be lent on the document than its debtor has confirmed to pay.',
  },
  CONSENT_NOT_FOUND: { status: 404, sentence: 'Your enterprise has given no such consent.' },
  OBJECTION_NOT_FOUND: {
    status: 404,
    sentence: 'Your organisation is no party to such an objection.',
  },
  OBJECTION_DECIDED: {
    status: 409,
    sentence: 'The objection has been decided or withdrawn.',
  },
  UNDERLYING_OVERDRAWN: {
    status: 409,
    sentence: 'More is drawn on this trade than its documents still allow. No new claim is possible.',
  },
  NOT_CHECKED: {
    status: 409,
    sentence: 'The check that the payment quotes is not of this document for this payer.',
  },
  PAYER_NOT_NAMED: {
    status: 409,
    sentence:
      'The document names the payer neither as consignee nor as notify party or buyer, and nobody whom it names has consented.',
  },
  CHECK_INCONSISTENT: {
    status: 409,
    sentence: 'The papers do not fit the record. Settle that with their issuer and check them again.',
  },
  INVOICE_REQUIRED: {
    status: 409,
    sentence:
      'A payment for an offshore trade is held against an invoice to its payer that is on record and was checked with the papers.',
  },
  ALREADY_MARKED: {
    status: 409,
    sentence: 'The document, or another of the same goods, already backs a payment abroad.',
  },
  EXCEEDS_INVOICE: {
    status: 409,
    sentence: 'With what has been paid on it before, this is more than the invoice states.',
  },
  NO_INSTALMENT_DUE: {
    status: 409,
    sentence:
      'The document is paid in instalments, and none of them falls due by the day on which the claim does.',
  },
  EXCEEDS_INSTALMENTS: {
    status: 409,
    sentence:
      'Less of the instalments that fall due by the day on which the claim does is left than would be drawn.',
  },
  EXCEEDS_BALANCE: {
    status: 409,
    sentence: 'The document does not have enough left for this amount.',
  },
  UNIT_MISMATCH: {
    status: 409,
    sentence: 'The document states its goods in another unit.',
  },
  UNITS_INCOMPARABLE: {
    status: 409,
    sentence:
      'Documents of the same goods count them in different units. The warehouse has to state what they weigh.',
  },
  TOO_MANY_RESERVATIONS: {
    status: 409,
    sentence: 'Your bank holds as many claims on this trade that are not paid out as the registry allows.',
  },
  TOO_MANY_DRAWS: { status: 409, sentence: 'Too many live claims are made on this trade.' },
  TOO_MANY_DOCUMENTS: {
    status: 409,
    sentence: 'Too many documents are joined to this trade.',
  },
  AUTHORISATION_NOT_FOUND: {
    status: 404,
    sentence: 'Your enterprise has given no such authorisation.',
  },
  NOT_AUTHORISED: {
    status: 403,
    sentence: 'The enterprise has given your bank no such authorisation. The query is on the log.',
  },
  AUTHORISATION_REVOKED: {
    status: 403,
    sentence: 'The enterprise has revoked the authorisation. The query is on the log.',
  },
  AUTHORISATION_EXPIRED: {
    status: 403,
    sentence: 'The time of the authorisation is over. The query is on the log.',
  },
  AUTHORISATION_NOT_YET: {
    status: 403,
    sentence: 'The time of the authorisation has not begun. The query is on the log.',
  },
  AUTHORISATION_USED_UP: {
    status: 403,
    sentence: 'The authorisation has been used as often as it allows. The query is on the log.',
  },
  CATEGORY_NOT_AUTHORISED: {
    status: 403,
    sentence: 'The authorisation does not cover all of these categories. The query is on the log.',
  },
  PURPOSE_NOT_AUTHORISED: {
    status: 403,
    sentence: 'The authorisation was given for another purpose. The query is on the log.',
  },
  QUERY_NOT_FOUND: {
    status: 404,
    sentence: 'Your bank has no such query that was allowed.',
  },
  BANK_INVALID: {
    status: 422,
    sentence: 'Name a bank of the consortium, each of them once.',
  },
  REQUEST_NOT_FOUND: {
    status: 404,
    sentence: 'There is no such financing request for your organisation.',
  },
  OFFER_NOT_FOUND: {
    status: 404,
    sentence: 'There is no such offer, or it is still sealed.',
  },
  DEADLINE_INVALID: {
    status: 422,
    sentence: 'The deadline must lie in the future and not more than 30 days ahead.',
  },
  DEADLINE_AHEAD: {
    status: 409,
    sentence: 'The deadline for offers has not passed yet.',
  },
  REQUEST_OVER: {
    status: 409,
    sentence: 'The financing request takes no more offers.',
  },
  OPENING_WRONG: {
    status: 422,
    sentence: 'This is not the offer that was sealed.',
  },
  OFFER_INVALID: {
    status: 422,
    sentence:
      'The offer must be in the currency of the request, and not above its amount or its highest rate.',
  },
  REQUEST_AWARDED: {
    status: 409,
    sentence:
      'Another offer has been accepted. This one stands until that bank has confirmed its claim or let it go.',
  },
  OFFER_LAPSED: { status: 409, sentence: 'The offer cannot be accepted any more.' },
  ASSIGNMENT_NOT_FOUND: {
    status: 404,
    sentence: 'Your organisation is no party to such an assignment.',
  },
  ALREADY_ASSIGNED: {
    status: 409,
    sentence:
      'The proceeds of this policy for this buyer are assigned to another bank or limit. Release that first.',
  },
  ASSIGNMENT_IN_USE: {
    status: 409,
    sentence: 'The bank has lent on the limit. The assignment ends after the last loan.',
  },
  TOO_MANY_ASSIGNMENTS: {
    status: 409,
    sentence:
      'As many buyer limits of this policy are assigned as the registry allows. Release one of them first.',
  },
  INDEMNITY_NOT_FOUND: {
    status: 404,
    sentence: 'No insurer has confirmed such an indemnity to your organisation.',
  },
  INDEMNITY_USED: {
    status: 409,
    sentence: 'Repayments quote more of the indemnity than is left of it, or the insurer has withdrawn it.',
  },
  LOAN_NOT_FOUND: {
    status: 404,
    sentence: 'There is no such loan application for your organisation.',
  },
  LOAN_DECIDED: {
    status: 409,
    sentence: 'The loan application has been decided or withdrawn.',
  },
  LOAN_NOT_REFERRED: {
    status: 409,
    sentence: 'The rules of the bank have not referred this application to a person.',
  },
  AUTHORISATION_UNFIT: {
    status: 409,
    sentence:
      'An online loan needs an authorisation for this bank that holds today, has a use left and covers all categories.',
  },
  QUERY_MISSING: {
    status: 409,
    sentence: 'The records of the enterprise have not been opened for this application.',
  },
  LOAN_TERMS_INVALID: {
    status: 422,
    sentence: 'A loan is in the currency of its application, and not above the amount applied for.',
  },
  RECOMMENDATION_MISSING: {
    status: 409,
    sentence: 'An officer has to recommend the loan before an approver can approve it.',
  },
  MANDATE_NOT_FOUND: {
    status: 404,
    sentence: 'Your bank has no such mandate.',
  },
  MANDATE_NOT_LIVE: {
    status: 409,
    sentence: 'The mandate is not granted, has been revoked, has ended, or stands for other rules.',
  },
  MANDATE_EXCEEDED: {
    status: 409,
    sentence: 'The mandate does not allow this amount, or not so much more.',
  },
  INTERNAL: { status: 500, sentence: 'The registry failed to answer. Try again later.' },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof table;

/** The one table of refusals; documentation and gateway read it too. */
export const errorTable: Readonly<Record<ErrorCode, ErrorEntry>> = table;

/** The line error of the API, with a code of this table. */
export interface LineError extends Readonly<Omit<z.infer<typeof lineErrorSchema>, 'code'>> {
  readonly code: ErrorCode;
}

/** Why one item of a batch fails. */
export interface ItemError {
  readonly index: number;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly field?: string;
  readonly lines?: readonly LineError[];
}

export interface ErrorBody {
  readonly detail: string;
  /** Path of the offending field, dotted, such as `lines.2.amount`. */
  readonly field?: string;
  readonly lines?: readonly LineError[];
}

/** A refusal. Its message is the wire format, because Fabric carries nothing but the message to the client. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';
  readonly body: ErrorBody;

  constructor(
    readonly code: ErrorCode,
    body: Partial<ErrorBody> = {},
  ) {
    const whole = { detail: errorTable[code].sentence, ...body };
    super(wireText(code, whole));
    this.body = whole;
  }
}

/**
 * Longest text of a refusal, bytes. It travels in the trailer of a gRPC answer, once for each endorser and encoded, and
 * whole connections are dropped over trailers that exceed 64 kB.
 */
const longestText = 6_000;

/** Lines that do not fit are left out, the last ones first. */
function wireText(code: ErrorCode, body: ErrorBody): string {
  const lines = body.lines ?? [];
  const whole = wireTextOf(code, body);
  if (lines.length === 0 || Buffer.byteLength(whole) <= longestText) return whole;
  const sizes = lines.map((line) => Buffer.byteLength(JSON.stringify(line)) + 1);
  const textOf = (count: number) => {
    const detail = `${body.detail} Of ${lines.length - count} more lines nothing is said here.`;
    return wireTextOf(code, { ...body, detail, lines: lines.slice(0, count) });
  };
  // The first guess is of the lines' own sizes, and never too short: what is around them is left out.
  let room = longestText;
  const tooMany = sizes.findIndex((size) => (room -= size) < 0);
  let count = tooMany < 0 ? lines.length - 1 : tooMany;
  while (count > 0 && Buffer.byteLength(textOf(count)) > longestText) count -= 1;
  return textOf(count);
}

function wireTextOf(code: ErrorCode, body: ErrorBody): string {
  return `${code} ${JSON.stringify(body)}`;
}

const wireFormat = /(?:^|[\s,])([A-Z][A-Z_]+) (\{.*\})\s*$/s;

/**
 * Finds a refusal in the message of any error on the way from the chaincode: peers prefix it with their own words.
 *
 * @returns undefined when the message does not come from this chaincode.
 */
export function parseLedgerError(message: string): LedgerError | undefined {
  const [, code, json] = wireFormat.exec(message) ?? [];
  if (code === undefined || json === undefined || !isErrorCode(code)) return undefined;
  try {
    const body: unknown = JSON.parse(json);
    return isErrorBody(body) ? new LedgerError(code, body) : undefined;
  } catch {
    return undefined;
  }
}

const order: ReadonlyMap<string, number> = new Map(Object.keys(table).map((code, place) => [code, place]));

/** Place of a code in the table: of several refusals the one with the lowest counts. */
export function precedenceOf(code: ErrorCode): number {
  return order.get(code) ?? order.size;
}

/** The failure to report when several are known: the one that comes first in the table, then the first one. */
export function mostSevere<T extends { readonly code: ErrorCode }>(failures: readonly T[]): T | undefined {
  return failures.reduce<T | undefined>(
    (worst, next) =>
      worst === undefined || precedenceOf(next.code) < precedenceOf(worst.code) ? next : worst,
    undefined,
  );
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(table, code);
}

function isErrorBody(body: unknown): body is ErrorBody {
  return typeof body === 'object' && body !== null && 'detail' in body && typeof body.detail === 'string';
}
