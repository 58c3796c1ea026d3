import { randomInt } from 'node:crypto';
import { listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { freshReceipt } from '@pledgeonce/scripts/story/shipments.js';
import { bank, person } from '../acceptance/support/consortium.js';
import { exporter, inDays, record, usd } from '../acceptance/support/documents.js';
import { assign, insuredClaim, insuredTrade } from '../acceptance/support/insured-trade.js';
import { Looker } from './support/looks-well.js';
import { thereAre } from './support/there-are.js';
import { Visitor } from './support/visitor.js';

/** console.md: what insurers and carriers write beside the papers, and the log of who asked about a firm. */
describe('cover, journeys and questions', () => {
  let looker: Looker;
  beforeAll(async () => {
    looker = await Looker.open();
  });
  afterAll(() => Visitor.allLeave());

  const visit = async (msp: string, name: string) => {
    const visitor = await Visitor.at(msp);
    looker.follow(visitor);
    await visitor.signInAs(name);
    return visitor;
  };

  it('a warehouse adds what happened to the goods, and corrects how much there is', async () => {
    const receipt = freshReceipt('1000');
    const id = await record(await person('CarrierMSP', 'officer'), receipt);
    const carrier = await visit('CarrierMSP', 'Officer');
    const { page } = carrier;
    const dialog = page.getByRole('dialog');
    await carrier.goTo(`/documents/${id}`);
    const journey = page.getByRole('table', { name: 'Journey' });
    const add = async (event: string, at: string, place: string) => {
      await carrier.press('Add an event');
      await dialog.locator('[name="event"]').selectOption(event);
      await dialog.locator('[name="at"]').fill(at);
      await dialog.locator('[name="place"]').fill(place);
      await carrier.press('Add an event', dialog);
      await dialog.waitFor({ state: 'detached' });
      await journey.getByRole('row').filter({ hasText: place }).waitFor();
    };
    await add('received', `${inDays(-2)}T08:00`, 'CNQZH');
    await add('delivered', `${inDays(-1)}T09:30`, 'SGSIN');
    // Those before it stay.
    await thereAre(3, journey.getByRole('row'));
    expect(await journey.innerText()).toMatch(/Received[\s\S]*CNQZH[\s\S]*Delivered[\s\S]*SGSIN/);
    expect(await looker.faults(carrier, 'story-journey')).toEqual([]);

    await carrier.press('Correct the quantity');
    await dialog.locator('[name="changes.quantity.amount"]').fill('990.5');
    await dialog.locator('[name="reason"]').fill('Weighed again');
    await carrier.press('Correct the quantity', dialog);
    await dialog.waitFor({ state: 'detached' });
    await page
      .getByText(/^990\.5(00)? TNE$/)
      .first()
      .waitFor();
    await thereAre(3, journey.getByRole('row'));
  });

  it('an insurer marks a premium as paid, declines a shipment, and lets a limit lapse', async () => {
    const { ids, shipment, limit } = await insuredTrade();
    const policy = limit.limit?.policy ?? '';
    const due = { ...shipment, number: `${shipment.number}-2`, shipment: { policy, premiumPaid: false } };
    const dueId = await record(await person('InsurerMSP', 'officer'), due);
    const insurer = await visit('InsurerMSP', 'Officer');
    const { page } = insurer;
    const dialog = page.getByRole('dialog');
    const end = async (step: string) => {
      await insurer.press(step);
      await dialog.locator('[name="on"]').fill(inDays(0));
      await dialog.locator('[name="reason"]').fill('The buyer is insolvent.');
      await insurer.press(step, dialog);
      await dialog.waitFor({ state: 'detached' });
      await thereAre(0, page.getByRole('button', { name: step, exact: true }));
    };
    const stated = (name: string) => page.locator('dl.particulars > div').filter({ hasText: name });

    await insurer.goTo(`/documents/${dueId}`);
    await stated('Premium paid').getByText('No', { exact: true }).waitFor();
    await insurer.press('The premium is paid');
    await insurer.press('The premium is paid', dialog);
    await stated('Premium paid').getByText('Yes', { exact: true }).waitFor();
    await thereAre(0, page.getByRole('button', { name: 'The premium is paid', exact: true }));
    await end('Decline cover');
    await stated('Declined on').waitFor();
    expect(await looker.faults(insurer, 'story-shipment')).toEqual([]);

    await insurer.goTo(`/documents/${ids.limit}`);
    await end('Let the limit lapse');
    await stated('Lapsed on').waitFor();
  });

  it('an insurer confirms what it has paid: the bank settles its claim with it, and what nobody quotes is taken back', async () => {
    const trade = await insuredTrade();
    await assign(trade.limit);
    const a = await bank('A');
    const held = await a.officer.post('/claims', insuredClaim(trade, usd('500.00')));
    const id = textAt(held.body, 'id');
    await a.approver.post(`/claims/${id}/acceptance`, {});
    expect((await a.officer.post(`/claims/${id}/disbursement`, {})).status).toBe(200);

    const insurer = await visit('InsurerMSP', 'Approver');
    const { page } = insurer;
    const dialog = page.getByRole('dialog');
    const confirm = async (amount: string) => {
      await insurer.press('Confirm an indemnity');
      await dialog.locator('[name="bank"]').fill(a.msp);
      await dialog.locator('[name="policy"]').fill(trade.policy.number);
      await dialog.locator('[name="buyer.id"]').fill(trade.limit.buyer?.id ?? '');
      await dialog.locator('[name="amount.amount"]').fill(amount);
      await dialog.locator('[name="paidOn"]').fill(inDays(0));
      await insurer.press('Confirm an indemnity', dialog);
      await dialog.waitFor({ state: 'detached' });
    };
    await insurer.goTo('/indemnities');
    await confirm('500.00');
    await confirm('77.00');
    expect(await looker.faults(insurer, 'story-indemnities')).toEqual([]);
    // Who has confirmed it does not take it back alone.
    const second = await visit('InsurerMSP', 'Officer');
    await second.goTo('/indemnities');
    const seen = second.page.getByRole('row').filter({ hasText: trade.policy.number });
    await seen
      .filter({ hasText: '77.00' })
      .getByRole('button', { name: 'Take it back', exact: true })
      .click();
    await second.page.getByRole('dialog').locator('[name="reason"]').fill('Typed twice');
    await second.press('Take it back', second.page.getByRole('dialog'));
    await seen.filter({ hasText: '77.00' }).getByText('Withdrawn', { exact: true }).waitFor();

    const listed = await a.officer.get('/indemnities?state=confirmed&limit=200');
    const paid = listAt(listed.body, 'items').find((one) => one['policy'] === trade.policy.number);
    const officer = await visit(a.msp, 'Officer');
    await officer.goTo(`/claims/${id}`);
    await officer.press('Record a repayment');
    const repayment = officer.page.getByRole('dialog');
    await repayment.locator('[name="source"]').selectOption('indemnity');
    await repayment.locator('[name="indemnity"]').fill(textAt(paid ?? {}, 'id'));
    await officer.press('Record a repayment', repayment);
    await officer.page.getByText('Settled', { exact: true }).first().waitFor();
    // What a repayment quotes stays.
    await second.goTo('/indemnities');
    await seen.filter({ hasText: '500.00' }).waitFor();
    await thereAre(0, seen.getByRole('button', { name: 'Take it back', exact: true }));
    expect([insurer.faults, second.faults, officer.faults]).toEqual([[], [], []]);
  });

  it('whoever asks for a firm’s records stands on its log, refused questions too', async () => {
    const purpose = `Export loan ${String(randomInt(1e9))}`;
    const enterprise = await person('EnterpriseMSP', 'exporter-1');
    const given = await enterprise.post('/authorisations', {
      ...{ bank: 'BankAMSP', categories: ['basic'], purpose, from: inDays(0), to: inDays(30), uses: 1 },
    });
    const officer = await visit('BankAMSP', 'Officer');
    const { page } = officer;
    const ask = async () => {
      await officer.goTo('/credit-queries/new');
      await page.locator('[name="enterprise.id"]').fill(exporter.id);
      await page.locator('[name="authorisation"]').fill(textAt(given.body, 'id'));
      await page.locator('[name="purpose"]').fill(purpose);
      await page.locator('form button[type="submit"]').click();
    };
    await ask();
    await page.getByRole('region', { name: 'What the registry knows' }).waitFor();
    await ask();
    await page.getByRole('alert').first().waitFor();

    const firm = await visit('EnterpriseMSP', 'exporter-1 (Officer)');
    await firm.goTo('/credit-queries');
    const asked = firm.page.getByRole('row').filter({ hasText: purpose });
    await asked.filter({ hasText: 'Allowed' }).waitFor();
    await asked.filter({ hasText: 'Refused' }).waitFor();
    expect(await looker.faults(firm, 'story-asked-about')).toEqual([]);
    const other = await visit('EnterpriseMSP', 'exporter-2 (Officer)');
    await other.goTo('/credit-queries');
    await thereAre(0, other.page.getByRole('row').filter({ hasText: purpose }));
  });
});
