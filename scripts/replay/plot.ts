import { scaleLinear, type ScaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { ratesOf, type ReplayFigure } from './record.js';

const width = 720;
const panel = { left: 70, right: 20, top: 34, height: 170 };
const colours = ['#1f6f8b', '#c2571a', '#4d7c2a'];

/** One line of a panel: a value for each part of the replay. */
interface Series {
  readonly name: string;
  readonly values: readonly number[];
}

/** What a replay cost while it grew, as a picture: how fast it was, what it held in memory, and on disk. */
export function plot(figures: readonly ReplayFigure[]): string {
  const at = figures.map(({ financings }) => financings);
  const of = (value: (figure: ReplayFigure) => number) => figures.map(value);
  const panels: readonly (readonly [string, readonly Series[]])[] = [
    ['Financings a second', [{ name: 'recorded to repaid', values: ratesOf(figures) }]],
    [
      'Memory, MB',
      [
        { name: 'network', values: of(({ memoryMb }) => memoryMb.network) },
        { name: 'chaincode', values: of(({ memoryMb }) => memoryMb.chaincode) },
        { name: 'gateways', values: of(({ memoryMb }) => memoryMb.gateways) },
      ],
    ],
    ['Disk, MB', [{ name: 'all organisations', values: of(({ diskMb }) => diskMb) }]],
  ];
  const step = panel.top + panel.height + 40;
  const drawn = panels.map(([title, series], index) => panelOf(title, at, series, index * step));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${panels.length * step}" role="img" font-family="sans-serif" font-size="12">`,
    '<title>What a replay of financings cost while it grew</title>',
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
}

function panelOf(title: string, at: readonly number[], series: readonly Series[], offset: number): string {
  const [top, bottom] = [offset + panel.top, offset + panel.top + panel.height];
  const x = scaleLinear([0, Math.max(...at, 1)], [panel.left, width - panel.right]);
  const most = Math.max(...series.flatMap(({ values }) => values), 1);
  const y = scaleLinear([0, most], [bottom, top]).nice();
  const path = line<number>(
    (_, index) => x(at[index] ?? 0),
    (value) => y(value),
  );
  return [
    `<text x="${panel.left}" y="${offset + 16}" font-weight="bold">${title}</text>`,
    ...axes(x, y, bottom),
    ...series.flatMap(({ name, values }, index) => {
      const colour = colours[index % colours.length] ?? '#000000';
      return [
        `<path d="${path(values) ?? ''}" fill="none" stroke="${colour}" stroke-width="2"/>`,
        `<text x="${width - panel.right}" y="${offset + 16 + 14 * (index - series.length + 2)}" text-anchor="end" fill="${colour}">${name}</text>`,
      ];
    }),
  ].join('\n');
}

function axes(
  x: ScaleLinear<number, number>,
  y: ScaleLinear<number, number>,
  bottom: number,
): readonly string[] {
  const format = (value: number) => value.toLocaleString('en');
  return [
    ...y
      .ticks(4)
      .flatMap((tick) => [
        `<line x1="${panel.left}" x2="${width - panel.right}" y1="${y(tick)}" y2="${y(tick)}" stroke="#dddddd"/>`,
        `<text x="${panel.left - 8}" y="${y(tick) + 4}" text-anchor="end">${format(tick)}</text>`,
      ]),
    ...x
      .ticks(5)
      .map((tick) => `<text x="${x(tick)}" y="${bottom + 18}" text-anchor="middle">${format(tick)}</text>`),
  ];
}
