import { pino } from 'pino';
import { ProbingReporter } from './report-probing.js';

const guesses = { person: { id: 'anna' }, since: 0, unknown: 2, wrong: 1 };
const hourMs = 3_600_000;

describe('who guesses at documents', () => {
  let now = 0;
  let fails = false;
  let sent: object[] = [];
  const reporter = () => {
    [now, fails, sent] = [10 * hourMs, false, []];
    const submit = (_by: unknown, name: string, input: object) => {
      if (fails) return Promise.reject(new Error('no node answers'));
      sent.push({ name, ...input });
      return Promise.resolve({});
    };
    const parts = { ledger: { submit }, asClerk: () => Promise.resolve({}), log: pino({ level: 'silent' }) };
    return new ProbingReporter(parts as never, () => now);
  };

  it('is told to the ledger once an hour, each person by themselves', async () => {
    const one = reporter();
    await one.report(guesses);
    await one.report(guesses);
    expect(sent).toEqual([
      { name: 'reportProbing', person: 'anna', since: '1970-01-01T00:00:00.000Z', unknown: 2, wrong: 1 },
    ]);
    await one.report({ ...guesses, person: { id: 'anna', uscc: '91330200MA2CKXQ85H' } });
    expect(sent.slice(1)).toMatchObject([{ person: 'anna', enterprise: '91330200MA2CKXQ85H' }]);
    now += hourMs;
    await one.report(guesses);
    expect(sent).toHaveLength(3);
  });

  it('is told at the next question where no node answered', async () => {
    const one = reporter();
    fails = true;
    await one.report(guesses);
    fails = false;
    await one.report(guesses);
    expect(sent).toHaveLength(1);
  });
});
