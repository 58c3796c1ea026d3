import { claimViewSchema, publishedRateSchema } from '@pledgeonce/chaincode/api.js';
import type { ClaimView, PublishedRate } from '@pledgeonce/chaincode/api.js';
import { authorisationViewSchema } from '@pledgeonce/chaincode/authorisations/api.js';
import type { AuthorisationView } from '@pledgeonce/chaincode/authorisations/api.js';
import { creditQueryViewSchema, creditRecordViewSchema } from '@pledgeonce/chaincode/credit/api.js';
import type { CreditQueryView, CreditRecordView } from '@pledgeonce/chaincode/credit/api.js';
import { loanViewSchema, mandateViewSchema } from '@pledgeonce/chaincode/loans/api.js';
import type { LoanView, MandateView } from '@pledgeonce/chaincode/loans/api.js';
import { assignmentViewSchema } from '@pledgeonce/chaincode/insurance/api.js';
import type { AssignmentView } from '@pledgeonce/chaincode/insurance/api.js';
import { consentViewSchema } from '@pledgeonce/chaincode/consents/api.js';
import type { ConsentView } from '@pledgeonce/chaincode/consents/api.js';
import { debtViewSchema } from '@pledgeonce/chaincode/debts/api.js';
import type { DebtView } from '@pledgeonce/chaincode/debts/api.js';
import { objectionViewSchema } from '@pledgeonce/chaincode/objections/api.js';
import type { ObjectionView } from '@pledgeonce/chaincode/objections/api.js';
import { reconciliationViewSchema } from '@pledgeonce/chaincode/reconciliations/api.js';
import type { ReconciliationView } from '@pledgeonce/chaincode/reconciliations/api.js';
import { indemnityViewSchema } from '@pledgeonce/chaincode/insurance/indemnities/api.js';
import type { IndemnityView } from '@pledgeonce/chaincode/insurance/indemnities/api.js';
import { offerViewSchema, requestViewSchema } from '@pledgeonce/chaincode/offers/api.js';
import type { OfferView, RequestView } from '@pledgeonce/chaincode/offers/api.js';
import { offshoreEntrySchema } from '@pledgeonce/chaincode/offshore/api.js';
import type { OffshoreEntry } from '@pledgeonce/chaincode/offshore/api.js';
import { markConsentViewSchema, paymentViewSchema } from '@pledgeonce/chaincode/payments/api.js';
import type { MarkConsentView, PaymentView } from '@pledgeonce/chaincode/payments/api.js';
import { correctionViewSchema } from '@pledgeonce/chaincode/take-on/api.js';
import type { CorrectionView } from '@pledgeonce/chaincode/take-on/api.js';
import { z } from 'zod';
import type { Database } from './database.js';
import { applyBlock } from './apply-block.js';
import { applyInherited } from './apply-inherited.js';
import type { FeedEntry } from './feed-entry.js';
import { listsClaims, type Viewpoint } from './viewpoint.js';
import { AuditTables } from './audit-queries.js';
import { type Checkpoint, readCheckpoint } from './checkpoint.js';
import { ClaimBook } from './claim-versions.js';
import { ClaimTable } from './claim-table.js';
import { openDatabase } from './open-database.js';
import { debtorNoticeViewSchema } from './debtor-notices.js';
import type { DebtorNoticeView } from './debtor-notices.js';
import { FactTable } from './fact-table.js';
import { FeedTable } from './feed-table.js';
import { KeyedEntries } from './keyed-entries.js';
import { AlertMarks } from './inbox/alert-marks.js';
import { InboxTable } from './inbox/inbox-table.js';
import { orderedByMember } from './ordered-by-member.js';
import { OverdrawnClaims } from './overdrawn-claims.js';
import { MemberTable } from './member-table.js';
import type { ReadBlock } from './read-block.js';
import { OwnRecords } from './own-records.js';
import { paymentStatistics } from './payment-statistics.js';
import type { PaymentStatisticsFilter, PaymentStatisticsRow } from './payment-statistics.js';
import { portfolio } from './portfolio.js';
import { priceStatistics } from './price-statistics.js';
import type { Portfolio } from './portfolio.js';
import { StatedFirms } from './stated-firms.js';
import { statistics } from './statistics.js';
import type { StatisticsFilter, StatisticsRow } from './statistics.js';
import { Successions } from './successions.js';
import { TransactionTable } from './transaction-table.js';
import { ViewTable } from './view-table.js';
import { WaitingLoans } from './waiting-loans.js';

const listedDocumentSchema = z.object({ id: z.string(), type: z.string(), number: z.string() });
/** An own document of an enterprise, as far as the tables know it. */
type ListedDocument = z.infer<typeof listedDocumentSchema>;

/** What the blocks say, in tables that can be searched. It holds nothing that the blocks do not. */
export class Projection {
  readonly claims: ClaimTable;
  readonly facts: FactTable;
  /** Filled at the regulator's gateway only. */
  readonly audit: AuditTables;
  /** Filled at the government nodes only. */
  readonly keyedEntries: KeyedEntries;
  /** Filled at the regulator's gateway only. */
  readonly statedFirms: StatedFirms;
  readonly feed: FeedTable;
  readonly inbox: InboxTable;
  readonly marks: AlertMarks;
  readonly transactions: TransactionTable;
  readonly ownRecords: OwnRecords;
  readonly members: MemberTable;
  readonly authorisations: ViewTable<AuthorisationView>;
  readonly creditQueries: ViewTable<CreditQueryView>;
  readonly creditRecords: ViewTable<CreditRecordView>;
  readonly loans: ViewTable<LoanView>;
  readonly mandates: ViewTable<MandateView>;
  readonly requests: ViewTable<RequestView>;
  readonly offers: ViewTable<OfferView>;
  readonly offshoreChecks: ViewTable<OffshoreEntry>;
  readonly payments: ViewTable<PaymentView>;
  readonly ratePublications: ViewTable<PublishedRate>;
  readonly assignments: ViewTable<AssignmentView>;
  readonly indemnities: ViewTable<IndemnityView>;
  readonly objections: ViewTable<ObjectionView>;
  readonly corrections: ViewTable<CorrectionView>;
  readonly overdrawn: OverdrawnClaims;
  readonly waitingLoans: WaitingLoans;
  readonly consents: ViewTable<ConsentView>;
  readonly debts: ViewTable<DebtView>;
  readonly markConsents: ViewTable<MarkConsentView>;
  /** Filled at the portal only. */
  readonly ownDocuments: ViewTable<ListedDocument>;
  /** Filled at the portal only. */
  readonly debtorNotices: ViewTable<DebtorNoticeView>;
  readonly reconciliations: ViewTable<ReconciliationView>;
  /** Filled at banks only: what others offer to this one. */
  readonly transferOffers: ViewTable<ClaimView>;
  readonly successions: Successions;
  readonly #database: Database;
  readonly #viewpoint: Viewpoint;
  /** As it stands in its table: each request asks for it. */
  #checkpoint: Checkpoint;

  /** @param rebuild Begins again at block 0. */
  constructor(file: string, viewpoint: Viewpoint, rebuild = false) {
    this.#database = openDatabase(file, { rebuild, listsClaims: listsClaims(viewpoint) });
    this.#viewpoint = viewpoint;
    this.#checkpoint = readCheckpoint(this.#database);
    this.claims = new ClaimTable(this.#database);
    this.facts = new FactTable(this.#database);
    this.audit = new AuditTables(this.#database);
    this.keyedEntries = new KeyedEntries(this.#database);
    this.statedFirms = new StatedFirms(this.#database);
    this.feed = new FeedTable(this.#database);
    this.inbox = new InboxTable(this.#database);
    this.marks = new AlertMarks(this.#database);
    this.ownRecords = new OwnRecords(this.#database);
    this.members = new MemberTable(this.#database);
    this.transactions = new TransactionTable(this.#database);
    this.authorisations = new ViewTable(this.#database, 'authorisations', authorisationViewSchema);
    this.creditQueries = new ViewTable(this.#database, 'credit_queries', creditQueryViewSchema);
    this.creditRecords = new ViewTable(this.#database, 'credit_records', creditRecordViewSchema);
    this.loans = new ViewTable(this.#database, 'loans', loanViewSchema);
    this.mandates = new ViewTable(this.#database, 'mandates', mandateViewSchema);
    this.requests = new ViewTable(this.#database, 'requests', requestViewSchema);
    this.offers = new ViewTable(this.#database, 'offers', offerViewSchema);
    this.offshoreChecks = new ViewTable(this.#database, 'offshore_checks', offshoreEntrySchema);
    this.payments = new ViewTable(this.#database, 'payments', paymentViewSchema);
    this.ratePublications = new ViewTable(this.#database, 'rate_publications', publishedRateSchema);
    this.assignments = new ViewTable(this.#database, 'assignments', assignmentViewSchema);
    this.markConsents = new ViewTable(this.#database, 'mark_consents', markConsentViewSchema);
    this.debts = new ViewTable(this.#database, 'debts', debtViewSchema);
    this.consents = new ViewTable(this.#database, 'consents', consentViewSchema);
    this.ownDocuments = new ViewTable(this.#database, 'own_documents', listedDocumentSchema);
    this.debtorNotices = new ViewTable(this.#database, 'debtor_notices', debtorNoticeViewSchema);
    this.objections = new ViewTable(this.#database, 'objections', objectionViewSchema);
    this.corrections = new ViewTable(this.#database, 'corrections', correctionViewSchema);
    this.overdrawn = new OverdrawnClaims(this.#database);
    this.waitingLoans = new WaitingLoans(this.#database);
    this.reconciliations = new ViewTable(this.#database, 'reconciliations', reconciliationViewSchema);
    this.indemnities = new ViewTable(this.#database, 'indemnities', indemnityViewSchema);
    this.transferOffers = new ViewTable(this.#database, 'transfer_offers', claimViewSchema);
    this.successions = new Successions(this.#database, viewpoint.mspId);
  }

  /** The first block that is not in the tables yet. */
  get nextBlock(): number {
    return this.#checkpoint.nextBlock;
  }

  /** Hash of the header of the last block in the tables; undefined before the first. */
  get lastHash(): Buffer | undefined {
    const { lastHash } = this.#checkpoint;
    return lastHash === '' ? undefined : Buffer.from(lastHash, 'hex');
  }

  /** @throws Error when the block is not the next one: a gap would stay unseen for ever. */
  apply(block: ReadBlock): FeedEntry[] {
    const { nextBlock } = this;
    if (block.number !== nextBlock) {
      throw new Error(`Block ${block.number} arrived where block ${nextBlock} belongs.`);
    }
    const entries = applyBlock(this.#database, block, this.#viewpoint);
    this.#checkpoint = { nextBlock: block.number + 1, lastHash: block.hash };
    return entries;
  }

  /** Takes what a removed member held, of one block before the succession, into the tables of its successor. */
  inherit(member: string, block: ReadBlock): void {
    applyInherited(this.#database, member, block, this.#viewpoint);
  }

  statistics(filter: StatisticsFilter): { items: StatisticsRow[]; next?: string } {
    return statistics(this.#database, filter);
  }

  paymentStatistics(filter: PaymentStatisticsFilter): { items: PaymentStatisticsRow[]; next?: string } {
    return paymentStatistics(this.#database, filter);
  }

  priceStatistics(filter: Parameters<typeof priceStatistics>[1]): ReturnType<typeof priceStatistics> {
    return priceStatistics(this.#database, filter);
  }

  /** At the regulator's gateway: what each member had ordered of late. */
  orderedByMember(): ReturnType<typeof orderedByMember> {
    return orderedByMember(this.#database, this.nextBlock);
  }

  /** @param asOf the day from which due dates are counted, YYYY-MM-DD. */
  portfolio(bank: string, asOf: string): Portfolio {
    return portfolio(this.#database, this.successions.namesOf(bank), asOf, this.nextBlock);
  }

  /** The own claims as they stood at a moment; a bank's only. @param moment RFC 3339 in UTC, with milliseconds. */
  bookAt(bank: string, moment: string): ClaimBook {
    return new ClaimBook(this.#database, this.successions.namesOf(bank, moment), moment);
  }

  close(): void {
    this.#database.close();
  }
}
