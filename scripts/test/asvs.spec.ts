import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../stack/options.js';

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');

/** Lines of the tables: number of the requirement, what it asks for, what is done, what shows it. */
const lines = [
  ...read('docs/asvs-people.md').matchAll(/^\| (\d+\.\d+\.\d+) +\| (.+?) +\| (.+?) +\| (.+?) +\|$/gm),
].map(([, line = '', , , shown = '']) => ({ line, shown }));

/** A test by the file that it stands in, without `.ts`, and its name. */
const citations = lines.flatMap(({ line, shown }) =>
  [...shown.matchAll(/`([^`]+)`: ([^`]+?)(?=; `|$)/g)].map(([, file = '', name = '']) => ({
    line,
    file,
    name,
  })),
);

describe('the page about OWASP ASVS', () => {
  it('says of every line which test shows it, that the documentation does, or that it is not done', () => {
    expect(lines.length).toBeGreaterThan(35);
    const cited = new Set(citations.map(({ line }) => line));
    const silent = lines.filter(
      ({ line, shown }) => !cited.has(line) && !['documentation', 'not done'].includes(shown),
    );
    expect(silent).toEqual([]);
    expect(new Set(lines.map(({ line }) => line)).size).toBe(lines.length);
  });

  it('names tests that exist', () => {
    const missing = citations.filter(({ file, name }) => {
      if (!existsSync(join(projectRoot, `${file}.ts`))) return true;
      const source = read(`${file}.ts`);
      return !["'", '"', '`'].some((quote) => source.includes(quote + name + quote));
    });
    expect(missing).toEqual([]);
  });
});
