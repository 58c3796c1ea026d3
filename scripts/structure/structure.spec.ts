import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unguardedPrograms } from './unguarded.js';
import { arrowsUp, testsShipped } from './arrows.js';
import { cyclesOf } from './cycles.js';
import { exceptions } from './floors.js';
import { importsOf, readImports } from './read-imports.js';

/** Every exception in use, so that only what a test adds is wrong. */
const inUse: readonly (readonly [string, readonly string[]])[] = [
  ['chaincode/near-duplicates/find.ts', ['chaincode/facts/latest.ts']],
  ['chaincode/facts/amend.ts', ['chaincode/insurance/end-of-cover.ts']],
  ['chaincode/insurance/release.ts', ['chaincode/claims/load.ts']],
  ['chaincode/claims/reject.ts', ['chaincode/offers/award.ts']],
  ['chaincode/offshore/report.ts', ['chaincode/payments/marks/take.ts']],
];

describe('cyclesOf', () => {
  it('finds files that import each other through others, and one that imports itself', () => {
    const imports = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', ['a']],
      ['d', []],
      ['e', ['e', 'a']],
    ]);
    expect(cyclesOf(imports)).toEqual([['a', 'b', 'c'], ['e']]);
  });

  it('finds none where several ways lead to one file', () => {
    const imports = new Map([
      ['a', ['b', 'c']],
      ['b', ['d']],
      ['c', ['d']],
      ['d', []],
    ]);
    expect(cyclesOf(imports)).toEqual([]);
  });
});

describe('importsOf', () => {
  it('reads imports of values, of types, of what is only passed on, and of other packages', () => {
    const source = [
      "import { a } from './a.js';",
      "import type { B } from '../b.js';",
      "export { c } from './c.cjs';",
      "import { LedgerError } from '@pledgeonce/chaincode/errors.js';",
      "import { z } from 'zod';",
      "// import { d } from './d.js';",
    ].join('\n');
    expect(importsOf(source, 'gateway/api/x.ts')).toEqual([
      'gateway/api/a.ts',
      'gateway/b.ts',
      'gateway/api/c.cts',
      'chaincode/errors.ts',
    ]);
  });
});

describe('readImports', () => {
  it('follows what the console’s components import of each other', () => {
    const root = mkdtempSync(join(tmpdir(), 'imports-'));
    try {
      mkdirSync(join(root, 'console'));
      writeFileSync(join(root, 'console', 'page.tsx'), "import { a } from './part.js'; import './page.css';");
      writeFileSync(join(root, 'console', 'part.ts'), "import type { P } from './page.js';");
      const imports = readImports(root, ['console']);
      expect([...imports]).toEqual(
        expect.arrayContaining([
          ['console/page.tsx', ['console/part.ts']],
          ['console/part.ts', ['console/page.tsx']],
        ]),
      );
      expect(cyclesOf(imports)).toHaveLength(1);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});

describe('arrowsUp', () => {
  it.each([
    ['down', 'chaincode/claims/accept.ts', 'chaincode/draws/draw.ts', 0],
    ['within a folder', 'chaincode/claims/accept.ts', 'chaincode/claims/load.ts', 0],
    ['between records', 'chaincode/facts/records.ts', 'chaincode/claims/records.ts', 0],
    ['from a spec', 'chaincode/ledger/x.spec.ts', 'chaincode/claims/load.ts', 0],
    ['up', 'chaincode/draws/draw.ts', 'chaincode/claims/load.ts', 1],
    ['from the machinery to a domain', 'chaincode/ledger/call.ts', 'chaincode/facts/records.ts', 1],
    ['up in an exception to another file', 'chaincode/claims/accept.ts', 'chaincode/offers/accept.ts', 1],
  ])('%s', (_, from, to, wrong) => {
    expect(arrowsUp(new Map([...inUse, [from, [to]]]))).toHaveLength(wrong);
  });

  it('says which folder has no floor, and which exception is not needed', () => {
    expect(arrowsUp(new Map([...inUse, ['chaincode/moon/land.ts', []]]))).toEqual([
      expect.stringContaining('chaincode/moon/land.ts stands on no floor'),
    ]);
    expect(arrowsUp(new Map(inUse.slice(1)))).toEqual([expect.stringContaining('near-duplicates')]);
  });

  it('has at most five exceptions', () => {
    expect(exceptions.length).toBeLessThanOrEqual(5);
  });
});

describe('testsShipped', () => {
  it('finds sources that need what only specs may', () => {
    const testing = ['chaincode/testing/story.ts'];
    const imports = new Map([
      ['chaincode/claims/accept.ts', testing],
      ['chaincode/claims/accept.spec.ts', testing],
      ['gateway/loans/desk.spec.ts', testing],
      ['gateway/loans/desk.ts', testing],
      ['test/acceptance/race.test.ts', testing],
      ['scripts/bench/limit.ts', testing],
    ]);
    expect(testsShipped(imports)).toEqual([
      expect.stringContaining('chaincode/claims/accept.ts imports'),
      expect.stringContaining('gateway/loans/desk.ts imports'),
    ]);
  });
});

describe('programs that read messages of others', () => {
  const imports = new Map([
    ['gateway/main.ts', ['gateway/blocks.ts']],
    ['gateway/blocks.ts', ['gateway/read.ts']],
    ['gateway/read.ts', []],
    ['network/main.ts', ['network/server.ts', 'gateway/read.ts']],
    ['network/server.ts', ['chaincode/bounded-messages.ts']],
    ['chaincode/bounded-messages.ts', []],
    ['gateway/read.spec.ts', ['gateway/read.ts']],
    ['scripts/other.ts', []],
  ]);

  it('import what bounds them, by whatever way', () => {
    expect(unguardedPrograms(imports, (file) => file === 'gateway/read.ts')).toEqual([
      'gateway/main.ts reads messages of others, and nothing that it imports imports chaincode/bounded-messages.ts',
    ]);
    expect(unguardedPrograms(imports, () => false)).toEqual([]);
  });
});
