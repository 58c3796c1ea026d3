import type { FakeLedger, Person } from '../testing/fake-ledger.js';
import {
  declaration,
  exporter,
  invoice,
  openLedger,
  otherExporter,
  people,
  record,
  usd,
} from '../testing/story.js';
import { loanOn, openWindow, take } from '../testing/take-on.js';
import type { TakeOnLine } from './api.js';

const tried = async (ledger: FakeLedger, lines: readonly unknown[], person: Person = people.bankA) => {
  const before = ledger.snapshot();
  const { answer, writes } = await ledger.endorse('previewTakeOn', person, { lines: [...lines] });
  expect([writes.size, ledger.snapshot()]).toEqual([0, before]);
  return answer.items;
};
const verdicts = async (ledger: FakeLedger, lines: readonly unknown[]) =>
  (await tried(ledger, lines)).map(({ verdict, outcome }) => `${verdict}: ${outcome}`);
/** A line that says what its paper states. */
const stating = (line: TakeOnLine, more: Partial<TakeOnLine['lines'][number]>): TakeOnLine => ({
  ...line,
  lines: line.lines.map((one) => ({ ...one, ...more })),
});

describe('a dry run', () => {
  it('says of each line what would happen, and writes nothing', async () => {
    const ledger = await openLedger();
    await openWindow(ledger);
    await record(ledger, declaration());
    const brought = loanOn(declaration(), '10.00');
    await take(ledger, brought);
    const euro = (amount: string) => ({ amount, currency: 'EUR' });
    const line = loanOn(declaration(), '10.00');
    const lines = line.lines.map((one) => ({ ...one, amount: euro('10.00') }));
    expect(
      await verdicts(ledger, [
        loanOn(declaration(), '10.00'),
        loanOn(declaration(), '90.00'),
        loanOn(invoice(), '10.00'),
        brought,
        { ...brought, dueDate: '2030-01-01' },
        { ...line, amount: euro('10.00'), outstanding: euro('10.00'), lines },
        loanOn(declaration(), '10.00', { dueDate: '2026-04-01' }),
        { reference: 'nothing else' },
        loanOn(declaration(), '10.00', { state: 'partly-repaid' }),
      ]),
    ).toEqual([
      'found: taken-on',
      // That it would overdraw the document is not told: a dry run says nothing of what others draw.
      'found: taken-on',
      'enterprise-unknown: unmatched',
      'already-brought: already-brought',
      'refused: refused',
      'rate-missing: refused',
      'long-overdue: taken-on',
      'refused: refused',
      'refused: refused',
    ]);
  });

  it('compares what the book says of a paper, and tells in which field it differs', async () => {
    const ledger = await openLedger();
    await openWindow(ledger);
    const { id } = await record(ledger, declaration());
    const line = () => loanOn(declaration(), '10.00');
    const mismatches = async (one: TakeOnLine) => (await tried(ledger, [one]))[0]?.documents[0]?.mismatches;
    expect(await mismatches(stating(line(), { total: usd('100.00'), date: '2026-03-01' }))).toEqual([]);
    expect(await mismatches(stating(line(), { total: usd('100.01') }))).toEqual(['total']);
    expect(await mismatches(stating(line(), { total: { amount: '100.00', currency: 'EUR' } }))).toEqual([
      'currency',
    ]);
    expect(await mismatches(stating(line(), { date: '2026-03-02' }))).toEqual(['date']);
    expect(await mismatches({ ...line(), enterprise: otherExporter })).toEqual(['enterprise']);
    await ledger.submit('cancelFact', people.customs, { id, reason: 'Never exported.' });
    expect(await mismatches(line())).toEqual([]);
    expect(await mismatches(stating(line(), { total: usd('100.00') }))).toEqual(['status']);
  });

  it('knows an enterprise that the regulator’s directory lists', async () => {
    const ledger = await openLedger();
    await openWindow(ledger);
    const vat = { scheme: 'VAT', id: 'NL820098395B01' } as const;
    await ledger.submit('stateFirm', people.regulatorApprover, { ids: [exporter, vat] });
    expect(await verdicts(ledger, [loanOn(declaration(), '10.00', { enterprise: vat })])).toEqual([
      'not-found: unmatched',
    ]);
  });

  it('teaches nothing of what other banks draw, and nothing outside the window', async () => {
    const ledger = await openLedger();
    await openWindow(ledger, { banks: ['BankAMSP'] });
    await record(ledger, declaration());
    const line = loanOn(declaration(), '10.00');
    const before = await tried(ledger, [line]);
    await take(ledger, loanOn(declaration(), '100.00'));
    expect(await tried(ledger, [line])).toEqual(before);
    expect(await tried(ledger, [line], people.bankB)).toMatchObject([
      { code: 'TAKE_ON_CLOSED', documents: [] },
    ]);
  });
});
