import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const code = new URL('./kept-code.js', import.meta.url).href;

describe('code that is kept', () => {
  let folder: string;
  let program: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pledgeonce-code-'));
    program = join(folder, 'program.cjs');
    writeFileSync(program, `#!/usr/bin/env node\n${sourceOf('1')}`);
    writeFileSync(join(folder, 'part.cjs'), 'exports.two = () => 2;');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const start = async (verb: 'keepCode' | 'runProgram') => {
    const starter = `import { ${verb} } from '${code}'; ${verb}(process.argv[2]);`;
    const args = ['--input-type=module', '--eval', starter, '--', 'program', program];
    return (await promisify(execFile)(process.execPath, args)).stdout;
  };

  it('is there after a run, of every file, and the program runs with it as without', async () => {
    expect(await start('runProgram')).toBe('1 2 basename\n');
    expect(existsSync(`${program}.code`)).toBe(false);
    expect(await start('keepCode')).toBe('1 2 basename\n');
    expect(statSync(`${program}.code`).size).toBeGreaterThan(100);
    expect(statSync(join(folder, 'part.cjs.code')).size).toBeGreaterThan(100);
    expect(await start('runProgram')).toBe('1 2 basename\n');
  });

  it('is not taken for a source that came later, though it is as long', async () => {
    await start('keepCode');
    writeFileSync(program, `#!/usr/bin/env node\n${sourceOf('3')}`);
    const later = new Date(Date.now() + 5_000);
    utimesSync(program, later, later);
    expect(await start('runProgram')).toBe('3 2 basename\n');
  });

  it('is left alone when it is no code', async () => {
    writeFileSync(`${program}.code`, 'nothing that V8 has made');
    expect(await start('runProgram')).toBe('1 2 basename\n');
  });
});

/** Of another file, and of Node's own. */
const sourceOf = (number: string) => `
  const { two } = require('./part.cjs');
  const { basename } = require('node:path');
  process.stdout.write('${number} ' + two() + ' ' + basename.name + '\\n');`;
