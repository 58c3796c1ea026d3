import type { AuditFigure } from './audit-queries.js';
import type { BenchResult } from './benchmark.js';
import type { FloorFigure } from './floor.js';
import type { ChainFigure } from './chain/chain.js';
import type { DueFigure } from './due.js';
import type { CountedFigure } from './growth/counted.js';
import type { ImportFigure, PastFigure } from './past.js';
import type { TakeOnFigure } from './take-on.js';
import type { VerificationFigure } from './verifications.js';
import type { GrowthFigure } from './growth/row.js';
import { aligned } from './aligned.js';
import { costOf, titleOf } from './beside.js';

const heading = [
  'network',
  'what',
  'items',
  'per second',
  'p50 ms',
  'p95 ms',
  'p99 ms',
  'CPU ms/item: orderers',
  'peers',
  'chaincode',
  'gateways',
  'load',
];

/** All results in one table, ready for a terminal or a Markdown page. */
export function table(results: readonly BenchResult[]): string {
  return aligned(heading, results.map(cells), 2);
}

/** What cannot be left out of a claim beside what ours cost, in the same form. */
export function floorTable(floor: readonly FloorFigure[], results: readonly BenchResult[]): string {
  const rows = floor.map(({ claims, ...parts }) => {
    const least = Object.values(parts).reduce((sum, part) => sum + part, 0);
    const what = titleOf(claims);
    const ours = results
      .filter((result) => result.what === what)
      .map((result) => {
        const each = costOf(result);
        return `${result.network} ${each.toFixed(2)}, ${(each / least).toFixed(1)} times`;
      });
    const { signatures, verifications, hashes, calls } = parts;
    const costs = [signatures, verifications, hashes, calls, least].map((cost) => cost.toFixed(3));
    return [what, ours.join('; '), ...costs];
  });
  const costs = ['CPU ms/claim: signatures', 'verifications', 'hashes', 'calls', 'in all'];
  return aligned(['what', 'ours, CPU ms/claim', ...costs], rows, 2);
}

/** How an authority's past compares with an ordinary import, in the same form. */
export function pastTable({ ordinary, past }: PastFigure): string {
  const rateOf = ({ items, seconds }: ImportFigure) => items / seconds;
  const costEach = ({ items, cpu: { gateways, chaincode, peers } }: ImportFigure) =>
    ((gateways + chaincode + peers) * 1000) / items;
  const rows = [['ordinary import', ordinary] as const, ['past', past] as const].map(([what, one]) => {
    const { gateways, chaincode, peers } = one.cpu;
    const each = [gateways, chaincode, peers].map((used) => ((used * 1000) / one.items).toFixed(2));
    return [
      what,
      String(one.items),
      String(one.changes),
      rateOf(one).toFixed(0),
      (rateOf(one) / rateOf(ordinary)).toFixed(2),
      ...each,
      costEach(one).toFixed(2),
      (costEach(ordinary) / costEach(one)).toFixed(2),
    ];
  });
  const rates = ['per second', 'of ordinary'];
  const costs = ['CPU ms of one: gateways', 'chaincode', 'peers', 'all', 'of ordinary, by CPU'];
  return aligned(['what', 'items', 'of them changes', ...rates, ...costs], rows, 1);
}

/** What it costs to bring a book, the first time and sent again, in the same form. */
export function takeOnTable([first, again]: readonly [TakeOnFigure, TakeOnFigure]): string {
  const rows = [['a book', first] as const, ['the same again', again] as const].map(
    ([what, { lines, seconds, cpu }]) => {
      const each = (used: number) => ((used * 1000) / lines).toFixed(2);
      const { gateways, chaincode, peers } = cpu;
      const all = gateways + chaincode + peers;
      const rate = (lines / seconds).toFixed(0);
      return [what, String(lines), seconds.toFixed(1), rate, ...[gateways, chaincode, peers, all].map(each)];
    },
  );
  const costs = ['CPU s of 1,000: gateways', 'chaincode', 'peers', 'all'];
  return aligned(['what', 'lines', 'seconds', 'per second', ...costs], rows, 1);
}

/** What it costs to verify many documents in one request, in the same form. */
export function verificationTable(figures: readonly VerificationFigure[]): string {
  const rows = figures.map(({ documents, receipt, seconds, cpu: { gateways, chaincode, peers } }) => [
    receipt ? 'with a receipt' : 'without',
    String(documents),
    seconds.toFixed(1),
    ...[gateways, chaincode, peers].map((used) => ((used * 1000) / documents).toFixed(1)),
  ]);
  const costs = ['CPU ms of one: gateways', 'chaincode', 'peers'];
  return aligned(['a batch', 'documents', 'seconds', ...costs], rows, 1);
}

/** What the regulator's tables cost, in the same form. */
export function auditTable(figures: readonly AuditFigure[]): string {
  const rows = figures.map(({ what, ms, longestMs }) => [what, ms.toFixed(0), longestMs.toFixed(0)]);
  return aligned(['what', 'CPU ms', 'longest at a stretch'], rows, 1);
}

/** What an operation costs where much is there already, in the same form. */
export function growthTable(figures: readonly GrowthFigure[]): string {
  const heading = [
    'what',
    'note',
    'size',
    'items',
    'seconds',
    'per second',
    'CPU s: gateways',
    'chaincode',
    'peers',
  ];
  const rows = figures.map(({ what, note, size, unit, items, seconds, cpu }) => [
    what,
    note,
    `${size} ${unit}`,
    String(items),
    seconds.toFixed(1),
    (items / seconds).toFixed(0),
    ...[cpu.gateways, cpu.chaincode, cpu.peers].map((one) => one.toFixed(2)),
  ]);
  return aligned(heading, rows, 2);
}

/** What the same operations read and write, whatever the machine. */
export function countedTable(figures: readonly CountedFigure[]): string {
  const rows = figures.map(({ what, size, counts, cpuMs }) => [
    what,
    size,
    Object.entries(counts)
      .map(([name, count]) => `${count} ${name}`)
      .join(', '),
    cpuMs.toFixed(cpuMs < 10 ? 1 : 0),
  ]);
  return aligned(['what', 'size', 'work', 'CPU ms'], rows, 3);
}

/** What a long chain costs, in the same form. */
export function chainTable(figures: readonly ChainFigure[]): string {
  const heading = [
    ...['blocks', 'blocks a second', 'MB: network', 'chaincode', 'gateways'],
    ...['start, s', 'MB after it: network', 'chaincode', 'gateways'],
    ...['evidence, ms', 'kB', 'disk, MB'],
  ];
  const megabytes = ({ network, chaincode, gateways }: ChainFigure['memory']) =>
    [network, chaincode, gateways].map((one) => one.toFixed(0));
  const rows = figures.map((one) => [
    ...[String(one.blocks), one.rate.toFixed(0), ...megabytes(one.memory)],
    ...[one.startSeconds.toFixed(1), ...megabytes(one.memoryAfterStart)],
    ...[one.evidenceMs.toFixed(0), one.evidenceKb.toFixed(0), one.diskMb.toFixed(0)],
  ]);
  return aligned(heading, rows, 0);
}

/** What becomes of reservations that expire together, in the same form. */
export function dueTable(figures: readonly DueFigure[]): string {
  const heading = [
    'due together',
    'seconds until all are over',
    'a second',
    'transactions',
    'slowest list, ms',
  ];
  const rows = figures.map(({ claims, seconds, transactions, slowestMs }) => [
    ...[String(claims), seconds.toFixed(1), (claims / seconds).toFixed(0)],
    ...[String(transactions), slowestMs.toFixed(0)],
  ]);
  return aligned(heading, rows, 0);
}

function cells({ network, what, items, seconds, latencies, cpu }: BenchResult): string[] {
  const perItem = (value: number) => ((value * 1000) / items).toFixed(2);
  return [
    network,
    what,
    String(items),
    (items / seconds).toFixed(0),
    ...[0.5, 0.95, 0.99].map((quantile) => percentile(latencies, quantile)),
    ...[cpu.orderers, cpu.peers, cpu.chaincode, cpu.gateways, cpu.load].map(perItem),
  ];
}

/** Nearest rank in sorted values. */
export function percentile(sorted: readonly number[], quantile: number): string {
  const value = sorted[Math.max(0, Math.ceil(sorted.length * quantile) - 1)];
  return value === undefined ? '–' : value.toFixed(0);
}
