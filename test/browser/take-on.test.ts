import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { listAt } from '@pledgeonce/scripts/rest/json.js';
import { bank, customsOfficer, person } from '../acceptance/support/consortium.js';
import {
  claim,
  declaration,
  exporter,
  inDays,
  record,
  reference,
  usd,
  verify,
} from '../acceptance/support/documents.js';
import { faultsByAxe } from './support/judge.js';
import { Looker } from './support/looks-well.js';
import { thereAre } from './support/there-are.js';
import { Visitor } from './support/visitor.js';

const loanNumber = () => `LN-${randomInt(1e12)}`;
const heading =
  '业务编号,企业代码,产品,币种,融资金额,未偿余额,放款日,到期日,单证1类型,单证1号码,单证1占用金额';
const row = (number: string, reference: string, amount: string) =>
  [
    reference,
    exporter.id,
    '发票融资',
    'USD',
    amount,
    amount,
    '2026-03-15',
    inDays(60),
    '报关单',
    number,
    amount,
  ].join(',');

/** Day one as those who live it see it: window, book, what is overdrawn, what waits, and what comes late. */
describe('the first week of a registry', () => {
  const known = declaration({ total: usd('1000.00') });
  const unknown = declaration();
  const late = declaration({ total: usd('500.00') });
  const [first, waits, isLate] = [loanNumber(), loanNumber(), loanNumber()];
  let officer: Visitor;
  let approver: Visitor;
  let regulator: Visitor;
  let decider: Visitor;
  let looker: Looker;

  beforeAll(async () => {
    const customs = await customsOfficer();
    await record(customs, known);
    await record(customs, late);
    // Another bank has lent on the same paper already.
    const { officer: lender } = await bank('B');
    await verify(lender, known);
    const lent = await lender.post('/claims', claim(reference(known), usd('900.00')));
    if (lent.status !== 201) throw new Error(`Not reserved: ${JSON.stringify(lent.body)}`);
    looker = await Looker.open();
    officer = await Visitor.at('BankAMSP');
    approver = await Visitor.at('BankAMSP');
    regulator = await Visitor.at('RegulatorMSP');
    decider = await Visitor.at('RegulatorMSP');
    looker.follow(officer, approver, regulator, decider);
    await officer.signInAs('Officer');
    await approver.signInAs('Approver');
    await regulator.signInAs('Officer');
    await decider.signInAs('Approver');
  });
  afterAll(() => Visitor.allLeave());

  async function drop(visitor: Visitor, rows: readonly string[]): Promise<void> {
    await visitor.page.locator('input[type="file"]').setInputFiles({
      name: 'book.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from([heading, ...rows].join('\n')),
    });
    await visitor.page.getByText(`Done: ${rows.length} lines.`).waitFor();
  }

  it('begins with a window that one person proposes and another finds in what waits', async () => {
    const { page } = regulator;
    await regulator.goTo('/take-on');
    await regulator.press('Propose a window');
    const proposing = page.getByRole('dialog');
    await proposing.locator('[name="cutOff"]').fill(inDays(0));
    await proposing.locator('[name="until"]').fill(inDays(30));
    await proposing.locator('[name="banks"]').fill('BankAMSP');
    expect(await faultsByAxe(regulator)).toEqual([]);
    await proposing.getByRole('button', { name: 'Propose a window', exact: true }).click();
    const windows = page.getByRole('region', { name: 'Take-on windows' });
    await windows.getByText('Proposed', { exact: true }).waitFor();

    await decider.goTo('/?kind=window-to-open');
    await decider.page.getByRole('link', { name: /^Open Take-on window to open/ }).click();
    await decider.settled();
    await decider.press('Open the window');
    await decider.press('Open the window', decider.page.getByRole('dialog'));
    await decider.page.getByRole('button', { name: 'Close the window for good' }).waitFor();
    expect(await looker.faults(decider, 'story-window')).toEqual([]);
    await decider.goTo('/?kind=window-to-open');
    await thereAre(0, decider.page.getByRole('link', { name: /Take-on window to open/ }));
  });

  it('goes on with a book that is tried, where nothing is written, and then taken on', async () => {
    await officer.goTo('/take-on');
    await drop(officer, [
      row(known.number, first, '700.00'),
      row(unknown.number, waits, '300.00'),
      row('x', 'D', 'a'),
    ]);
    const odd = officer.page.getByRole('table', { name: 'Lines to look at' });
    await odd.getByText('No such firm or document').waitFor();
    await thereAre(3, odd.getByRole('row'));
    expect(await looker.faults(officer, 'story-dry-run')).toEqual([]);
    expect(
      listAt((await (await bank('A')).officer.get('/claims?takenOn=true&limit=200')).body, 'items').filter(
        ({ applicationNumber }) => applicationNumber === first,
      ),
    ).toEqual([]);

    await approver.goTo('/take-on');
    await approver.page.getByText('Take on', { exact: true }).click();
    await drop(approver, [row(known.number, first, '700.00'), row(unknown.number, waits, '300.00')]);
    await approver.page
      .getByRole('table', { name: 'Lines to look at' })
      .getByText('Waits for its document')
      .waitFor();
    expect(await looker.faults(approver, 'story-book')).toEqual([]);
  });

  it('shows what waits for its document, with its age', async () => {
    await officer.goTo('/take-on');
    const list = officer.page.getByRole('region', { name: 'Loans that wait for their document' });
    const item = list.getByRole('row').filter({ hasText: waits });
    await item.waitFor();
    expect(await item.innerText()).toMatch(new RegExp(`${unknown.number}[\\s\\S]*300\\.00[\\s\\S]*0 days`));
    expect(await looker.faults(officer, 'story-unmatched')).toEqual([]);
  });

  it('shows a bank by how much its papers are overdrawn, and the regulator who draws', async () => {
    await officer.goTo('/overdrafts');
    const own = officer.page.getByRole('row').filter({ hasText: first });
    await own.waitFor();
    expect(await own.innerText()).toMatch(/600\.00/);
    expect(await officer.page.locator('main').innerText()).not.toContain('BankBMSP');
    expect(await looker.faults(officer, 'story-overdrafts')).toEqual([]);
    await decider.goTo('/overdrafts');
    const every = decider.page.getByRole('row').filter({ hasText: first });
    await every.waitFor();
    expect(await every.innerText()).toContain('BankBMSP');
    expect(await looker.faults(decider, 'story-overdrafts-regulator')).toEqual([]);
  });

  it('ends with a loan that came late: the bank proposes it, the regulator finds it in what waits and approves', async () => {
    await decider.goTo('/take-on');
    await decider.press('Close the window for good');
    await decider.press('Close the window for good', decider.page.getByRole('dialog'));
    await decider.page.getByText('Closed', { exact: true }).first().waitFor();

    const { page } = officer;
    await officer.goTo('/take-on');
    await page.getByRole('link', { name: 'Bring a loan that came late' }).click();
    await officer.settled();
    const type = (name: string, value: string) => page.locator(`[name="${name}"]`).fill(value);
    await type('line.reference', isLate);
    await type('line.enterprise.id', exporter.id);
    await type('line.amount.amount', '400.00');
    await type('line.outstanding.amount', '500.00');
    await type('line.lines.0.document.number', late.number);
    await type('line.lines.0.amount.amount', '400.00');
    await type('line.paidOutOn', '2026-03-15');
    await type('line.dueDate', inDays(60));
    await type('reason', 'It was in a branch’s own file.');
    expect(await looker.faults(officer, 'story-correction')).toEqual([]);
    // More outstanding than was lent: the sentence stands at the field, and what was typed stays.
    await officer.press('Propose');
    await page.locator('[name="line.outstanding.amount"][aria-invalid="true"]').waitFor();
    await type('line.outstanding.amount', '400.00');
    await officer.press('Propose');
    await page.waitForURL(/\/take-on$/);
    const corrections = page.getByRole('region', { name: 'Loans that came after the window' });
    await corrections.getByRole('row').filter({ hasText: isLate }).getByText('Proposed').waitFor();

    await decider.goTo('/?kind=correction-to-decide');
    await decider.page.getByRole('link', { name: `Open Loan that came late to decide ${isLate}` }).click();
    await decider.settled();
    const proposed = decider.page.getByRole('row').filter({ hasText: isLate });
    await proposed.getByRole('button', { name: 'Approve', exact: true }).click();
    await decider.press('Approve', decider.page.getByRole('dialog'));
    await proposed.getByText('Approved', { exact: true }).waitFor();
    expect(await looker.faults(decider, 'story-corrections')).toEqual([]);
    const { body } = await (await person('BankAMSP', 'officer')).get(`/claims?applicationNumber=${isLate}`);
    expect(listAt(body, 'items')).toMatchObject([{ state: 'disbursed', outstanding: usd('400.00') }]);
    await decider.goTo('/?kind=correction-to-decide');
    await thereAre(0, decider.page.getByRole('link', { name: new RegExp(isLate) }));
    const all = [officer, approver, regulator, decider];
    expect(all.flatMap(({ faults, strayed }) => [...faults, ...strayed])).toEqual([]);
  });

  it('gives the empty book in both languages, as it can be sent', async () => {
    await officer.goTo('/take-on');
    for (const [name, first] of [
      ['Template in Chinese', '业务编号'],
      ['Template in English', 'reference'],
    ] as const) {
      const coming = officer.page.waitForEvent('download');
      await officer.page.getByRole('link', { name, exact: true }).click();
      const file = await (await coming).path();
      expect(
        readFileSync(file, 'utf8')
          .replace(/^\uFEFF/, '')
          .startsWith(first),
      ).toBe(true);
    }
  });
});
