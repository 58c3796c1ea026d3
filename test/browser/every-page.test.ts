import { customsOfficer, taxOfficer, bank } from '../acceptance/support/consortium.js';
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
import { faultsByAxe } from './support/judge.js';
import { keepPictures } from './support/pictures.js';
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
  ['RegulatorMSP', 'Auditor', 'auditor'],
] as const;

/** Pages that are reached from others, by who has them. */
const further: Readonly<Record<string, readonly string[]>> = {
  'bank-officer': ['/claims/new', '/payments/new', '/credit-queries/new'],
  admin: ['/people/new'],
  customs: ['/documents/new'],
  exporter: ['/documents/new', '/financing-requests/new', '/loan-applications/new', '/authorisations/new'],
};

describe('every page', () => {
  let trade: string;
  afterAll(() => Visitor.allLeave());

  beforeAll(async () => {
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
    'of %s, %s: axe finds nothing, the policy holds, nothing leaves the origin',
    async (msp, person, name) => {
      const visitor = await Visitor.at(msp);
      try {
        await visitor.signInAs(person);
        await visitor.settled();
        const inNavigation = await visitor.page.locator('nav a').all();
        const links = await Promise.all(
          inNavigation.map(async (link) => (await link.getAttribute('href')) ?? ''),
        );
        expect(links.length).toBeGreaterThan(3);
        const faults: string[] = [];
        for (const path of [...links, ...(further[name] ?? [])]) {
          await visitor.goTo(path);
          await keepPictures(visitor, `${name}${path === '/' ? '' : path.replaceAll('/', '-')}`);
          faults.push(...(await faultsByAxe(visitor)).map((fault) => `${path}: ${fault}`));
          // A key that no language has would stand on the page as it is written in the code.
          const text = await visitor.page.locator('body').innerText();
          const keys = text.match(/\b(field|ui|state|step|page|type|waits|role)\.[a-z/]+/g) ?? [];
          faults.push(...keys.map((key) => `${path}: no text for ${key}`));
        }
        expect(faults).toEqual([]);
        expect(visitor.faults).toEqual([]);
        expect(visitor.strayed).toEqual([]);
      } finally {
        await visitor.leave();
      }
    },
    600_000,
  );

  it('of a document tells the regulator why so much is left: the trade as a picture, and what moved it', async () => {
    const visitor = await Visitor.at('RegulatorMSP');
    await visitor.signInAs('Auditor');
    await visitor.goTo(`/documents/${trade}`);
    const why = visitor.page.getByRole('region', { name: 'What is left, and why' });
    const picture = why.getByRole('img', { name: /Customs declaration .*Tax invoice .*binds/s });
    await picture.waitFor();
    await why.getByText('Left: USD 30,000.00').first().waitFor();
    expect(await why.getByText('Drawn:').count()).toBe(2);
    expect(await faultsByAxe(visitor)).toEqual([]);
    await keepPictures(visitor, 'story-trade');
    expect([visitor.faults, visitor.strayed]).toEqual([[], []]);
  });
});
