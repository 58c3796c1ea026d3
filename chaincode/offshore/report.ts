import { findFact } from '../facts/find.js';
import { latestVersion } from '../facts/latest.js';
import type { FactHead, FactVersion, Underlying } from '../ledger/kinds.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import type { DocumentReference, FactType, PartyId } from '../schemas.js';
import { documentKey } from '../rules/document-keys.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { isMarked } from '../rules/marks.js';
import { standingTwinsOf } from '../rules/trades.js';
import type { Transport } from '../transport/api.js';
import { loadUnderlying } from '../underlyings/load.js';
import type { OffshoreCheckInput, OffshoreCheckView, OffshoreDimension } from './api.js';
import { offshoreDimensions } from './api.js';
import { cargoMatch, invoiceMatch, receiptMatch } from './rules/cargo-match.js';
import { recordedMoves, toldContainers } from './rules/container-match.js';
import { type Finding, inconsistent, notCovered, verdictOf } from './rules/findings.js';
import { recordedTrack, toldVoyage } from './rules/vessel-track.js';

type Findings = Readonly<Record<OffshoreDimension, readonly Finding[]>>;

/** A paper that the bank holds, and what the registry has of it. */
interface Paper {
  /** How reasons call it: by the number that the bank itself has written. */
  readonly name: string;
  readonly document: DocumentReference;
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

/** Compares the papers of an offshore trade with the record, dimension by dimension. */
export async function reportOn(
  work: UnitOfWork,
  keys: Fingerprints,
  { enterprise, bills, receipts = [], invoice }: Omit<OffshoreCheckInput, 'idempotencyKey'>,
): Promise<Pick<OffshoreCheckView, 'verdict' | 'dimensions' | 'marked'>> {
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
            told: { cargo: invoiceMatch(paper, invoice, content, carried) },
          })),
        ]
      : []),
  ];
  const dimensions = offshoreDimensions.map((dimension) => {
    const findings = all.flatMap((one) => one[dimension]);
    const verdict = verdictOf(findings.map((one) => one.verdict));
    return { dimension, verdict, reasons: findings.map(({ reason }) => reason) };
  });
  return {
    verdict: verdictOf(dimensions.map(({ verdict }) => verdict)),
    dimensions,
    marked: [...found.bills, ...found.receipts].filter(backsPayment).map(({ document }) => document),
  };
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
  const head = await findFact(work, keys, documentKey(document, enterprise, field));
  const version = head && (await latestVersion(work, head));
  const trade = head && (await loadUnderlying(work, head.underlying));
  return { name, document, head, version, trade };
}

function billFindings(paper: Paper, told: OffshoreCheckInput['bills'][number]): Findings {
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
 * What is said of a paper in each dimension of which it speaks: the same in all of them where there is no record. Who is
 * wrong about it learns only where; what the record says beyond it is for who holds the paper.
 */
function judged(
  { name, head, version, trade }: Paper,
  speaksOf: readonly OffshoreDimension[],
  judge: (
    name: string,
    version: FactVersion,
  ) => { readonly told: Partial<Findings>; readonly recorded?: Partial<Findings> },
): Findings {
  const none: Findings = { vessel: [], containers: [], cargo: [] };
  const inAll = (finding: Finding) =>
    Object.fromEntries(speaksOf.map((dimension) => [dimension, [finding]])) as Partial<Findings>;
  if (head === undefined || version === undefined) {
    return { ...none, ...inAll(notCovered(`${name}: nobody has recorded it.`)) };
  }
  const { told, recorded = {} } = judge(name, version);
  const isWrong = Object.values(told).some((findings) =>
    findings.some(({ verdict }) => verdict === 'inconsistent'),
  );
  if (isWrong) return { ...none, ...told };
  if (head.status === 'cancelled') {
    return { ...none, ...inAll(inconsistent(`${name}: its issuer has cancelled it.`)) };
  }
  const overdrawn = trade?.overdrawn.includes(head.id)
    ? [inconsistent(`${name}: more is drawn on its goods than there is.`)]
    : [];
  const join = (dimension: OffshoreDimension) => [...(told[dimension] ?? []), ...(recorded[dimension] ?? [])];
  return { vessel: join('vessel'), containers: join('containers'), cargo: [...join('cargo'), ...overdrawn] };
}

/** Whether a payment that names the paper would be refused, because its goods back one already. */
function backsPayment({ head, trade }: Paper): boolean {
  const row = trade?.rows.find(({ fact }) => fact === head?.id);
  return trade !== undefined && row !== undefined && isMarked(trade, row);
}
