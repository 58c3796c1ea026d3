import { QuestionBudget } from './question-budget.js';

const caller = (id: string, uscc?: string) =>
  ({ session: { person: { mspId: 'EnterpriseMSP', id, role: 'officer', ...(uscc && { uscc }) } } }) as never;

describe('the budget of questions', () => {
  let now = 0;
  const budget = () => {
    now = 1_000_000;
    return new QuestionBudget({ missesPerPerson: 3, missesPerOrganisation: 5 }, () => now);
  };

  it('ends for a person after so many misses, and begins anew an hour after the first', () => {
    const questions = budget();
    for (let time = 0; time < 3; time++) {
      questions.assertLeft(caller('a', 'X'));
      questions.missed(caller('a', 'X'));
      now += 1000;
    }
    expect(() => {
      questions.assertLeft(caller('a', 'X'));
    }).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }) as Error);
    now += 3_600_000 - 2_000;
    questions.assertLeft(caller('a', 'X'));
  });

  it('is one for all people of an enterprise, and none of another’s', () => {
    const questions = budget();
    for (const id of ['a', 'b', 'c', 'd', 'e']) questions.missed(caller(id, 'X'));
    expect(() => {
      questions.assertLeft(caller('f', 'X'));
    }).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }) as Error);
    questions.assertLeft(caller('g', 'Y'));
  });

  it('counts every document of a question', () => {
    const questions = budget();
    questions.missed(caller('a', 'X'), 3);
    expect(() => {
      questions.assertLeft(caller('a', 'X'));
    }).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }) as Error);
  });

  it('counts what somebody else has answered, and takes a batch of thousands', () => {
    const questions = budget();
    questions.missed(caller('a', 'X'));
    questions.assertLeft(caller('a', 'X'), 1);
    for (const elsewhere of [2, 3, 100]) {
      expect(() => {
        questions.assertLeft(caller('a', 'X'), elsewhere);
      }).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }) as Error);
    }
    questions.missed(caller('b', 'X'), 5_000);
    expect(() => {
      questions.assertLeft(caller('a', 'X'));
    }).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }) as Error);
    now += 3_600_001;
    questions.assertLeft(caller('b', 'X'));
  });

  it('tells who has spent it, on documents that there are not and on wrong particulars', () => {
    const told: unknown[] = [];
    now = 5_000;
    const questions = new QuestionBudget(
      { missesPerPerson: 3, missesPerOrganisation: 3 },
      () => now,
      (guesses) => told.push(guesses),
    );
    questions.missed(caller('a', 'X'));
    now += 1_000;
    questions.missed(caller('a', 'X'), 2, true);
    expect(told).toEqual([]);
    for (const id of ['a', 'b'])
      expect(() => {
        questions.assertLeft(caller(id, 'X'));
      }).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }) as Error);
    // The colleague is refused for the organisation's sake and has guessed at nothing.
    expect(told).toEqual([{ person: { id: 'a', uscc: 'X' }, since: 5_000, unknown: 1, wrong: 2 }]);
  });
});
