import { aligned } from '../aligned.js';
import type { BenchResult } from '../benchmark.js';
import type { CpuSeconds } from '../cpu.js';
import type { MembersFigure } from './members.js';
import type { StartFigure } from './starting.js';

/**
 * What many members cost at orderers and peers, the most that is allowed being 1.1 of what it was without them. The ratios leave
 * out what the nodes use while nothing happens: on a slow machine that is much for one item, and says how slow it was.
 */
export function membersTable({ network, members, before, again, after, rest }: MembersFigure): string {
  const rows = before.map((former, index) => {
    const [same, later] = [again[index], after[index]];
    if (same === undefined || later === undefined) throw new Error('A later measurement lacks a row.');
    return [
      network,
      former.what,
      ...[former, same, later].flatMap((one) => [each(one.cpu.orderers, one), each(one.cpu.peers, one)]),
      (atNodes(same, rest.before) / atNodes(former, rest.before)).toFixed(2),
      (atNodes(later, rest.after) / atNodes(same, rest.before)).toFixed(2),
    ];
  });
  const idle = [rest.before, rest.before, rest.after].flatMap(({ orderers, peers }) =>
    [orderers, peers].map((one) => (one * 1000).toFixed(2)),
  );
  const ratio = (atNodesOf(rest.after) / atNodesOf(rest.before)).toFixed(2);
  const heading = [
    ...['network', 'what', 'CPU ms/item before: orderers', 'peers', 'once more: orderers', 'peers'],
    ...[`with ${members} members: orderers`, 'peers', 'ratio of the same', 'ratio'],
  ];
  return aligned(heading, [...rows, [network, 'at rest, each second', ...idle, '–', ratio]], 2);
}

/** How long it took members to join, and what the channel's configuration weighs. */
export function joiningTable({ network, joined, configuration }: MembersFigure): string {
  const bytesAt = (place: number) => configuration.find(({ members }) => members === place)?.bytes;
  const places = [...new Set([0, ...joined.map(({ place }) => place)])];
  const rows = places.map((place) => {
    const seconds = joined.find((one) => one.place === place)?.seconds;
    const bytes = bytesAt(place);
    return [
      network,
      String(place),
      seconds?.toFixed(1) ?? '–',
      bytes === undefined ? '–' : (bytes / 1024).toFixed(0),
    ];
  });
  return aligned(['network', 'member', 'joins in, s', 'configuration, KiB'], rows, 1);
}

/** How much longer a start takes with members described. */
export function startTable(figures: readonly StartFigure[]): string {
  const [alone] = figures;
  const rows = figures.map(({ members, first, again }) => [
    String(members),
    ...[first, again].map((one) => one.toFixed(1)),
    alone === undefined ? '–' : `${(first / alone.first).toFixed(2)}, ${(again / alone.again).toFixed(2)}`,
  ]);
  return aligned(['members described', 'first start, s', 'again, s', 'ratios'], rows, 0);
}

/** What orderers and peers have used for one item beyond what they use at rest, milliseconds. */
function atNodes({ cpu, seconds, items }: BenchResult, rest: CpuSeconds): number {
  return ((atNodesOf(cpu) - atNodesOf(rest) * seconds) * 1000) / items;
}

function atNodesOf({ orderers, peers }: CpuSeconds): number {
  return orderers + peers;
}

function each(seconds: number, { items }: BenchResult): string {
  return ((seconds * 1000) / items).toFixed(2);
}
