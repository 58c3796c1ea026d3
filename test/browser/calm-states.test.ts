import { randomInt } from 'node:crypto';
import { at, listAt } from '@pledgeonce/scripts/rest/json.js';
import { bank, customsOfficer } from '../acceptance/support/consortium.js';
import { declaration, exporter, inDays, record, usd, verify } from '../acceptance/support/documents.js';
import { Looker } from './support/looks-well.js';
import { Visitor } from './support/visitor.js';

/** Issue 13: an outcome that is not known, and a conflict, each have their own calm state. */
describe('a calm page', () => {
  let looker: Looker;
  beforeAll(async () => {
    looker = await Looker.open();
  });
  afterAll(() => Visitor.allLeave());

  it('says that an outcome is not known yet, asks for it by itself, and nothing is done twice', async () => {
    const fact = declaration();
    await record(await customsOfficer(), fact);
    const { officer: client } = await bank('A');
    await verify(client, fact);
    const officer = await Visitor.at('BankAMSP');
    const { page } = officer;
    looker.follow(officer);
    await officer.signInAs('Officer');
    await officer.goTo('/claims/new');
    const number = `A-${randomInt(1e12)}`;
    const type = (name: string, value: string) => page.locator(`[name="${name}"]`).fill(value);
    await type('applicationNumber', number);
    await type('enterprise.id', exporter.id);
    await type('amount.amount', '600.00');
    await type('lines.0.document.number', fact.number);
    await type('lines.0.amount.amount', '600.00');
    await type('dueDate', inDays(80));
    // The gateway carries it out; for a while its answers are those of one that does not know yet.
    const keys: string[] = [];
    let isKnown = false;
    await page.route('**/api/v1/claims', async (route) => {
      if (route.request().method() !== 'POST') return route.fallback();
      keys.push(route.request().headers()['idempotency-key'] ?? '');
      const response = await route.fetch();
      return isKnown
        ? route.fulfill({ response })
        : route.fulfill({
            status: 202,
            contentType: 'application/json',
            body: '{"operation":"/operations/1"}',
          });
    });
    await officer.press('Reserve');
    await page.getByRole('status').filter({ hasText: 'The outcome is not known yet' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(await looker.faults(officer, 'story-pending')).toEqual([]);
    isKnown = true;
    await page.waitForURL(/\/claims\/[0-9a-f]{64}$/);
    expect(keys.length).toBeGreaterThan(1);
    expect(new Set(keys).size).toBe(1);
    const { body } = await client.get(`/claims?applicationNumber=${number}`);
    expect(listAt(body, 'items')).toMatchObject([{ state: 'reserved', amount: usd('600.00') }]);
    expect(at((await verify(client, fact)).body, 'remaining')).toEqual(usd('400.00'));
  });

  it('says that somebody else was quicker, keeps what was typed, and changes nothing', async () => {
    const fact = declaration();
    const customs = await customsOfficer();
    const id = await record(customs, fact);
    const officer = await Visitor.at('CustomsMSP');
    const { page } = officer;
    looker.follow(officer);
    await officer.signInAs('Officer');
    // What has happened meanwhile is not told to this page.
    await page.route('**/api/v1/events', (route) => route.abort());
    await officer.goTo(`/documents/${id}`);
    await officer.press('Amend');
    const dialog = page.getByRole('dialog');
    await dialog.locator('[name="changes.total.amount"]').fill('900.00');
    await dialog.locator('[name="reason"]').fill('Weighed again.');
    const body = { changes: { total: usd('800.00') }, reason: 'Counted again.' };
    expect((await customs.request('PATCH', `/facts/${id}`, { body })).status).toBe(200);
    await officer.press('Amend', dialog);
    await dialog.getByText('VERSION_CONFLICT').waitFor();
    await dialog.getByText('What you see is not the latest.').waitFor();
    expect(await dialog.locator('[name="changes.total.amount"]').inputValue()).toBe('900.00');
    expect(await looker.faults(officer, 'story-conflict')).toEqual([]);
    expect(at((await customs.get(`/facts/${id}`)).body, 'total')).toEqual(usd('800.00'));
    // Looked at again, what was typed is still there, and now it goes through.
    await officer.press('Close', dialog);
    await page.reload();
    await officer.settled();
    await page.getByText('800.00').first().waitFor();
    await officer.press('Amend');
    expect(await dialog.locator('[name="reason"]').inputValue()).toBe('Weighed again.');
    await officer.press('Amend', dialog);
    await dialog.waitFor({ state: 'detached' });
    expect(at((await customs.get(`/facts/${id}`)).body, 'total')).toEqual(usd('900.00'));
  });
});
