import type { BenchResult } from '../benchmark.js';
import { sideBySideTable } from './side-by-side.js';
import { joiningTable, membersTable, startTable } from './table.js';

const row = (what: string, items: number, orderers: number, peers: number): BenchResult => ({
  ...{ network: 'fabric', what, items, seconds: 1, latencies: [] },
  cpu: { orderers, peers, chaincode: 9, gateways: 9, load: 9 },
});
const atRest = (orderers: number, peers: number) => ({
  ...{ orderers, peers, chaincode: 0, gateways: 0, load: 0 },
});
const cellsOf = (table: string) =>
  table.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));

describe('the tables of many members', () => {
  const figure = {
    network: 'fabric',
    members: 300,
    before: [row('documents', 1000, 1, 9)],
    again: [row('documents', 1000, 2, 8)],
    after: [row('documents', 2000, 3, 19)],
    rest: { before: atRest(0, 0), after: atRest(0, 0) },
    joined: [{ place: 10, seconds: 4.25 }],
    configuration: [
      { members: 0, bytes: 20_480 },
      { members: 10, bytes: 40_960 },
    ],
  };

  it('compares what orderers and peers use for one item, whatever the numbers of items', () => {
    expect(cellsOf(membersTable(figure)).at(-2)).toEqual(
      expect.arrayContaining(['documents', '1.00', '9.00', '2.00', '8.00', '1.50', '9.50', '1.00', '1.10']),
    );
    expect(() => membersTable({ ...figure, after: [] })).toThrow(/lacks a row/);
  });

  it('leaves out of the ratios what is used at rest, and says how that grows', () => {
    const rest = { before: atRest(0.5, 0.5), after: atRest(1, 3) };
    // 10 ms less 1 of 1000 items before, 11 less 2 with the members.
    const [documents, idle] = cellsOf(membersTable({ ...figure, rest })).slice(-2);
    expect(documents?.slice(-3)).toEqual(['1.00', '1.00', '']);
    expect(idle).toEqual(expect.arrayContaining(['500.00', '1000.00', '3000.00', '4.00']));
  });

  it('says what a configuration weighs beside how long joining took, and a dash where there is none', () => {
    const [none, tenth] = cellsOf(joiningTable(figure)).slice(-2);
    expect(none).toEqual(expect.arrayContaining(['0', '–', '20']));
    expect(tenth).toEqual(expect.arrayContaining(['10', '4.3', '40']));
  });

  it('compares starts with the first of them', () => {
    const starts = [
      { members: 0, first: 10, again: 5 },
      { members: 300, first: 13, again: 6 },
    ];
    expect(cellsOf(startTable(starts)).at(-1)).toEqual(expect.arrayContaining(['300', '13.0', '1.30, 1.20']));
  });

  it('compares the middle of all rounds of two consortia, and all of them', () => {
    const rounds = (...peers: readonly number[]) => peers.map((one) => [row('documents', 1000, 1, one)]);
    const both = { without: rounds(1, 8, 3), with: rounds(0, 5, 4) };
    const table = cellsOf(sideBySideTable({ network: 'fabric', members: 300, ...both }));
    expect(table.slice(2, 3)).toEqual([
      ['', 'documents', 'orderers and peers', '4.00', '5.00', '1.25', '5.00', '4.00', '0.80', ''],
    ]);
  });
});
