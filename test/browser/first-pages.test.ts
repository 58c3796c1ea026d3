import { randomInt } from 'node:crypto';
import { textAt } from '@pledgeonce/scripts/rest/json.js';
import { bank, customsOfficer } from '../acceptance/support/consortium.js';
import { claim, declaration, record, reference, usd, verify } from '../acceptance/support/documents.js';
import { assign, insuredClaim, insuredTrade } from '../acceptance/support/insured-trade.js';
import { faultsByAxe } from './support/judge.js';
import { Looker } from './support/looks-well.js';
import { keepPictures } from './support/pictures.js';
import { Visitor } from './support/visitor.js';

/** What each finds first, and what leads to it: the work comes before the numbers. */
describe('the first page', () => {
  let looker: Looker;
  beforeAll(async () => {
    looker = await Looker.open();
  });
  afterAll(() => Visitor.allLeave());

  async function enter(msp: string, who: string): Promise<Visitor> {
    const visitor = await Visitor.at(msp);
    looker.follow(visitor);
    await visitor.signInAs(who);
    await visitor.settled();
    return visitor;
  }

  /** A declaration of 100,000.00 on which both banks have claims, of 90,000.00 together. */
  async function drawn() {
    const fact = declaration({ total: usd('100000.00') });
    const id = await record(await customsOfficer(), fact);
    const applicationNumber = `FIRST-${randomInt(1e9)}`;
    for (const [name, amount] of [
      ['A', '60000.00'],
      ['B', '30000.00'],
    ] as const) {
      const { officer } = await bank(name);
      await verify(officer, fact);
      const made = await officer.post(
        '/claims',
        claim(reference(fact), usd(amount), { applicationNumber: `${applicationNumber}-${name}` }),
      );
      expect(made.status).toBe(201);
    }
    return { fact, id, applicationNumber };
  }

  it('of customs: before a document is lowered or cancelled its page says what that would do', async () => {
    const { id } = await drawn();
    const customs = await enter('CustomsMSP', 'Officer');
    const { page } = customs;
    await customs.goTo(`/documents/${id}`);
    await customs.press('Amend');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Nothing that is drawn would be left').waitFor();
    await dialog.locator('[name="changes.total.amount"]').fill('78000.00');
    const effect = dialog.getByRole('status');
    await effect.getByText('2 claims and payments would be overdrawn by').waitFor();
    expect(await effect.innerText()).toContain('12,000.00');
    // The language is not switched under a dialog.
    expect(await faultsByAxe(customs)).toEqual([]);
    await keepPictures(customs, 'story-effect');
    await customs.press('Cancel', dialog);
    await dialog.waitFor({ state: 'detached' });
    await customs.press('Cancel the document');
    await dialog.getByRole('status').getByText('2 claims and payments would be overdrawn by').waitFor();
    expect(await dialog.getByRole('status').innerText()).toContain('90,000.00');
    await customs.press('Cancel', dialog);
    // Nothing was changed by asking.
    await page.getByText('Active', { exact: true }).first().waitFor();
  });

  it('of the regulator: alerts by gravity, and whatever is in hand is found in any spelling', async () => {
    const { fact, id, applicationNumber } = await drawn();
    const lowered = await (
      await customsOfficer()
    ).request('PATCH', `/facts/${id}`, {
      body: { changes: { total: usd('78000.00') }, reason: 'Short shipped.' },
    });
    expect(lowered.status).toBe(200);
    const regulator = await enter('RegulatorMSP', 'Officer');
    const { page } = regulator;
    const graves = page.getByRole('region', { name: /the gravest first/ });
    await graves.getByRole('link').first().waitFor();
    expect(await graves.getByRole('link').first().innerText()).toBe(
      'The documents carry less than is drawn on them.',
    );
    expect(await looker.faults(regulator, 'story-gravity')).toEqual([]);
    await graves.getByRole('link').first().click();
    await regulator.settled();
    expect(new URL(page.url()).searchParams.get('alert')).toBe('overdrawn');

    await regulator.goTo('/search');
    const look = async (text: string) => {
      await page.locator('[role="search"] input').fill(text);
      await page.keyboard.press('Enter');
    };
    const spaced = `${fact.number.slice(0, 6)} ${fact.number.slice(6)}`;
    await look(spaced);
    const documents = page.getByRole('region', { name: 'Documents' });
    await documents.getByText(fact.number).first().waitFor();
    const claims = page.getByRole('region', { name: 'Claims' });
    expect(await claims.innerText()).toMatch(/BankAMSP[\s\S]*BankBMSP|BankBMSP[\s\S]*BankAMSP/);
    expect(await looker.faults(regulator, 'story-search')).toEqual([]);
    await look(`${applicationNumber.toLowerCase()}-b`);
    await claims.getByText(`${applicationNumber}-B`).waitFor();
    // What was found before is gone, once the answer is there.
    await documents.first().waitFor({ state: 'detached' });
    await look('nothing-has-this-number');
    await page.getByText('Nothing on record has this number, reference or firm.').waitFor();
  });

  it('of an exporter: its documents, what is left of each, and which bank holds what on it', async () => {
    const { fact } = await drawn();
    const exporter = await enter('EnterpriseMSP', 'exporter-1 (Officer)');
    const row = exporter.page
      .getByRole('table', { name: 'Your documents' })
      .getByRole('row')
      .filter({ hasText: fact.number });
    await row.waitFor();
    expect(await row.innerText()).toMatch(/100,000\.00[\s\S]*10,000\.00[\s\S]*BankAMSP[\s\S]*Reserved/i);
    expect(await looker.faults(exporter, 'story-exporter-first')).toEqual([]);
  });

  it('of an insurer: premiums that are due, and limits that are used up', async () => {
    const policy = `POL${randomInt(1e12)}`;
    const unpaid = await insuredTrade({
      policy: { number: policy },
      shipment: { shipment: { policy, premiumPaid: false } },
    });
    const used = await insuredTrade({ limit: '810.00' });
    await assign(used.limit);
    const { officer } = await bank('A');
    await verify(officer, used.invoice);
    const made = await officer.post('/claims', insuredClaim(used, usd('810.00')));
    expect(made.status).toBe(201);
    const insurer = await enter('InsurerMSP', 'Officer');
    const due = insurer.page.getByRole('region', { name: 'Premiums due' });
    const usedUp = insurer.page.getByRole('region', { name: 'Limits used up' });
    await due.getByText(unpaid.shipment.number).waitFor();
    expect(await due.innerText()).not.toContain(used.shipment.number);
    expect(textAt(made.body, 'state')).toBe('reserved');
    await usedUp.getByText(used.limit.number).waitFor();
    expect(await usedUp.innerText()).not.toContain(unpaid.limit.number);
    expect(await looker.faults(insurer, 'story-insurer-first')).toEqual([]);
  });

  it('of an admin: who has not come for long, and how to find them', async () => {
    const admin = await enter('BankAMSP', 'Admin');
    const { page } = admin;
    await page.getByRole('region', { name: 'Without a sign-in for 30 days' }).waitFor();
    await admin.goTo('/people?withoutSignInDays=3000');
    await page.getByText('Nothing yet.').waitFor();
    await admin.goTo('/people');
    await page.getByRole('row').filter({ hasText: 'officer' }).first().waitFor();
    await admin.goTo('/about');
    await page.getByText('Blocks that the lists lack').waitFor();
    expect(await page.locator('main').innerText()).toMatch(/Version\s+\d+\.\d+\.\d+/);
    expect(await looker.faults(admin, 'story-about')).toEqual([]);
  });
});
