import { limits } from '../schemas.js';
import { dateOfDay, dayNumber } from './dates.js';
import { documentDueDate, isLongPastDue } from './past-due.js';

const after = (date: string, days: number) => dateOfDay(dayNumber(date) + days);

describe('when a document should be paid', () => {
  it('is the day that it names, or the longest term after its date', () => {
    const date = '2026-03-01';
    expect(documentDueDate({ date, details: { paymentDueDate: '2026-05-31' } })).toBe('2026-05-31');
    const instalments = [{ dueDate: '2026-04-30' }, { dueDate: '2026-07-31' }];
    expect(documentDueDate({ date, instalments, details: { paymentDueDate: '2026-05-31' } })).toBe(
      '2026-07-31',
    );
    expect(documentDueDate({ date, details: {} })).toBe('2031-03-05');
    expect(documentDueDate({ date })).toBe(after(date, limits.termDays));
  });

  it('is long past from the day after the stated time on', () => {
    const due = '2016-05-31';
    expect(isLongPastDue(due, due)).toBe(false);
    expect(isLongPastDue(after(due, limits.pastDueDays), due)).toBe(false);
    expect(isLongPastDue(after(due, limits.pastDueDays + 1), due)).toBe(true);
    expect(isLongPastDue('2031-01-01', due)).toBe(true);
  });
});
