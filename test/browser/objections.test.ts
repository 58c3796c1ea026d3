import { listAt } from '@pledgeonce/scripts/rest/json.js';
import { auditor, bank, customsOfficer } from '../acceptance/support/consortium.js';
import { declaration, record, reference, usd, verify } from '../acceptance/support/documents.js';
import { disburse } from '../acceptance/support/steps.js';
import { faultsByAxe } from './support/judge.js';
import { keepPictures } from './support/pictures.js';
import { thereAre } from './support/there-are.js';
import { Visitor } from './support/visitor.js';

describe('an exporter and what others say of its trade', () => {
  const fact = declaration({ total: usd('1000.00') });
  let exporter: Visitor;
  let officer: Visitor;
  let regulator: Visitor;
  let address: string;

  beforeAll(async () => {
    await record(await customsOfficer(), fact);
    await disburse(await bank('A'), reference(fact), usd('600.00'));
    exporter = await Visitor.at('EnterpriseMSP');
    officer = await Visitor.at('BankAMSP');
    regulator = await Visitor.at('RegulatorMSP');
    await exporter.signInAs('exporter-1 (Officer)');
    await officer.signInAs('Officer');
    await regulator.signInAs('Approver');
  });
  afterAll(() => Visitor.allLeave());

  it('sees what is left of its own document, and which bank holds what on it', async () => {
    const { page } = exporter;
    await exporter.goTo('/own-documents');
    await page.locator('[name="document.number"]').fill(fact.number);
    await exporter.press('Look up');
    const standing = page.getByRole('region', { name: 'Where it stands' });
    await standing.getByText('USD 400.00').first().waitFor();
    const row = standing.getByRole('row').nth(1);
    expect(await row.innerText()).toMatch(/BankAMSP[\s\S]*Paid out[\s\S]*600\.00/);
    expect(await faultsByAxe(exporter)).toEqual([]);
    await keepPictures(exporter, 'story-own-document');
  });

  it('is told nothing of a number that is not its own', async () => {
    const { page } = exporter;
    await exporter.goTo('/own-documents');
    await page.locator('[name="document.number"]').fill(declaration().number);
    await exporter.press('Look up');
    await page.getByRole('alert').getByText('FACT_NOT_FOUND').waitFor();
    await thereAre(0, page.getByRole('region', { name: 'Where it stands' }));
    await page.locator('[name="document.number"]').fill(fact.number);
    await exporter.press('Look up');
    await page.getByRole('region', { name: 'Where it stands' }).waitFor();
  });

  it('objects, with the fingerprint of a paper that stays with it', async () => {
    const { page } = exporter;
    await exporter.press('Object');
    await page.getByRole('heading', { level: 1, name: 'Object', exact: true }).waitFor();
    expect(await page.locator('[name="document.number"]').inputValue()).toBe(fact.number);
    await page.locator('[name="reason"]').fill('The buyer has returned the goods.');
    const sent: string[] = [];
    page.on('request', (request) => sent.push(request.postData() ?? ''));
    await page.locator('input[type="file"]').setInputFiles({
      name: 'return-note.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('abc'),
    });
    const evidence = page.locator('[name="evidence"]');
    await page.waitForFunction('document.querySelector("[name=evidence]").value.length === 64');
    // The SHA-256 of "abc", from its standard.
    expect(await evidence.inputValue()).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(await faultsByAxe(exporter)).toEqual([]);
    await exporter.press('Object');
    await page.waitForURL(/\/objections\/[0-9a-f]{64}$/);
    address = new URL(page.url()).pathname;
    expect(sent.some((body) => body.includes('return-note'))).toBe(false);
    await page.getByText('Nobody has answered yet.').waitFor();
  });

  it('is answered by the holder, who reads that its exporter objects, and decided by the regulator', async () => {
    await officer.goTo('/?kind=objection-to-answer');
    await officer.page.locator(`a[href="${address}"]`).click();
    await officer.settled();
    await officer.page.getByText('The exporter · EnterpriseMSP').waitFor();
    await officer.press('Answer');
    const answering = officer.page.getByRole('dialog');
    await answering.locator('[name="text"]').fill('We have asked the buyer.');
    await answering.getByRole('button', { name: 'Answer', exact: true }).click();
    await officer.page.getByText('We have asked the buyer.').waitFor();
    expect(await faultsByAxe(officer)).toEqual([]);

    await regulator.goTo('/?kind=objection-to-decide');
    await regulator.page.locator(`a[href="${address}"]`).click();
    await regulator.settled();
    await regulator.page.getByText('We have asked the buyer.').waitFor();
    await regulator.press('Decide');
    const deciding = regulator.page.getByRole('dialog');
    await deciding.locator('[name="reason"]').fill('Looked into.');
    await deciding.getByRole('button', { name: 'Decide', exact: true }).click();
    await regulator.page.getByText('Draws on hold', { exact: true }).waitFor();
    expect(await faultsByAxe(regulator)).toEqual([]);
    await keepPictures(regulator, 'story-objection');
    // Whoever wants to lend next is warned, and the regulator's list has it.
    const { officer: lender } = await bank('B');
    expect(JSON.stringify((await verify(lender, fact)).body)).toContain('on-hold');
    const { body } = await (await auditor()).get('/objections?state=held&limit=100');
    expect(listAt(body, 'items').map((one) => `/objections/${String(one['id'])}`)).toContain(address);
    const all = [exporter, officer, regulator];
    expect(all.flatMap(({ faults, strayed }) => [...faults, ...strayed])).toEqual([]);
  });
});
