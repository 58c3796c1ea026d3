import { at, listAt } from '@pledgeonce/scripts/rest/json.js';
import { importFacts } from '@pledgeonce/scripts/story/import.js';
import { freshContainer } from '@pledgeonce/scripts/story/containers.js';
import { billOfLading, daysAgo } from '@pledgeonce/scripts/story/shipments.js';
import { bank, customsOfficer, person } from '../support/consortium.js';
import { claim, declaration, record, reference, usd } from '../support/documents.js';

const bills = 300;
const claims = 40;

describe('a container that three hundred bills of one forwarder list', () => {
  it('keeps nobody from recording or claiming, on these bills or on others', async () => {
    const [carrier, customs] = [await person('CarrierMSP', 'officer'), await customsOfficer()];
    const [a, b] = [await bank('A'), await bank('B')];
    const containers = [freshContainer()];
    const recorded = Array.from({ length: bills }, () => billOfLading({}, { containers }));
    expect((await importFacts(carrier, recorded)).recorded).toBe(bills);

    // All are said to be the same goods: together no more is lent on them than one states.
    const onBill = (index: number, amount: string) => {
      const fact = recorded[Math.floor((index * bills) / claims)];
      if (fact === undefined) throw new Error('There are fewer bills.');
      const { scheme, id } = fact.seller;
      return claim(reference(fact), usd(amount), { enterprise: { scheme, id } });
    };
    const unrelated = declaration();
    await record(customs, unrelated);
    const [batch, other] = await Promise.all([
      a.officer.post('/claims/batch', {
        claims: Array.from({ length: claims }, (_, index) => onBill(index, '10.00')),
      }),
      b.officer.post('/claims', claim(reference(unrelated), usd('100.00'))),
    ]);
    expect(other.status).toBe(201);
    const verdicts = listAt(batch.body, 'items').map((item) => at(item, 'status'));
    expect(verdicts).toEqual(Array.from({ length: claims }, () => 'reserved'));
  }, 300_000);
});

describe('a fleet whose containers sail every five days, two on each bill, and whose arrivals nobody records', () => {
  it('has its five hundred and first bill recorded like the first, and lent on', async () => {
    const [carrier, { officer }] = [await person('CarrierMSP', 'officer'), await bank('A')];
    const fleet = Array.from({ length: 24 }, freshContainer);
    const voyages = 21;
    const sailings = Array.from({ length: voyages }, (_, voyage) => {
      const loadedOn = daysAgo(10 + 5 * (voyages - voyage));
      return fleet.map((container, index) =>
        billOfLading(
          { date: loadedOn },
          { loadedOn, containers: [container, fleet[(index + 1) % fleet.length] ?? container] },
        ),
      );
    }).flat();
    expect(sailings.length).toBeGreaterThan(500);
    expect(await importFacts(carrier, sailings)).toEqual({ recorded: sailings.length, refused: new Map() });

    const last = sailings.at(-1);
    if (last === undefined) throw new Error('Nothing sailed.');
    const { scheme, id } = last.seller;
    const body = claim(reference(last), usd('10.00'), { enterprise: { scheme, id } });
    expect((await officer.post('/claims', body)).status).toBe(201);
  }, 300_000);
});
