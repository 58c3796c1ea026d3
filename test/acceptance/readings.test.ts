import type { Json } from '@pledgeonce/scripts/rest/client.js';
import { listAt } from '@pledgeonce/scripts/rest/json.js';
import { bank, customsOfficer } from './support/consortium.js';
import { declaration, usd } from './support/documents.js';

/** What stands in papers, for whoever would have to type it. */
describe('papers that are read', () => {
  async function read(body: string, type: string): Promise<readonly Json[]> {
    const { officer } = await bank('A');
    const response = await officer.fetch('POST', '/facts/readings', {
      body,
      headers: { 'content-type': type },
    });
    const text = await response.text();
    expect([response.status, text]).toEqual([200, text]);
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Json);
  }

  it('say what an import of them would record, or why they cannot be read, and nothing is recorded', async () => {
    const papers = [declaration(), declaration()];
    const lines = [...papers.map((one) => JSON.stringify(one)), '{"type":', JSON.stringify({ type: 'none' })];
    const readings = await read(lines.join('\n'), 'application/x-ndjson');
    expect(readings).toMatchObject([
      { index: 0, status: 'read', document: { number: papers[0]?.number, total: usd('1000.00') } },
      { index: 1, status: 'read', document: { number: papers[1]?.number } },
      { index: 2, status: 'refused', code: 'MALFORMED_JSON' },
      { index: 3, status: 'refused', code: 'INPUT_INVALID' },
    ]);
    const customs = await customsOfficer();
    for (const { number } of papers)
      expect(listAt((await customs.get(`/facts?number=${number}`)).body, 'items')).toEqual([]);
  });

  it('are refused as a whole where the format is none, or the file is not what it says', async () => {
    const { officer } = await bank('A');
    const send = async (body: string, type: string) =>
      (await officer.fetch('POST', '/facts/readings', { body, headers: { 'content-type': type } })).status;
    expect(await send('a picture', 'image/png')).toBe(415);
    expect(await send('no archive', 'application/zip')).toBeGreaterThanOrEqual(400);
  });
});
