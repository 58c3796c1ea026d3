import { TestFiles, slowest } from './test-files.js';

describe('files of tests that have ended', () => {
  const printed = [
    'Running one project: acceptance',
    'PASS acceptance test/dist/acceptance/attacks/cases.test.js (13.149 s)',
    '  cases',
    '    ✓ Hin Leong (881 ms)',
    'FAIL acceptance test/dist/acceptance/race.test.js (101 s)',
    'PASS unit gateway/dist/api/openapi.spec.js',
    'Summary of all failing tests',
    'FAIL acceptance test/dist/acceptance/race.test.js (101 s)',
    'PASS lives in no line of its own.test.js x',
  ];

  it('are read from the lines of Jest, however they are cut', () => {
    const files = new TestFiles();
    const text = `${printed.join('\n')}\n`;
    for (let at = 0; at < text.length; at += 7) files.read(text.slice(at, at + 7));
    expect(files.ended).toEqual([
      { name: 'acceptance/attacks/cases.test', isRight: true, seconds: 13.149 },
      { name: 'acceptance/race.test', isRight: false, seconds: 101 },
      { name: 'api/openapi.spec', isRight: true, seconds: 0 },
    ]);
  });

  it('are named from the slowest on, as far as their time is known', () => {
    const files = new TestFiles();
    files.read(`${printed.join('\n')}\n`);
    expect(slowest(files.ended, 5).map(({ seconds }) => seconds)).toEqual([101, 13.149]);
    expect(slowest(files.ended, 1)).toHaveLength(1);
  });
});
