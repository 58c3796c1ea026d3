import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Scan } from '@pledgeonce/gateway/audit/scan.js';
import { usualOptions } from '@pledgeonce/gateway/audit/resemblance.js';
import { Projection } from '@pledgeonce/gateway/projection/projection.js';
import { certificateOf } from '@pledgeonce/gateway/projection/testing/certificate.js';
import { auditLedger, isDisguised } from './audit-ledger.js';

/** What one thing cost, in milliseconds of this process's CPU: other work on the machine does not count. */
export interface AuditFigure {
  readonly what: string;
  readonly ms: number;
  /** The longest stretch of it in which nobody else was served. */
  readonly longestMs: number;
}

/** How often each question is asked; the median counts. */
const repeats = 7;

/**
 * Fills the regulator's tables with so many documents and claims, and half as many payments, and measures what its
 * auditors ask of them. The queries run where requests are served: what one of them takes, everybody waits.
 */
export async function measureAudit(count: number): Promise<readonly AuditFigure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'pledgeonce-bench-audit-'));
  const projection = new Projection(join(folder, 'projection.sqlite'), {
    mspId: 'RegulatorMSP',
    kind: 'regulator',
    government: true,
  });
  try {
    const figures = [await fill(projection, count)];
    const page = { limit: 500 };
    const asked: Record<string, () => unknown> = {
      'statistics, first page': () => projection.statistics(page),
      'statistics, page at row 2000': () => projection.statistics({ ...page, cursor: '2000' }),
      'statistics of one bank and month': () =>
        projection.statistics({ ...page, bank: 'BankAMSP', from: '2026-06', to: '2026-06' }),
      'statistics of payments': () => projection.paymentStatistics(page),
      'portfolio of a bank': () => projection.portfolio('BankAMSP', '2026-12-01'),
      'late duplicates, first page': () =>
        projection.audit.lateDuplicates({ limit: 50 }, projection.nextBlock),
      'claims of one enterprise, first page': () =>
        projection.claims.list({ enterprise: `SELLER${'7'.padStart(12, '0')}`, limit: 50 }),
    };
    for (const [what, ask] of Object.entries(asked)) figures.push(median(what, ask));
    figures.push(await scan(projection, count));
    return figures;
  } finally {
    projection.close();
    rmSync(folder, { recursive: true });
  }
}

async function fill(projection: Projection, count: number): Promise<AuditFigure> {
  const costs: number[] = [];
  for (const block of auditLedger(count, await certificateOf('officer'))) {
    costs.push(costOf(() => projection.apply(block)));
  }
  const ms = costs.reduce((sum, cost) => sum + cost, 0);
  return { what: 'blocks of 100 documents into the tables', ms, longestMs: Math.max(...costs) };
}

function median(what: string, ask: () => unknown): AuditFigure {
  const costs = Array.from({ length: repeats }, () => costOf(ask)).sort((one, other) => one - other);
  const ms = costs[Math.floor(repeats / 2)] ?? 0;
  return { what, ms, longestMs: ms };
}

async function scan(projection: Projection, count: number): Promise<AuditFigure> {
  const order = { ...usualOptions, height: projection.nextBlock, financed: 'any' } as const;
  // What filling the tables left to the garbage collector is not the scan's.
  await sleep(1500);
  const running = new Scan(projection.audit, order);
  const begun = cpuMs();
  let last = begun;
  let longestMs = 0;
  const beat = setInterval(() => {
    longestMs = Math.max(longestMs, cpuMs() - last);
    last = cpuMs();
  }, 0);
  await running.run(new AbortController().signal);
  clearInterval(beat);
  const ms = cpuMs() - begun;
  const expected = Array.from({ length: count }, (_, index) => index).filter(isDisguised).length;
  if (running.state !== 'done' || running.findings.length < expected) {
    throw new Error(`The scan found ${running.findings.length} documents in disguise of ${expected}.`);
  }
  return { what: `scan of ${count} documents`, ms, longestMs };
}

function costOf(work: () => unknown): number {
  const begun = cpuMs();
  work();
  return cpuMs() - begun;
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
