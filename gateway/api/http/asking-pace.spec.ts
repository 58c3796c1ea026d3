import { AskingPace } from './asking-pace.js';
import type { Caller } from '../endpoint.js';
import { Problem } from '../problem.js';

const caller = (id: string) => ({ session: { person: { id, mspId: 'BankAMSP' } } }) as unknown as Caller;

describe('the pace of questions', () => {
  it('counts them one by one, however they come, and counts nothing that it refuses', () => {
    let now = 0;
    const pace = new AskingPace(10, () => now);
    pace.take(caller('anna'), 6);
    expect(() => {
      pace.take(caller('anna'), 5);
    }).toThrow(Problem);
    pace.take(caller('anna'), 4);
    expect(() => {
      pace.take(caller('anna'), 1);
    }).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }) as Error);
    pace.take(caller('bert'), 10);
    now += 60_000;
    pace.take(caller('anna'), 10);
  });

  it('holds the people of an organisation together', () => {
    const pace = new AskingPace(1, () => 0);
    for (let person = 0; person < 20; person++) pace.take(caller(`p${person}`), 1);
    expect(() => {
      pace.take(caller('one too many'), 1);
    }).toThrow(Problem);
  });
});
