import { parsePolicy } from '../../msp/parse-policy.js';
import { combineLayouts, layoutsOf } from './layouts.js';

const peers = new Map(['A', 'B', 'C', 'D'].map((mspId) => [mspId, Buffer.from(mspId)]));

function layouts(policy: string): string[] {
  return layoutsOf(parsePolicy(policy), peers).map((layout) => [...layout].sort().join('+'));
}

describe('who can satisfy a policy', () => {
  it('lists every smallest set of organisations', () => {
    expect(layouts("OutOf(2, 'A.peer', 'B.peer', 'C.peer')").sort()).toEqual(['A+B', 'A+C', 'B+C']);
    expect(layouts("AND('A.peer', OR('B.member', 'C.peer'))").sort()).toEqual(['A+B', 'A+C']);
    expect(layouts("OR('A.peer', AND('A.peer', 'B.peer'))")).toEqual(['A']);
  });

  it('knows what one peer per organisation cannot do', () => {
    expect(layouts("AND('A.peer', 'A.peer')")).toEqual([]);
    expect(layouts("OR('A.admin', 'B.client')")).toEqual([]);
    expect(layouts("OR('X.peer', 'B.peer')")).toEqual(['B']);
  });

  it('satisfies several policies at once with one endorsement of each', () => {
    const two = layoutsOf(parsePolicy("OutOf(2, 'A.peer', 'B.peer', 'C.peer')"), peers);
    const ofA = layoutsOf(parsePolicy("OR('A.peer')"), peers);
    const ofD = layoutsOf(parsePolicy("OR('D.peer')"), peers);
    const names = (combined: readonly ReadonlySet<string>[]): string[] =>
      combined.map((layout) => [...layout].sort().join('+')).sort();
    expect(names(combineLayouts([two, ofA]))).toEqual(['A+B', 'A+C']);
    expect(names(combineLayouts([two, ofD]))).toEqual(['A+B+D', 'A+C+D', 'B+C+D']);
    expect(combineLayouts([two, []])).toEqual([]);
  });

  it('stays quick when there are very many ways', () => {
    const many = new Map(Array.from({ length: 60 }, (_, at) => [`M${at}`, Buffer.from(`M${at}`)] as const));
    const policy = `OutOf(31, ${[...many.keys()].map((mspId) => `'${mspId}.peer'`).join(', ')})`;
    const found = layoutsOf(parsePolicy(policy), many);
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((layout) => layout.size === 31)).toBe(true);
  });
});
