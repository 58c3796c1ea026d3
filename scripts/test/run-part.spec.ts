import type { Part } from './parts.js';
import type { Outcome } from './run.js';
import { runPart } from './run-part.js';

const part: Part = { name: 'unit', command: ['all'], only: (files) => ['only', ...files] };

const outcome = (wrong: readonly string[]): Outcome => ({
  title: 'unit',
  isRight: wrong.length === 0,
  passed: 10 - wrong.length,
  failed: wrong.length,
  skipped: 1,
  files: 'abcdefghi'.split('').map((name) => ({ name, isRight: !wrong.includes(name), seconds: 0 })),
  failures: wrong.map((name) => [name, 'expected']),
});

/** Answers with one outcome after the other, and remembers what was run. */
function runner(...outcomes: readonly Outcome[]) {
  const commands: (readonly string[])[] = [];
  const run = (_title: string, command: readonly string[]) => {
    commands.push(command);
    const next = outcomes[commands.length - 1];
    return next === undefined ? Promise.reject(new Error('once too often')) : Promise.resolve(next);
  };
  return { run, commands };
}

describe('a part of which a file failed', () => {
  it('has that file run again, and tells what failed at first', async () => {
    const { run, commands } = runner(outcome(['b']), outcome([]));
    const ended = await runPart(part, true, run);
    expect(commands).toEqual([['all'], ['only', 'b']]);
    expect(ended).toMatchObject({ isRight: true, passed: 10, failed: 0, unsteady: [['b', 'expected']] });
  });

  it('has those run a third time that failed twice', async () => {
    const { run, commands } = runner(outcome(['b', 'd']), outcome(['d']), outcome([]));
    const ended = await runPart(part, true, run);
    expect(commands).toEqual([['all'], ['only', 'b', 'd'], ['only', 'd']]);
    expect(ended).toMatchObject({ isRight: true, passed: 10, failed: 0 });
    expect(ended.unsteady.map(([name]) => name)).toEqual(['b', 'd']);
  });

  it('has failed when a file fails three times', async () => {
    const { run } = runner(outcome(['b']), outcome(['b']), outcome(['b']));
    expect(await runPart(part, true, run)).toMatchObject({ isRight: false, failed: 1, unsteady: [] });
  });

  it('has failed when the second try ends before its files', async () => {
    const { run } = runner(outcome(['b']), { ...outcome([]), isRight: false });
    expect(await runPart(part, true, run)).toMatchObject({ isRight: false, failed: 1, unsteady: [] });
  });

  it.each([
    ['nobody asked for it', part, false, ['b']],
    ['it is too much for chance', part, true, 'abcdefghi'.split('')],
    ['it has no files', { name: 'lint', command: ['all'] }, true, ['b']],
  ] as const)('is not run again where %s', async (_why, one, again, wrong) => {
    const { run, commands } = runner(outcome(wrong));
    expect(await runPart(one, again, run)).toMatchObject({ isRight: false, failed: wrong.length });
    expect(commands).toEqual([['all']]);
  });

  it('is not run again where nothing failed', async () => {
    const { run, commands } = runner(outcome([]));
    expect(await runPart(part, true, run)).toMatchObject({ isRight: true, unsteady: [] });
    expect(commands).toHaveLength(1);
  });
});
