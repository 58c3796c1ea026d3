import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../stack/options.js';

/** Rows of the table of attacks: what is tried, the test's name, the file below `test/`. */
const rows = [
  ...readFileSync(join(projectRoot, 'docs/threat-model.md'), 'utf8').matchAll(
    /^\| (\S.*?) +\| (\S.*?) +\| `([a-z0-9/-]+)` +\|$/gm,
  ),
];

describe('the threat model', () => {
  it('names a test for every attack, and each test once', () => {
    expect(rows.length).toBeGreaterThan(50);
    const missing = rows.filter(([, , name = '', file = '']) => {
      const source = readFileSync(join(projectRoot, 'test', `${file}.test.ts`), 'utf8');
      return !["'", '"'].some((quote) => source.includes(quote + name + quote));
    });
    expect(missing.map(([row]) => row)).toEqual([]);
    const tests = rows.map(([, , name, file]) => `${file}: ${name}`);
    expect(new Set(tests).size).toBe(tests.length);
  });
});
