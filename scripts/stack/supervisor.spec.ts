import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Supervised } from './supervisor.js';

describe('a supervised program', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pledgeonce-supervisor-'));
    writeFileSync(join(folder, 'starts'), '');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** A program that notes each start, and then does what the script says. */
  const programThat = (does: string) => {
    const script = join(folder, 'program.mjs');
    writeFileSync(
      script,
      `import { appendFileSync, readFileSync } from 'node:fs';
       const file = ${JSON.stringify(join(folder, 'starts'))};
       appendFileSync(file, 'x');
       const start = readFileSync(file, 'utf8').length;
       const ready = () => process.stdout.write('{"ready":true}\\n');
       ${does}`,
    );
    return { title: 'The program', script, args: [], logFile: join(folder, 'program.log') };
  };
  const soon = { steadyMs: 60_000, pauseMs: 1 };
  const starts = () => readFileSync(join(folder, 'starts'), 'utf8').length;
  const until = async (condition: () => boolean) => {
    while (!condition()) await sleep(20);
  };

  it('is started again however often it dies, as long as it starts', async () => {
    const lines: string[] = [];
    const program = programThat(
      'ready(); setTimeout(() => { if (start <= 12) process.exit(1); }, 20); setInterval(() => {}, 1000);',
    );
    let restarts = 0;
    const supervised = await Supervised.start(
      program,
      (line) => lines.push(line),
      () => (restarts += 1),
      soon,
    );
    await until(() => restarts === 12);
    expect(starts()).toBe(13);
    expect(lines).toHaveLength(12);
    await supervised.stop();
  }, 60_000);

  it('is started again at once, however often, when it had served for a while', async () => {
    const program = programThat(
      'ready(); setTimeout(() => { if (start <= 3) process.exit(1); }, 20); setInterval(() => {}, 1000);',
    );
    let restarts = 0;
    // With the pause of a program that ends soon this would take minutes.
    const pace = { steadyMs: 0, pauseMs: 100_000 };
    const supervised = await Supervised.start(
      program,
      () => undefined,
      () => (restarts += 1),
      pace,
    );
    await until(() => restarts === 3);
    expect(starts()).toBe(4);
    await supervised.stop();
  }, 60_000);

  it('is told that it died when it had served well, and not when it had just begun', async () => {
    const program = {
      ...programThat(
        `appendFileSync(${JSON.stringify(join(folder, 'told'))}, process.argv.slice(2).join() + ';');
         ready(); setTimeout(() => { if (start <= 2) process.exit(1); }, start === 1 ? 300 : 0); setInterval(() => {}, 1000);`,
      ),
      args: ['--always'],
      argsAfterCrash: ['--after-crash'],
    };
    let restarts = 0;
    const supervised = await Supervised.start(
      program,
      () => undefined,
      () => (restarts += 1),
      { steadyMs: 200, pauseMs: 1 },
    );
    await until(() => restarts === 2);
    expect(readFileSync(join(folder, 'told'), 'utf8')).toBe('--always;--always,--after-crash;--always;');
    await supervised.stop();
  }, 60_000);

  it('is given up when it does not start any more', async () => {
    const lines: string[] = [];
    const program = programThat(
      'if (start > 1) process.exit(1); ready(); setTimeout(() => process.exit(1), 20);',
    );
    const supervised = await Supervised.start(
      program,
      (line) => lines.push(line),
      () => undefined,
      soon,
    );
    await until(() => lines.some((line) => line.includes('does not start')));
    expect(starts()).toBe(9);
    await supervised.stop();
  }, 60_000);
});
