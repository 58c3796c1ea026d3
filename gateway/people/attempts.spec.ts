import { AttemptRefusedError, Attempts, addressKey } from './attempts.js';

describe('attempts', () => {
  const wrong = () => Promise.resolve(undefined);
  const outcome = (attempt: Promise<unknown>) =>
    attempt.then(
      (value) => value ?? 'wrong',
      (error: unknown) => (error as AttemptRefusedError).reason,
    );

  it('of one pair happen one at a time, counted before the work, and the rest waits', async () => {
    const attempts = new Attempts(() => 0);
    let [atOnce, most, worked] = [0, 0, 0];
    const work = async () => {
      most = Math.max(most, ++atOnce);
      worked++;
      await new Promise(setImmediate);
      atOnce--;
      return undefined;
    };
    const outcomes = await Promise.all(
      Array.from({ length: 80 }, () => outcome(attempts.make('anna', '10.0.0.1', work))),
    );
    expect({ most, worked }).toEqual({ most: 1, worked: 5 });
    expect(new Set(outcomes)).toEqual(new Set(['wrong', 'paused', 'busy']));
  });

  it('of a stranger do not lock the person out elsewhere', async () => {
    const attempts = new Attempts(() => 0);
    for (let turn = 0; turn < 30; turn++) await outcome(attempts.make('anna', '10.0.0.66', wrong));
    expect(await outcome(attempts.make('anna', '10.0.0.66', () => Promise.resolve('in')))).toBe('paused');
    expect(await outcome(attempts.make('anna', '10.0.0.1', () => Promise.resolve('in')))).toBe('in');
  });

  it('are worked on four at once in all', async () => {
    const attempts = new Attempts(() => 0);
    let [atOnce, most] = [0, 0];
    const work = async () => {
      most = Math.max(most, ++atOnce);
      await new Promise(setImmediate);
      atOnce--;
      return 'in';
    };
    const all = Array.from({ length: 60 }, (_, index) => attempts.make(`p${index}`, '10.0.0.1', work));
    expect(new Set(await Promise.all(all))).toEqual(new Set(['in']));
    expect(most).toBe(4);
  });

  it('that succeed are forgotten', async () => {
    const attempts = new Attempts(() => 0);
    for (let turn = 0; turn < 20; turn++) {
      await outcome(attempts.make('anna', '10.0.0.1', wrong));
      await attempts.make('anna', '10.0.0.1', () => Promise.resolve('in'));
    }
    expect(attempts.failures('anna', '10.0.0.1')).toBe(0);
  });

  it.each([
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['2001:db8:0:1::1', '2001:db8:0:1:ffff:ffff:ffff:ffff'],
    ['2001:0db8::1', '2001:db8:0:0:1::'],
    ['fe80::1%eth0', 'fe80::2'],
  ])('from %s and %s come from one place', (one, other) => {
    expect(addressKey(one)).toBe(addressKey(other));
  });

  it('from neighbouring networks come from two', () => {
    expect(addressKey('2001:db8:0:1::1')).not.toBe(addressKey('2001:db8:0:2::1'));
    expect(addressKey('10.0.0.1')).not.toBe(addressKey('10.0.0.2'));
  });
});
