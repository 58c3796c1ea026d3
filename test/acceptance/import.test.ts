import type { Json } from '@pledgeonce/scripts/rest/client.js';
import { bank, consortium, customsOfficer, person } from './support/consortium.js';
import { declaration, usd } from './support/documents.js';
import { sendImport } from './support/import.js';

const byIndex = (verdicts: readonly Json[]) =>
  verdicts.toSorted((a, b) => Number(a['index']) - Number(b['index']));

describe('the bulk import', () => {
  it('gives every line its own verdict, malformed ones too', async () => {
    const customs = await customsOfficer();
    const good = [declaration(), declaration(), declaration()];
    const lines = [
      JSON.stringify(good[0]),
      '{"type":',
      JSON.stringify({ ...good[1], total: usd('-1') }),
      JSON.stringify(good[1]),
      JSON.stringify(good[0]),
      JSON.stringify(good[2]),
    ];
    const verdicts = byIndex(await sendImport(customs, lines.join('\n'), 'application/x-ndjson'));
    expect(verdicts.map(({ index, status, code }) => [index, status, code])).toEqual([
      [0, 'recorded', undefined],
      [1, 'refused', 'MALFORMED_JSON'],
      [2, 'refused', 'AMOUNT_NOT_POSITIVE'],
      [3, 'recorded', undefined],
      [4, 'refused', 'FACT_EXISTS'],
      [5, 'recorded', undefined],
    ]);
  });

  it('says afterwards what was refused, to whoever began it', async () => {
    const [customs, other] = [await customsOfficer(), await person('TaxMSP', 'officer')];
    const lines = [declaration(), { ...declaration(), total: usd('-1') }].map((one) => JSON.stringify(one));
    await sendImport(customs, lines.join('\n'), 'application/x-ndjson');
    const { body } = await customs.get('/facts/import/latest');
    expect(body).toMatchObject({
      last: { recorded: 1, refused: 1, items: [{ index: 1, code: 'AMOUNT_NOT_POSITIVE' }] },
    });
    expect(JSON.stringify((await other.get('/facts/import/latest')).body)).not.toContain(
      JSON.stringify(body['last']),
    );
    const { officer } = await bank('A');
    expect((await officer.get('/facts/import/latest')).status).toBe(200);
  });

  it('survives files that break their reader', async () => {
    const customs = await customsOfficer();
    const { gateways } = consortium().processes;
    const heading =
      'Declaration ID,Date,Office ID,Import Type,Mode of Transport,Importer ID,Seller ID,HS6 Code,Item Price';
    const row = () => `${declaration().number.slice(-8)},2026-01-05,30,11,10,I1,0SELL01,440890,372254.0`;
    const quote = `${declaration().number.slice(-8)},2026-01-05,30,1"1,10,I1,0SELL01,440890,1.0`;
    const long = `${declaration().number.slice(-8)},2026-01-05,${'x'.repeat(70_000)},11,10,I1,0SELL01,440890,1.0`;
    for (const broken of [quote, long]) {
      const verdicts = await sendImport(customs, [heading, row(), broken, row()].join('\n'), 'text/csv');
      expect(verdicts[0]).toMatchObject({ index: 0, status: 'recorded' });
      expect(verdicts.map(({ status }) => status)).toContain('refused');
    }
    const deep = `{"details":${'['.repeat(5_000)}${']'.repeat(5_000)}}`;
    const lines = [JSON.stringify(declaration()), deep, JSON.stringify(declaration())];
    const verdicts = await sendImport(customs, lines.join('\n'), 'application/x-ndjson');
    expect(verdicts).toMatchObject([
      { status: 'recorded' },
      { status: 'refused', code: 'MALFORMED_JSON' },
      { status: 'recorded' },
    ]);
    // The very same processes, and everybody's door is open.
    expect(consortium().processes.gateways).toEqual(gateways);
    for (const { url } of consortium().organisations) {
      expect((await fetch(`${url}/livez`)).status).toBe(200);
    }
  });

  it('tells the verdicts again under its key, and goes on behind them', async () => {
    const customs = await customsOfficer();
    const key = `import-${declaration().number}`;
    const facts = [declaration(), declaration(), declaration()].map((fact) => JSON.stringify(fact));
    const send = async (lines: readonly string[]) => {
      const response = await customs.fetch('POST', '/facts/import', {
        body: lines.join('\n'),
        idempotencyKey: key,
        headers: { 'content-type': 'application/x-ndjson' },
      });
      return (await response.text())
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Json);
    };
    const before = await send(facts.slice(0, 2));
    const after = await send(facts);
    expect(after.slice(0, 2)).toEqual(before);
    expect(after.map(({ status }) => status)).toEqual(['recorded', 'recorded', 'recorded']);
  });

  it('takes a JSON array', async () => {
    const customs = await customsOfficer();
    const facts = Array.from({ length: 30 }, () => declaration());
    const verdicts = await sendImport(customs, JSON.stringify(facts), 'application/json');
    expect(verdicts.filter(({ status }) => status === 'recorded')).toHaveLength(30);
  });

  it('takes Korean declarations as CSV, each row with its own verdict', async () => {
    const customs = await customsOfficer();
    const heading =
      'Declaration ID,Date,Office ID,Process Type,Import Type,Import Use,Payment Type,Mode of Transport,Declarant ID,Importer ID,Seller ID,Courier ID,HS6 Code,Country of Departure,Country of Origin,Tax Rate,Tax Type,Country of Origin Indicator,Net Mass,Item Price,Fraud,Critical Fraud';
    const row = (seller: string, price: string) =>
      `${declaration().number.slice(-8)},2026-01-05,30,B,11,21,11,10,D1,I1,${seller},,440890,BE,BE,0.0,A,G,1.0,${price},0,0`;
    const rows = [heading, row('0SELL01', '372254.0'), row('', '100.0'), row('0SELL01', '5.02'), 'short,row'];
    const verdicts = byIndex(await sendImport(customs, rows.join('\n'), 'text/csv'));
    expect(verdicts.map(({ status, code }) => [status, code])).toEqual([
      ['recorded', undefined],
      ['refused', 'PARTY_INVALID'],
      ['refused', 'AMOUNT_PRECISION'],
      ['refused', 'INPUT_INVALID'],
    ]);
  });
});
