import type { Route } from 'playwright-core';
import { at } from '@pledgeonce/scripts/rest/json.js';
import { auditor, customsOfficer } from '../acceptance/support/consortium.js';
import { declaration, record, usd } from '../acceptance/support/documents.js';
import { faultsByAxe } from './support/judge.js';
import { keepPictures } from './support/pictures.js';
import { thereAre } from './support/there-are.js';
import { Visitor } from './support/visitor.js';

const reason = 'Short shipment';
const fact = (id: string) => `**/api/v1/facts/${id}`;

/** Issue 13: a conflict and an outcome that is not known each have a calm state of their own. */
describe('a form whose request', () => {
  let id: string;
  let customs: Visitor;
  beforeEach(async () => {
    id = await record(await customsOfficer(), declaration({ total: usd('5000.00') }));
    customs = await Visitor.at('CustomsMSP');
    await customs.signInAs('Officer');
    await customs.goTo(`/documents/${id}`);
    await customs.press('Amend');
  });
  afterEach(() => customs.leave());
  afterAll(() => Visitor.allLeave());

  const dialog = () => customs.page.getByRole('dialog');
  const typed = () => dialog().locator('[name="changes.total.amount"]');
  async function send(amount: string): Promise<void> {
    await typed().fill(amount);
    await dialog().locator('[name="reason"]').fill(reason);
    await dialog().getByRole('button', { name: 'Amend', exact: true }).click();
  }
  const onRecord = async () => {
    const { body } = await (await auditor()).get(`/facts/${id}`);
    return [at(body, 'version'), at(body, 'total.amount')];
  };

  it.each([
    ['is answered with 202: the outcome is not known yet', 202],
    ['is carried out, and whose answer is lost', undefined],
  ])('%s, says so, asks again by itself, and counts once', async (_case, status) => {
    const { page } = customs;
    let answers = 0;
    let letGo: () => void = () => undefined;
    const seen = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await page.route(fact(id), async (route: Route) => {
      if (route.request().method() !== 'PATCH') {
        await route.continue();
        return;
      }
      // The ledger has carried it out each time; the first answer does not say so, the next waits until that was seen.
      if (answers++ > 0) {
        await seen;
        await route.continue();
        return;
      }
      const answer = await route.fetch();
      expect(answer.status()).toBe(200);
      if (status === undefined) await route.abort();
      else await route.fulfill({ status, json: { operation: '/api/v1/operations/later' } });
    });
    await send('4000.00');
    await dialog().getByText('The outcome is not known yet').waitFor();
    await thereAre(0, dialog().getByRole('alert'));
    expect(await faultsByAxe(customs)).toEqual([]);
    await keepPictures(customs, `story-pending-${status ?? 'lost'}`, status === 202);
    letGo();
    await dialog().waitFor({ state: 'detached' });
    await page.getByText('Amended', { exact: true }).first().waitFor();
    expect(answers).toBeGreaterThan(1);
    expect(await onRecord()).toEqual([2, '4000.00']);
    expect([customs.faults, customs.strayed]).toEqual([[], []]);
  });

  it('meets a change by a colleague is refused, keeps what was typed, and changes nothing', async () => {
    const colleague = await customsOfficer();
    const amended = await colleague.request('PATCH', `/facts/${id}`, {
      body: { changes: { total: usd('4500.00') }, reason },
    });
    expect(amended.status).toBe(200);
    await send('4000.00');
    await dialog().getByText('What you see is not the latest.').waitFor();
    expect(await typed().inputValue()).toBe('4000.00');
    expect(await onRecord()).toEqual([2, '4500.00']);
    expect(await faultsByAxe(customs)).toEqual([]);
    await keepPictures(customs, 'story-conflict');
    // Looked at again, the same form can be sent: what was typed is in it.
    await customs.goTo(`/documents/${id}`);
    await customs.press('Amend');
    expect(await typed().inputValue()).toBe('4000.00');
    await dialog().getByRole('button', { name: 'Amend', exact: true }).click();
    await dialog().waitFor({ state: 'detached' });
    expect(await onRecord()).toEqual([3, '4000.00']);
  });
});
