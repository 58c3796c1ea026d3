import { closeSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRotatedLog } from './rotated-log.js';

describe('the log of a program', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pledgeonce-log-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const run = (line: string, limit?: number) => {
    const { descriptor, start } = openRotatedLog(join(folder, 'a.log'), limit);
    writeSync(descriptor, line);
    closeSync(descriptor);
    return start;
  };

  it('keeps what it wrote before a restart, and knows where the new lines begin', () => {
    expect([run('crashed here\n'), run('again\n')]).toEqual([0, 13]);
    expect(readFileSync(join(folder, 'a.log'), 'utf8')).toBe('crashed here\nagain\n');
  });

  it('gives way when it is full, and keeps the last ones only', () => {
    for (let number = 0; number < 10; number++) run(`run ${number}\n`, 3);
    expect(readdirSync(folder).sort()).toEqual([
      'a.log',
      ...[1, 2, 3, 4, 5].map((number) => `a.log.${number}`),
    ]);
    expect(readFileSync(join(folder, 'a.log.1'), 'utf8')).toBe('run 8\n');
    expect(readFileSync(join(folder, 'a.log.5'), 'utf8')).toBe('run 4\n');
  });
});
