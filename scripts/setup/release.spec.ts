import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../stack/options.js';

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
const packageIn = (folder: string) =>
  JSON.parse(read(join(folder, 'package.json'))) as {
    readonly version: string;
    readonly workspaces: readonly string[];
  };

describe('a release', () => {
  const { version, workspaces } = packageIn('.');

  it('is one version of all packages', () => {
    expect(workspaces.filter((folder) => packageIn(folder).version !== version)).toEqual([]);
  });

  it('stands in the changelog with its day, below what comes next', () => {
    const [next, latest] = [...read('CHANGELOG.md').matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(next).toBe('Unreleased');
    expect(latest?.split(' – ')).toEqual([version, expect.stringMatching(/^\d{4}-\d\d-\d\d$/)]);
  });
});
