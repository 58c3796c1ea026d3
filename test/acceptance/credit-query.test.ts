import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import type { Answer, Client } from '@pledgeonce/scripts/rest/client.js';
import { creditRecords, recordCredit } from '@pledgeonce/scripts/story/credit-papers.js';
import { auditor, bank, person, type BankPeople } from './support/consortium.js';
import { exporter, inDays, otherExporter } from './support/documents.js';

const purpose = 'Export loan';

describe('an authorised credit query', () => {
  let a: BankPeople;
  let b: BankPeople;
  let enterprise: Client;
  let other: Client;
  beforeAll(async () => {
    [a, b] = [await bank('A'), await bank('B')];
    enterprise = await person('EnterpriseMSP', 'exporter-1');
    other = await person('EnterpriseMSP', 'exporter-2');
    const regulator = await person('RegulatorMSP', 'officer');
    await recordCredit(regulator, exporter, creditRecords('Ningbo Harbour Tools'));
  });

  async function authorise(more: object = {}): Promise<string> {
    const answer = await enterprise.post('/authorisations', {
      bank: 'BankAMSP',
      categories: ['basic', 'trade-credit'],
      purpose,
      from: inDays(0),
      to: inDays(30),
      uses: 3,
      ...more,
    });
    expect(answer.status).toBe(201);
    return textAt(answer.body, 'id');
  }

  const query = (officer: Client, authorisation: string, more: object = {}): Promise<Answer> =>
    officer.post('/credit-queries', {
      enterprise: exporter,
      authorisation,
      categories: ['basic'],
      purpose,
      ...more,
    });

  const outcome = ({ status, body }: Answer) => [status, at(body, 'code')];

  it('opens the categories that the enterprise named, and counts the use', async () => {
    const id = await authorise();
    const { status, body } = await query(a.officer, id, { categories: ['basic', 'trade-credit'] });
    expect(status).toBe(201);
    expect(listAt(body, 'records').map((record) => record['category'])).toEqual(['basic', 'trade-credit']);
    expect(at(body, 'query.usesLeft')).toBe(2);
    expect((await a.officer.get(`/credit-queries/${textAt(body, 'query.id')}`)).body).toMatchObject({
      records: [{ content: { class: 'A' } }, { category: 'trade-credit' }],
    });
    expect((await enterprise.get(`/authorisations/${id}`)).body).toMatchObject({
      usesLeft: 2,
      state: 'active',
    });
    expect((await b.officer.get(`/authorisations/${id}`)).status).toBe(404);
    expect((await other.get(`/authorisations/${id}`)).status).toBe(404);
  });

  it('refuses what was not authorised, and every refusal is on the log of enterprise and regulator', async () => {
    const id = await authorise();
    const later = await authorise({ from: inDays(10) });
    expect(outcome(await query(b.officer, id))).toEqual([403, 'NOT_AUTHORISED']);
    expect(outcome(await query(a.officer, id, { enterprise: otherExporter }))).toEqual([
      403,
      'NOT_AUTHORISED',
    ]);
    expect(outcome(await query(a.officer, id, { categories: ['regulatory'] }))).toEqual([
      403,
      'CATEGORY_NOT_AUTHORISED',
    ]);
    expect(outcome(await query(a.officer, id, { purpose: 'Curiosity' }))).toEqual([
      403,
      'PURPOSE_NOT_AUTHORISED',
    ]);
    expect(outcome(await query(a.officer, later))).toEqual([403, 'AUTHORISATION_NOT_YET']);
    for (const reader of [enterprise, await auditor()]) {
      const log = listAt((await reader.get('/credit-queries?state=refused&limit=20')).body, 'items');
      const codes = log
        .filter((entry) => [id, later].includes(String(entry['authorisation'])))
        .map((entry) => entry['code']);
      expect(codes.sort()).toEqual([
        'AUTHORISATION_NOT_YET',
        'CATEGORY_NOT_AUTHORISED',
        'NOT_AUTHORISED',
        'NOT_AUTHORISED',
        'PURPOSE_NOT_AUTHORISED',
      ]);
    }
    const strangers = listAt((await other.get('/credit-queries')).body, 'items');
    // Of what was asked about itself the other firm hears, whoever's authorisation was quoted, and of nothing else.
    const about = strangers.filter((entry) => entry['authorisation'] === id);
    expect(about).toMatchObject([{ state: 'refused', code: 'NOT_AUTHORISED', enterprise: otherExporter }]);
    const banks = listAt((await b.officer.get('/credit-queries')).body, 'items');
    expect(banks.every((entry) => entry['bank'] === 'BankBMSP')).toBe(true);
  });

  it('is refused from the revocation on', async () => {
    const id = await authorise();
    expect((await query(a.officer, id)).status).toBe(201);
    expect((await other.request('DELETE', `/authorisations/${id}`)).status).toBe(404);
    expect((await enterprise.request('DELETE', `/authorisations/${id}`)).body).toMatchObject({
      state: 'revoked',
    });
    expect(outcome(await query(a.officer, id))).toEqual([403, 'AUTHORISATION_REVOKED']);
  });

  it('lets one of two simultaneous last uses win', async () => {
    const id = await authorise({ uses: 1 });
    const outcomes = (await Promise.all([query(a.officer, id), query(a.officer, id)])).map(outcome);
    expect(outcomes.sort((left, right) => Number(left[0]) - Number(right[0]))).toEqual([
      [201, undefined],
      [403, 'AUTHORISATION_USED_UP'],
    ]);
  });
});
