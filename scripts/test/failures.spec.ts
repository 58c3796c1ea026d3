import { failuresIn } from './failures.js';

const failing = [
  'FAIL unit network/dist/damage.spec.js',
  '  ● a ledger › is not opened',
  '',
  '    ENOTEMPTY: directory not empty',
  '',
  'PASS unit gateway/dist/app.spec.js',
  '  ● Console',
  '    console.log',
  'FAIL unit gateway/dist/other.spec.js',
  '  ● the other › counts',
  '    expected 1',
  '    received 2',
  ...Array.from({ length: 20 }, (_, line) => `      at ${line}`),
];

describe('what failed', () => {
  it('is each test once, with the beginning of its reason', () => {
    const again = ['Summary of all failing tests', ...failing, 'Tests:       2 failed, 3 passed, 5 total'];
    const [first, second, ...more] = failuresIn([...failing, ...again].join('\n'));
    expect(first).toEqual(['a ledger › is not opened', '    ENOTEMPTY: directory not empty']);
    expect(second?.slice(0, 3)).toEqual(['the other › counts', '    expected 1', '    received 2']);
    expect(second).toHaveLength(9);
    expect(more).toEqual([]);
  });

  it('is read from our own suites too', () => {
    expect(failuresIn('✓ orders\n✗ refuses junk (2.1 s)\n  Expected 200\n✓ more')).toEqual([
      ['refuses junk (2.1 s)', '  Expected 200'],
    ]);
  });

  it('is nothing where all passed', () => {
    expect(failuresIn('PASS unit a.spec.js\n  ● Console\nTests:       3 passed, 3 total')).toEqual([]);
  });
});
