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

describe('the page of everything in it', () => {
  const page = read('docs/asvs.md');
  const rows = [...page.matchAll(/^\| (\d+\.\d+\.\d+) +\| ([12]) +\| (.+?) +\| (.+?) +\| (.+?) +\|$/gm)].map(
    ([, line = '', level = '', , state = '', by = '']) => ({ line, level, state, by }),
  );
  const states = ['met', 'met, not tested', 'documented', 'no use here', 'the operator’s', 'not met'];

  it('has each requirement of levels 1 and 2 once, with what has become of it', () => {
    expect(rows.filter(({ level }) => level === '1')).toHaveLength(70);
    expect(new Set(rows.map(({ line }) => line)).size).toBe(253);
    expect(rows.filter(({ state, by }) => !states.includes(state) || by === '')).toEqual([]);
  });

  it('counts what it has', () => {
    for (const level of ['1', '2']) {
      const counted = states.map(
        (state) => rows.filter((row) => row.level === level && row.state === state).length,
      );
      const written = new RegExp(
        `^\\| Level ${level} +\\| ${counted.map((count) => `${count} +`).join('\\| ')}\\|$`,
        'm',
      );
      expect(page).toMatch(written);
    }
  });

  it('names files that exist, and one wherever something is met and tested', () => {
    const files = (by: string) =>
      [...by.matchAll(/`((?:test|gateway|chaincode|scripts|network)\/[^`]+)`/g)].map(([, file = '']) => file);
    const isThere = (file: string) =>
      ['', '.ts', '.tsx'].some((end) => existsSync(join(projectRoot, file + end)));
    expect(
      [...page.matchAll(/^.*$/gm)].flatMap(([line]) => files(line)).filter((file) => !isThere(file)),
    ).toEqual([]);
    const shown = /npm run |asvs-people\.md|OpenAPI|The same/;
    const silent = rows.filter(
      ({ state, by }) => state === 'met' && files(by).length === 0 && !shown.test(by),
    );
    expect(silent).toEqual([]);
  });
});
