import { listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { bank, customsOfficer } from './support/consortium.js';
import { claim, declaration, record, reference, usd } from './support/documents.js';

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
    expect((await officer.get(query)).status).toBe(403);
    expect((await officer.get(`/facts/${id}`)).status).toBe(403);
  });
});
