import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogLines } from './log-lines.js';
import { RotatedFile } from './rotated-file.js';

describe('a log file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pledgeonce-log-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const linesIn = (name: string) =>
    readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => (JSON.parse(line) as { line: number }).line);
  const everything = () =>
    readdirSync(folder)
      .sort()
      .reverse()
      .flatMap((name) => linesIn(name));
  const logged = async (lines: LogLines, numbers: readonly number[]) => {
    for (const line of numbers) {
      lines.write(`${JSON.stringify({ line, text: 'x'.repeat(80) })}\n`);
      // One by one, as requests come.
      while (!everything().includes(line)) await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

  it('is followed by another when it is full; every line stands whole in one, in order', async () => {
    const rotation = { bytes: 500, files: 9 };
    await logged(new LogLines(RotatedFile.open(join(folder, 'gateway.log'), rotation)), numbers(0, 20));
    expect(readdirSync(folder).length).toBeGreaterThan(3);
    expect(everything()).toEqual(numbers(0, 20));
    // Another process goes on where the former one was.
    await logged(new LogLines(RotatedFile.open(join(folder, 'gateway.log'), rotation)), numbers(20, 30));
    expect(everything()).toEqual(numbers(0, 30));
  });

  it('goes, oldest first, when there are as many as are kept', async () => {
    const file = RotatedFile.open(join(folder, 'gateway.log'), { bytes: 200, files: 3 });
    await logged(new LogLines(file), numbers(0, 20));
    expect(readdirSync(folder).sort()).toEqual(['gateway.log', 'gateway.log.1', 'gateway.log.2']);
    expect(everything().at(-1)).toBe(19);
  });
});
