import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../stack/options.js';

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
const page = read('docs/keys.md');

/** What is said of a key, by the source that says so and its words. */
const citations = [
  ...page.matchAll(/`((?:chaincode|gateway|network|scripts)\/[^`]+\.ts)`: (.+?)(?=; `| +\|$)/gm),
].map(([, file = '', words = '']) => ({ file, words }));

/** Makes a key, or encrypts or authenticates under one. */
const uses = /createCipheriv|createHmac|generateKeyPair|generateKey\(|scrypt\(|hkdfSync|new Encrypter/;
const folders = ['chaincode', 'gateway', 'network', 'scripts/keeping'];

describe('the page of keys', () => {
  it('says what the sources say', () => {
    expect(citations.length).toBeGreaterThan(25);
    const wrong = citations.filter(
      ({ file, words }) => !existsSync(join(projectRoot, file)) || !read(file).includes(words),
    );
    expect(wrong).toEqual([]);
  });

  it('names every source that makes keys or works with them', () => {
    const sources = folders
      .flatMap((folder) =>
        readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
          join(folder, file),
        ),
      )
      .filter(
        (file) =>
          file.endsWith('.ts') && !/\.spec\.ts$|\.d\.ts$|\/(?:dist|testing|node_modules)\//.test(file),
      );
    expect(sources.length).toBeGreaterThan(500);
    const named = new Set(citations.map(({ file }) => file));
    expect(sources.filter((file) => uses.test(read(file)) && !named.has(file))).toEqual([]);
  });
});
