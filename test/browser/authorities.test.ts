import { auditor } from '../acceptance/support/consortium.js';
import { declaration } from '../acceptance/support/documents.js';
import { faultsByAxe } from './support/judge.js';
import { keepPictures } from './support/pictures.js';
import { thereAre } from './support/there-are.js';
import { Visitor } from './support/visitor.js';

describe('customs keeps its documents', () => {
  const number = declaration().number;
  let customs: Visitor;

  beforeAll(async () => {
    customs = await Visitor.at('CustomsMSP');
    await customs.signInAs('Officer');
  });
  afterAll(() => Visitor.allLeave());

  const dialog = () => customs.page.getByRole('dialog');

  it('records, lowers and cancels one, and every version stays', async () => {
    const { page } = customs;
    await customs.goTo('/documents/new');
    await page.locator('[name="number"]').fill(number);
    await page.locator('[name="date"]').fill(declaration().date);
    await page.locator('[name="seller.id"]').fill('91330200MA2CKXQ85H');
    await page.locator('[name="total.amount"]').fill('5000.00');
    await customs.press('Record');
    await page.waitForURL(/\/documents\/[0-9a-f]{64}$/);
    await customs.settled();
    await customs.press('Amend');
    await dialog().locator('[name="changes.total.amount"]').fill('4000.00');
    await dialog().locator('[name="reason"]').fill('Short shipment');
    await dialog().getByRole('button', { name: 'Amend', exact: true }).click();
    await page.getByText('Amended', { exact: true }).first().waitFor();
    await customs.press('Cancel the document');
    await dialog().locator('[name="reason"]').fill('Withdrawn by the declarant');
    await dialog().getByRole('button', { name: 'Cancel the document', exact: true }).click();
    await page.getByText('Cancelled', { exact: true }).first().waitFor();
    await page.getByText('proven on the ledger').nth(2).waitFor();
    expect(await faultsByAxe(customs)).toEqual([]);
    await keepPictures(customs, 'story-document');
  });

  it('keeps the wrong field in focus with its reason, and nothing is recorded', async () => {
    const { page } = customs;
    await customs.goTo('/documents/new');
    const wrong = declaration().number;
    await page.locator('[name="number"]').fill(wrong);
    await page.locator('[name="date"]').fill(declaration().date);
    await page.locator('[name="seller.id"]').fill('91330200MA2CKXQ85X');
    await page.locator('[name="total.amount"]').fill('5000.00');
    await customs.press('Record');
    await page.getByRole('alert').first().waitFor();
    expect(await customs.focus()).toMatch(/^seller/);
    expect(await page.locator('[name="number"]').inputValue()).toBe(wrong);
    const { body } = await (await auditor()).get(`/facts?number=${wrong}`);
    expect(body).toMatchObject({ items: [] });
  });

  it('imports a table: the right row is recorded, the wrong one comes back with its reason', async () => {
    const { page } = customs;
    const [right, wrong] = [declaration().number, declaration().number];
    const rows = [
      'type,number,date,seller.scheme,seller.id,total.amount,total.currency',
      `customs-declaration,${right},${declaration().date},USCC,91330200MA2CKXQ85H,700.00,USD`,
      `customs-declaration,${wrong},${declaration().date},USCC,91330200MA2CKXQ85H,-700.00,USD`,
    ];
    await customs.goTo('/import');
    await page.locator('input[type="file"]').setInputFiles({
      name: 'declarations.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(rows.join('\n')),
    });
    await page.getByText('Done: 1 recorded, 1 refused, 0 not known yet.').waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      customs.press('Refused rows as a file'),
    ]);
    expect(file.suggestedFilename()).toBe('refused.csv');
    expect(await faultsByAxe(customs)).toEqual([]);
    await keepPictures(customs, 'story-import');
    // What was refused is there on the first page, too.
    await customs.goTo('/');
    const last = page.getByRole('region', { name: 'Your last import' });
    await last.getByText('1 recorded, 1 refused.').waitFor();
    await thereAre(2, last.getByRole('row'));
    await keepPictures(customs, 'story-last-import');
    const regulator = await auditor();
    expect((await regulator.get(`/facts?number=${right}`)).body).toMatchObject({
      items: [{ number: right }],
    });
    expect((await regulator.get(`/facts?number=${wrong}`)).body).toMatchObject({ items: [] });
    expect([customs.faults, customs.strayed]).toEqual([[], []]);
  });

  it('says of a file that is not what it seems why it cannot be read', async () => {
    const { page } = customs;
    await customs.goTo('/import');
    await page.locator('input[type="file"]').setInputFiles({
      name: 'declarations.xlsx',
      mimeType: 'application/zip',
      buffer: Buffer.from('no table'),
    });
    await page.getByRole('alert').first().waitFor();
    expect(await page.getByRole('alert').first().innerText()).not.toBe('');
  });
});
