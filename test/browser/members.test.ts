import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Locator } from 'playwright-core';
import { Refusals } from '@pledgeonce/network/door/refusals.js';
import { at } from '@pledgeonce/scripts/rest/json.js';
import { organisationOf } from '@pledgeonce/scripts/stack/description.js';
import { auditor, consortium } from '../acceptance/support/consortium.js';
import { ExtraGateway } from '../acceptance/support/extra-gateway.js';
import { Looker } from './support/looks-well.js';
import { thereAre } from './support/there-are.js';
import { Visitor } from './support/visitor.js';

/** Who is in the consortium, and how two government organisations change that. */
describe('the register of members', () => {
  const id = `Bank${randomBytes(5).toString('hex')}MSP`;
  const title = `Bank ${id.slice(4, 10)}`;
  let looker: Looker;
  let tax: Visitor;
  let customs: Visitor;
  beforeAll(async () => {
    looker = await Looker.open();
    [tax, customs] = [await Visitor.at('TaxMSP'), await Visitor.at('CustomsMSP')];
    looker.follow(tax, customs);
    await tax.signInAs('Approver');
    await customs.signInAs('Approver');
  });
  afterAll(() => Visitor.allLeave());

  const state = async () => at((await (await auditor()).get(`/registry/members/${id}`)).body, 'state');
  const proposalAt = ({ page }: Visitor) =>
    page.getByRole('region', { name: 'What would change' }).getByRole('listitem').filter({ hasText: id });
  const rowAt = ({ page }: Visitor) =>
    page.getByRole('table', { name: 'Register of members' }).getByRole('row').filter({ hasText: id });

  /** Says, from what waits, what another government organisation has said. */
  async function sayTheSame(visitor: Visitor): Promise<void> {
    await visitor.goTo('/?kind=member-to-confirm');
    await visitor.page.getByRole('listitem').filter({ hasText: id }).getByRole('link').click();
    await visitor.settled();
    await proposalAt(visitor).getByRole('button', { name: 'Say the same', exact: true }).click();
    await visitor.press('Say the same', visitor.page.getByRole('dialog'));
    await proposalAt(visitor).waitFor({ state: 'detached' });
  }

  it('takes a bank in: one government organisation proposes it, a second one finds that in what waits and says the same', async () => {
    const { page } = tax;
    await tax.goTo('/members');
    await tax.press('Propose a member');
    const dialog = page.getByRole('dialog');
    await dialog.locator('[name="id"]').fill(id);
    await dialog.locator('[name="title"]').fill(title);
    await dialog.locator('[name="authority"]').fill('no certificate');
    await tax.press('Propose a member', dialog);
    // What is wrong stands at its field, and what was typed stays.
    await dialog.locator('[name="authority"][aria-invalid="true"]').waitFor();
    expect(await dialog.locator('[name="id"]').inputValue()).toBe(id);
    await dialog.locator('[name="authority"]').fill('');
    await tax.press('Propose a member', dialog);
    await dialog.waitFor({ state: 'detached' });
    const proposal = proposalAt(tax);
    await proposal.getByText('It becomes a member: Bank.').waitFor();
    expect(await proposal.innerText()).toMatch(/Said by .*Tax[\s\S]*One more of these .*Customs/);
    // Who has said it has nothing more to say.
    await thereAre(0, proposal.getByRole('button'));
    expect(await state()).toBeUndefined();
    expect(await looker.faults(tax, 'story-member-proposed')).toEqual([]);

    await sayTheSame(customs);
    await rowAt(customs).getByText('Admitted', { exact: true }).waitFor();
    expect(await rowAt(customs).innerText()).toMatch(/Its own/);
    expect(await state()).toBe('admitted');
    expect(await looker.faults(customs, 'story-members')).toEqual([]);
  });

  it('suspends it, and finds the suspended by the filter', async () => {
    await customs.goTo('/members');
    await rowAt(customs).getByRole('button', { name: 'Propose to suspend', exact: true }).click();
    await customs.page.getByRole('dialog').getByText('what it holds it keeps').waitFor();
    await customs.press('Propose to suspend', customs.page.getByRole('dialog'));
    await proposalAt(customs).getByText('It is suspended: it reads on, and does nothing new.').waitFor();
    expect(await state()).toBe('admitted');
    await sayTheSame(tax);
    expect(await state()).toBe('suspended');
    await tax.goTo('/members?state=suspended');
    await rowAt(tax).getByText('Suspended', { exact: true }).waitFor();
    const shown = await tax.page.getByRole('table', { name: 'Register of members' }).innerText();
    expect(shown).not.toContain('BankAMSP');
    await tax.goTo('/members?state=admitted');
    await tax.page.getByRole('cell', { name: 'BankAMSP', exact: true }).waitFor();
    await thereAre(0, rowAt(tax));
  });

  it('says of a further portal whom it serves, in words that the second organisation reads', async () => {
    const portal = `Portal${randomBytes(5).toString('hex')}MSP`;
    // Nobody is registered there.
    const begins = '91ZZZZ';
    const of = (list: Locator) => list.filter({ hasText: portal });
    const proposed = ({ page }: Visitor) =>
      of(page.getByRole('region', { name: 'What would change' }).getByRole('listitem'));
    const row = ({ page }: Visitor) =>
      of(page.getByRole('table', { name: 'Register of members' }).getByRole('row'));
    const says = async (visitor: Visitor, sentence: string) => {
      await visitor.goTo('/members');
      await proposed(visitor).getByText(sentence).waitFor();
      await proposed(visitor).getByRole('button', { name: 'Say the same', exact: true }).click();
      await visitor.press('Say the same', visitor.page.getByRole('dialog'));
      await proposed(visitor).waitFor({ state: 'detached' });
    };
    await tax.goTo('/members');
    const dialog = tax.page.getByRole('dialog');
    await tax.press('Propose a member');
    await dialog.locator('[name="id"]').fill(portal);
    await dialog.locator('[name="title"]').fill(portal);
    await dialog.locator('[name="kind"]').selectOption('enterprise');
    await tax.press('Propose a member', dialog);
    await dialog.waitFor({ state: 'detached' });
    await says(customs, 'It becomes a member');

    await tax.goTo('/members');
    await row(tax).getByRole('button', { name: 'Say whom it serves', exact: true }).click();
    await dialog.locator('[name="accounts"]').fill(begins);
    await tax.press('Say whom it serves', dialog);
    await dialog.waitFor({ state: 'detached' });
    expect(await looker.faults(tax, 'story-portal-accounts')).toEqual([]);
    await says(customs, `It serves the enterprises whose accounts begin with ${begins}.`);
    await row(customs).getByText(begins).waitFor();
  });

  it('tells whoever oversees a government node whom its door refused, how often and why', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pledgeonce-door-'));
    const refusedAtDoor = join(folder, 'refused.json');
    // As the door itself counts and keeps it; on this network no door stands before the orderer.
    const door = new Refusals({ log: pino({ level: 'silent' }), file: refusedAtDoor });
    for (let count = 0; count < 3; count++)
      door.note({ mspId: 'BankBMSP', reason: 'too-much', info: 'BankBMSP hands in too much' });
    door.note({ mspId: undefined, reason: 'unsigned', info: 'no member has signed the envelope' });
    door.close();
    const regulator = await ExtraGateway.start(
      consortium(),
      'RegulatorMSP',
      {},
      {},
      { refusedAtDoor, colour: '#7a1f5c' },
    );
    try {
      const visitor = await Visitor.atAddress(regulator.url);
      looker.follow(visitor);
      const { people } = organisationOf(consortium(), 'RegulatorMSP');
      await visitor.enter('auditor', people.find(({ id: who }) => who === 'auditor')?.secret ?? '');
      await visitor.goTo('/members');
      // Its console wears its own colour; that all of it can be read is asked of axe below.
      const accent = await visitor.page.evaluate<string>(
        `getComputedStyle(document.documentElement).getPropertyValue('--mantine-color-sea-7').trim()`,
      );
      const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
        Number.parseInt(accent.slice(at, at + 2), 16),
      );
      expect(red > blue && blue > green).toBe(true);
      const refused = visitor.page.getByRole('table', { name: 'What our own door refused' });
      const row = refused.getByRole('row').filter({ hasText: 'BankBMSP' });
      await row.getByText('More than its share').waitFor();
      expect(await row.getByRole('cell').nth(2).innerText()).toBe('3');
      await refused
        .getByRole('row')
        .filter({ hasText: 'Nobody known' })
        .getByText('Signed by no member')
        .waitFor();
      expect(await looker.faults(visitor, 'story-refused-at-door')).toEqual([]);
      await visitor.leave();
      const own = await Visitor.at('RegulatorMSP');
      await own.signInAs('Auditor');
      await own.goTo('/members');
      await own.page.getByText(/^No door stands before/).waitFor();
      await own.leave();
    } finally {
      await regulator.stop();
      rmSync(folder, { recursive: true });
    }
  });

  it('is read by everybody, and changed by nobody but the government', async () => {
    const [officer, clerk] = [await Visitor.at('BankAMSP'), await Visitor.at('RegulatorMSP')];
    looker.follow(officer, clerk);
    await officer.signInAs('Officer');
    await clerk.signInAs('Officer');
    for (const visitor of [officer, clerk]) {
      await visitor.goTo('/members');
      await rowAt(visitor).waitFor();
      await thereAre(0, visitor.page.locator('main').getByRole('button', { name: /^Propose/ }));
    }
    const government = officer.page.getByRole('table', { name: 'Government nodes' });
    await thereAre(4, government.getByRole('row'));
    expect(await looker.faults(officer, 'story-members-read')).toEqual([]);
  });
});
