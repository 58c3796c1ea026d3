import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { MachineClient } from '@pledgeonce/gateway/machines/testing/machine-client.js';
import { chapters } from '@pledgeonce/scripts/story/chapters.js';
import { Teller } from '@pledgeonce/scripts/story/teller.js';
import { bank, consortium, customsOfficer, person, taxOfficer } from '../acceptance/support/consortium.js';
import {
  cite,
  claim,
  declaration,
  record,
  reference,
  taxInvoice,
  usd,
  verify,
} from '../acceptance/support/documents.js';
import { ChineseReader } from './support/chinese.js';
import { faultsByAxe } from './support/judge.js';
import { keepPictures } from './support/pictures.js';
import { collectData } from './support/sent-data.js';
import { Skeletons } from './support/skeletons.js';
import { pageAt, pagesOfRouter } from './support/routes.js';
import { linksIn, textsOn } from './support/texts-on.js';
import { thereAre } from './support/there-are.js';
import { Visitor } from './support/visitor.js';

const everybody = [
  ['BankAMSP', 'Officer', 'bank-officer'],
  ['BankAMSP', 'Approver', 'bank-approver'],
  ['BankAMSP', 'Admin', 'admin'],
  ['CustomsMSP', 'Officer', 'customs'],
  ['TaxMSP', 'Officer', 'tax'],
  ['InsurerMSP', 'Officer', 'insurer'],
  ['CarrierMSP', 'Officer', 'carrier'],
  ['EnterpriseMSP', 'exporter-1 (Officer)', 'exporter'],
  ['EnterpriseMSP', 'Admin', 'portal-admin'],
  ['RegulatorMSP', 'Auditor', 'auditor'],
] as const;

/** Addresses that are no pages of the console, or whose reader is nobody in particular. */
const elsewhere = /^\/(docs|api|check|openapi)/;
/** Pages that nobody's links lead to, and whose they are. */
const unlinked = { '/sign-in': 'BankAMSP' } as const;
/** What has to be there so that there is one of every kind to look at. */
const told = ['matchmaking', 'micro-loan', 'service-payment', 'offshore-trade', 'objection', 'month-end'];

/** More pages than one person has: something leads on and on. */
const mostPages = 60;

const unreadable = (page: Page) => page.getByRole('heading', { level: 1, name: 'This cannot be shown' });

/** Pages of one kind are looked at once: one claim stands for all. */
const kindOf = (path: string) => path.replace(/[0-9a-f]{64}|[0-9a-f]{32}|[0-9a-f-]{36}/g, 'one');

describe('every page', () => {
  const skeletons = new Skeletons();
  const visited = new Set<string>();
  let routes: readonly string[];
  let trade: string;
  let chinese: ChineseReader;
  afterAll(() => Visitor.allLeave());

  beforeAll(async () => {
    chinese = await ChineseReader.open();
    routes = await pagesOfRouter();
    for (const { tell } of chapters.filter(({ name }) => told.includes(name)))
      await tell(new Teller(() => undefined), consortium());
    const admin = await person('BankAMSP', 'admin');
    const machine = await MachineClient.of(`machine-${randomBytes(6).toString('hex')}`);
    const { id, jwk: key } = machine;
    await admin.post('/machines', { id, role: 'viewer', scopes: ['claims:read'], key });
    await admin.post('/webhooks', { url: 'http://127.0.0.1:1/hook' });
    const [customs, tax, { officer, approver }] = [
      await customsOfficer(),
      await taxOfficer(),
      await bank('A'),
    ];
    const invoice = taxInvoice({ total: usd('80000.00') });
    const fact = declaration({ total: usd('100000.00'), cites: [cite(invoice)] });
    trade = await record(customs, fact);
    await record(tax, invoice);
    await verify(officer, fact);
    const reserve = async (amount: string) => {
      const { body } = await officer.post('/claims', claim(reference(fact), usd(amount)));
      return (body as { readonly id: string }).id;
    };
    const [first] = [await reserve('30000.00'), await reserve('20000.00')];
    await approver.post(`/claims/${first}/acceptance`, {});
  });

  it.each(everybody)(
    'of %s, %s: axe finds nothing, in Chinese no word is foreign, the policy holds, nothing leaves the origin',
    async (msp, person, name) => {
      const visitor = await Visitor.at(msp);
      const { page } = visitor;
      const data = collectData(page);
      await visitor.signInAs(person);
      await visitor.settled();
      const inNavigation = await page.locator('nav a').all();
      const pages = await Promise.all(
        inNavigation.map(async (link) => (await link.getAttribute('href')) ?? ''),
      );
      expect(pages.length).toBeGreaterThan(3);
      const faults: string[] = [];
      // What a page leads to is looked at too: a new page needs no line here.
      for (const path of pages) {
        await visitor.goTo(path);
        visited.add(pageAt(path, routes) ?? path);
        for (const link of await linksIn(page)) {
          const isKnown = pages.some((one) => kindOf(one) === kindOf(link));
          if (!isKnown && !elsewhere.test(link)) pages.push(link);
        }
        expect(pages.length).toBeLessThan(mostPages);
        const fault = (found: string) => `${path}: ${found}`;
        if ((await unreadable(page).count()) > 0)
          faults.push(fault('a link leads to what its reader may not read'));
        // What is around the page is another for everybody; it is judged with the first one.
        const isNew = (await skeletons.isNew(page)) || path === '/';
        await keepPictures(visitor, `${name}${path === '/' ? '' : kindOf(path).replaceAll('/', '-')}`, isNew);
        if (isNew) faults.push(...(await faultsByAxe(visitor)).map(fault));
        await visitor.readIn('zh');
        faults.push(...chinese.foreign(await textsOn(page), data).map(fault));
        await visitor.readIn('en');
      }
      expect(faults).toEqual([]);
      expect(visitor.faults).toEqual([]);
      expect(visitor.strayed).toEqual([]);
      await visitor.leave();
    },
    600_000,
  );

  it('of the router was looked at by somebody: none is forgotten', () => {
    const known = new Set([...visited, ...Object.keys(unlinked)]);
    expect(routes.filter((route) => !known.has(route))).toEqual([]);
    expect([...visited].filter((page) => !routes.includes(page))).toEqual([]);
  });

  it('that cannot be shown has a heading, a reason and nothing that axe finds', async () => {
    const visitor = await Visitor.at('BankAMSP');
    await visitor.signInAs('Officer');
    for (const kind of ['documents', 'claims', 'payments', 'objections', 'loan-applications']) {
      await visitor.goTo(`/${kind}/${'0'.repeat(64)}`);
      await unreadable(visitor.page).waitFor();
      await thereAre(1, visitor.page.getByRole('alert'));
      expect(await faultsByAxe(visitor)).toEqual([]);
    }
    await visitor.leave();
  });

  it('of a document tells the regulator why so much is left: the trade as a picture, and what moved it', async () => {
    const visitor = await Visitor.at('RegulatorMSP');
    await visitor.signInAs('Auditor');
    await visitor.goTo(`/documents/${trade}`);
    const why = visitor.page.getByRole('region', { name: 'What is left, and why' });
    const picture = why.getByRole('img', { name: /Customs declaration .*Tax invoice .*binds/s });
    await picture.waitFor();
    await why.getByText('Left: USD 30,000.00').first().waitFor();
    await thereAre(2, why.getByText('Drawn:'));
    expect(await faultsByAxe(visitor)).toEqual([]);
    await keepPictures(visitor, 'story-trade');
    expect([visitor.faults, visitor.strayed]).toEqual([[], []]);
  });
});
