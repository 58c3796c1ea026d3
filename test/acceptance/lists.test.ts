import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { bank, customsOfficer, person } from './support/consortium.js';
import {
  claim,
  declaration,
  exporter,
  otherExporter,
  record,
  reference,
  taxInvoice,
  usd,
} from './support/documents.js';

describe('lists', () => {
  it('pages through claims without missing or repeating one', async () => {
    const [customs, { officer }] = [await customsOfficer(), await bank('B')];
    const fact = declaration();
    await record(customs, fact);
    const made = new Set<string>();
    for (let count = 0; count < 7; count += 1) {
      made.add(textAt((await officer.post('/claims', claim(reference(fact), usd('1.00')))).body, 'id'));
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query = new URLSearchParams({ limit: '3', ...(cursor !== undefined && { cursor }) });
      const { status, body } = await officer.get(`/claims?${query.toString()}`);
      expect(status).toBe(200);
      const items = listAt(body, 'items');
      expect(items.length).toBeLessThanOrEqual(3);
      seen.push(...items.map((item) => textAt(item, 'id')));
      cursor = typeof body['next'] === 'string' ? body['next'] : undefined;
    } while (cursor !== undefined);
    expect(new Set(seen).size).toBe(seen.length);
    expect([...made].filter((id) => !seen.includes(id))).toEqual([]);
  });

  it('finds a document by number for its authority, and for nobody else', async () => {
    const [customs, { officer }] = [await customsOfficer(), await bank('A')];
    const fact = declaration();
    const id = await record(customs, fact);
    const query = `/facts?${new URLSearchParams({ type: fact.type, number: fact.number }).toString()}`;
    const { body } = await customs.get(query);
    expect(listAt(body, 'items').map((item) => item['id'])).toEqual([id]);
    // A bank records documents too, letters of credit: of others there are none to it.
    expect(listAt((await officer.get(query)).body, 'items')).toEqual([]);
    expect((await officer.get(`/facts/${id}`)).status).toBe(404);
  });

  it('filters at the portal too, before a page is cut, and for each enterprise its own', async () => {
    const [mine, theirs] = [
      await person('EnterpriseMSP', 'exporter-1'),
      await person('EnterpriseMSP', 'exporter-2'),
    ];
    const invoice = (seller: typeof exporter) => taxInvoice({ type: 'commercial-invoice', seller });
    const wanted = invoice(exporter);
    const id = await record(mine, wanted);
    for (let later = 0; later < 3; later++) {
      await record(mine, invoice(exporter));
      await record(theirs, invoice(otherExporter));
    }
    const find = async (client: Client, query: Record<string, string>) => {
      const { status, body } = await client.get(`/facts?${new URLSearchParams(query).toString()}`);
      expect(status).toBe(200);
      return listAt(body, 'items').map((item) => item['id']);
    };
    // Its page is full of later documents unless the filter comes first.
    expect(await find(mine, { number: wanted.number, limit: '1' })).toEqual([id]);
    expect(await find(mine, { number: wanted.number, type: 'commercial-invoice' })).toEqual([id]);
    expect(await find(mine, { number: wanted.number, type: 'tax-invoice' })).toEqual([]);
    expect(await find(theirs, { number: wanted.number })).toEqual([]);
    expect(await find(theirs, { limit: '3' })).toHaveLength(3);
  });
});
