import { catalogue } from '../catalogue.js';
import { findFact } from '../facts/find.js';
import { latestVersion } from '../facts/latest.js';
import type { FactHead, FactVersion } from '../facts/records.js';
import type { Underlying } from '../underlyings/records.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import type { DocumentReference, FactType, PartyId } from '../schemas.js';
import { documentKey, keyText } from '../rules/document-keys.js';
import { isTaken } from '../payments/marks/take.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { standingTwinsOf } from '../rules/trades.js';
import type { Transport } from '../transport/api.js';
import { loadUnderlying } from '../underlyings/load.js';
import type { OffshoreCheckInput, OffshoreCheckView, OffshoreDimension } from './api.js';
import { offshoreDimensions } from './api.js';
import { cargoMatch, invoicedGoods, invoiceMatch, receiptMatch } from './rules/cargo-match.js';
import { recordedMoves, toldContainers } from './rules/container-match.js';
import { type Finding, inconsistent, notCovered, verdictOf } from './rules/findings.js';
import { recordedTrack, toldVoyage } from './rules/vessel-track.js';

type Findings = Readonly<Record<OffshoreDimension, readonly Finding[]>>;

/** A paper that the bank holds, and what the registry has of it. */
interface Paper {
  /** How reasons call it: by the number that the bank itself has written. */
  readonly name: string;
  readonly document: DocumentReference;
  readonly key: string;
  readonly head: FactHead | undefined;
  readonly version: FactVersion | undefined;
  readonly trade: Underlying | undefined;
}

const names: Partial<Record<FactType, string>> = {
  'bill-of-lading': 'Bill of lading',
  'rail-waybill': 'Rail waybill',
  'warehouse-receipt': 'Warehouse receipt',
  'commercial-invoice': 'Commercial invoice',
  'tax-invoice': 'Tax invoice',
};

/** What a comparison finds. */
export interface OffshoreReport extends Pick<OffshoreCheckView, 'verdict' | 'dimensions' | 'marked'> {
  /** The papers that are on record with these particulars, by their hard keys. */
  readonly opened: ReadonlySet<string>;
}

/**
 * Compares the papers of an offshore trade with the record, dimension by dimension.
 *
 * Who has most of a paper wrong, or all that they say of it, holds another one or guesses: they are told what is told of a
 * paper that nobody has recorded.
 */
export async function reportOn(
  work: UnitOfWork,
  keys: Fingerprints,
  { enterprise, bills, receipts = [], invoice }: Omit<OffshoreCheckInput, 'idempotencyKey'>,
): Promise<OffshoreReport> {
  const open = (document: DocumentReference, index: number, member: string) =>
    openPaper(work, keys, enterprise, document, `${member}.${index}.document.`);
  const found = {
    bills: await Promise.all(bills.map(({ document }, index) => open(document, index, 'bills'))),
    receipts: await Promise.all(receipts.map(({ document }, index) => open(document, index, 'receipts'))),
    invoice: invoice && (await openPaper(work, keys, enterprise, invoice.document, 'invoice.document.')),
  };
  const carried = found.bills.flatMap(({ version }) => version?.content.transport ?? []);
  const all = [
    ...bills.map((told, index) => billFindings(paperAt(found.bills, index), told)),
    ...receipts.map((told, index) =>
      judged(paperAt(found.receipts, index), ['cargo'], (paper, { content }) => ({
        told: { cargo: receiptMatch(paper, told, content) },
      })),
    ),
    ...(invoice && found.invoice
      ? [
          judged(found.invoice, ['cargo'], (paper, { content }) => ({
            told: { cargo: invoiceMatch(paper, invoice, content) },
            recorded: { cargo: invoicedGoods(paper, content, carried) },
          })),
        ]
      : []),
  ];
  const dimensions = offshoreDimensions.map((dimension) => {
    const findings = all.flatMap(({ findings }) => findings[dimension]);
    const verdict = verdictOf(findings.map((one) => one.verdict));
    return { dimension, verdict, reasons: findings.map(({ reason }) => reason) };
  });
  const held = all.flatMap((one) => (one.isOpen ? [one.paper] : []));
  const marked = await Promise.all(
    held.map(async ({ head, version, document }) => {
      if (head === undefined || version === undefined || !isTransport(head)) return [];
      return (await isTaken(work, keys, head, version.content)) ? [document] : [];
    }),
  );
  return {
    verdict: verdictOf(dimensions.map(({ verdict }) => verdict)),
    dimensions,
    marked: marked.flat(),
    opened: new Set(held.map(({ key }) => key)),
  };
}

function isTransport({ type }: FactHead): boolean {
  return catalogue[type].section === 'transport';
}

function paperAt(papers: readonly Paper[], index: number): Paper {
  const paper = papers[index];
  if (paper === undefined) throw new Error('a paper was not opened');
  return paper;
}

async function openPaper(
  work: UnitOfWork,
  keys: Fingerprints,
  enterprise: PartyId,
  document: DocumentReference,
  field: string,
): Promise<Paper> {
  const name = `${names[document.type] ?? document.type} ${document.number}`;
  const key = documentKey(document, enterprise, field);
  const head = await findFact(work, keys, key);
  const version = head && (await latestVersion(work, head));
  const trade = head && (await loadUnderlying(work, head.underlying));
  return { name, document, key: keyText(key), head, version, trade };
}

/** What is found of one paper, and whether it is the recorded one. */
interface Judged {
  readonly paper: Paper;
  readonly findings: Findings;
  readonly isOpen: boolean;
}

function billFindings(paper: Paper, told: OffshoreCheckInput['bills'][number]): Judged {
  return judged(paper, offshoreDimensions, (name, { id, content }) => {
    const transport: Transport = content.transport ?? {};
    const twin = inconsistent(
      `${name}: its containers are recorded under another document for the same days, and neither cites the other.`,
    );
    return {
      told: {
        vessel: toldVoyage(name, told, transport),
        containers: toldContainers(name, told, transport),
        cargo: cargoMatch(name, told, transport),
      },
      recorded: {
        vessel: recordedTrack(name, transport),
        containers: [
          ...recordedMoves(name, told, transport),
          ...(paper.trade && standingTwinsOf(paper.trade, id).length > 0 ? [twin] : []),
        ],
      },
    };
  });
}

/**
 * What is said of a paper in each dimension of which it speaks: the same in all of them where it is not on record, or not
 * with these particulars. Who is wrong about it in one dimension and right in others learns only where; what the record
 * says beyond it is for who holds the paper.
 */
function judged(
  paper: Paper,
  speaksOf: readonly OffshoreDimension[],
  judge: (
    name: string,
    version: FactVersion,
  ) => { readonly told: Partial<Findings>; readonly recorded?: Partial<Findings> },
): Judged {
  const { name, head, version, trade } = paper;
  const none: Findings = { vessel: [], containers: [], cargo: [] };
  const inAll = (finding: Finding): Findings => ({
    ...none,
    ...Object.fromEntries(speaksOf.map((dimension) => [dimension, [finding]])),
  });
  const unknown: Judged = {
    paper,
    findings: inAll(notCovered(`${name}: nobody has recorded it with these particulars.`)),
    isOpen: false,
  };
  if (head === undefined || version === undefined) return unknown;
  const { told, recorded = {} } = judge(name, version);
  const verdicts = Object.values(told).map((findings) => verdictOf(findings.map(({ verdict }) => verdict)));
  const wrong = verdicts.filter((verdict) => verdict === 'inconsistent').length;
  const right = verdicts.filter((verdict) => verdict === 'consistent').length;
  if (wrong > 0 && right <= wrong) return unknown;
  if (wrong > 0) return { paper, findings: { ...none, ...told }, isOpen: true };
  if (head.status === 'cancelled') {
    return { paper, findings: inAll(inconsistent(`${name}: its issuer has cancelled it.`)), isOpen: true };
  }
  const overdrawn = trade?.overdrawn.includes(head.id)
    ? [inconsistent(`${name}: more is drawn on its goods than there is.`)]
    : [];
  const join = (dimension: OffshoreDimension) => [...(told[dimension] ?? []), ...(recorded[dimension] ?? [])];
  const findings = {
    vessel: join('vessel'),
    containers: join('containers'),
    cargo: [...join('cargo'), ...overdrawn],
  };
  return { paper, findings, isOpen: true };
}
