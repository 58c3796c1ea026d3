import {
  type ErrorCode,
  errorTable,
  LedgerError,
  mostSevere,
  parseLedgerError,
  precedenceOf,
} from './errors.js';

describe('the table of refusals', () => {
  it('has a place for every code, in its order, and a sentence for a person', () => {
    const codes = Object.keys(errorTable) as ErrorCode[];
    expect(codes.map(precedenceOf)).toEqual(codes.map((_, place) => place));
    const entries = Object.values(errorTable);
    for (const { sentence, status } of entries) {
      expect(sentence).toMatch(/^[A-Z].*\.$/);
      expect(status).toBeGreaterThanOrEqual(400);
    }
  });

  it('survives the way to the client, whatever peers put before it', () => {
    const error = new LedgerError('EXCEEDS_BALANCE', {
      lines: [
        {
          list: 'lines',
          line: 0,
          code: 'EXCEEDS_BALANCE',
          detail: 'Not {enough}.',
          remaining: { amount: '1', currency: 'USD' },
        },
      ],
    });
    const parsed = parseLedgerError(`chaincode response 500, ${error.message}`);
    expect(parsed).toMatchObject({ code: error.code, body: error.body });
    expect(parseLedgerError('chaincode response 500, something broke')).toBeUndefined();
    expect(parseLedgerError('NO_SUCH_CODE {"detail":""}')).toBeUndefined();
    expect(parseLedgerError('INTERNAL {"detail":}')).toBeUndefined();
  });

  it.each([0, 1, 20, 49, 50, 500])('leaves out the last of %d lines where they do not fit', (count) => {
    const line = { list: 'lines', code: 'NOT_VERIFIED', detail: errorTable.NOT_VERIFIED.sentence } as const;
    const lines = Array.from({ length: count }, (_, index) => ({ ...line, line: index }));
    const { message, body } = new LedgerError('NOT_VERIFIED', { lines });
    expect(Buffer.byteLength(message)).toBeLessThanOrEqual(6_000);
    expect(body.lines).toHaveLength(count);
    const told = parseLedgerError(message)?.body;
    const kept = told?.lines?.length ?? 0;
    expect(told?.lines).toEqual(lines.slice(0, kept));
    if (kept === count) return;
    expect(told?.detail).toContain(`Of ${count - kept} more lines nothing is said here.`);
    // One more would not have fitted.
    const longer = Buffer.byteLength(message) + Buffer.byteLength(JSON.stringify(lines[kept]));
    expect(longer).toBeGreaterThan(6_000);
  });

  it('reports the same one of several, in any order', () => {
    const failures = [{ code: 'EXCEEDS_BALANCE' as const }, { code: 'AMOUNT_INVALID' as const }];
    expect(mostSevere(failures)).toBe(failures[1]);
    expect(mostSevere([...failures].reverse())).toBe(failures[1]);
    expect(mostSevere<{ code: ErrorCode }>([])).toBeUndefined();
  });
});
