import { date, text } from './schemas.js';

describe('text', () => {
  it.each(['A\u0000B', 'A\ud800', '\udc00A', 'A\u0007', 'A\u001b[31m', 'A\u007f'])('refuses %j', (value) => {
    expect(text(20).safeParse(value).error?.issues[0]?.message).toBe(
      'The text holds a control character or half a character.',
    );
  });

  it.each(['A\nB', 'A\tB', '沪 😀', 'Müller – Söhne'])('takes %j', (value) => {
    expect(text(20).parse(value)).toBe(value);
  });
});

describe('a date', () => {
  it.each(['0000-01-01', '0026-03-01', '1899-12-31', '2026-02-30'])('is not %s', (value) => {
    expect(date.safeParse(value).success).toBe(false);
  });

  it.each(['1900-01-01', '2026-03-01', '2999-12-31'])('is %s', (value) => {
    expect(date.parse(value)).toBe(value);
  });
});
