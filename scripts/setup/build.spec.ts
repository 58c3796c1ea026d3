import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../stack/options.js';

const script = join(projectRoot, 'scripts', 'setup', 'build.mjs');

describe('what is made to run without its types', () => {
  it.each(['chaincode', 'gateway'])(
    'is the same JavaScript for %s as the checked build makes',
    (folder) => {
      const made = mkdtempSync(join(tmpdir(), 'pledgeonce-translated-'));
      try {
        const source = `const { translate } = await import(${JSON.stringify(script)}); console.log(JSON.stringify(translate(process.argv[1])));`;
        const printed = execFileSync(process.execPath, ['--input-type=module', '-e', source, folder], {
          encoding: 'utf8',
        });
        const [program = '', ...args] = JSON.parse(printed) as string[];
        execFileSync(program, [...args, '--outDir', made], { cwd: projectRoot });
        const files = readdirSync(made, { recursive: true, encoding: 'utf8' }).filter((file) =>
          file.endsWith('js'),
        );
        expect(files.length).toBeGreaterThan(100);
        const read = (...path: readonly string[]) => readFileSync(join(...path), 'utf8');
        expect(files.filter((file) => read(made, file) !== read(projectRoot, folder, 'dist', file))).toEqual(
          [],
        );
      } finally {
        rmSync(made, { recursive: true, force: true });
      }
    },
    60_000,
  );
});
