import { readFileSync } from 'node:fs';
import { factInputSchema } from '@pledgeonce/chaincode/api.js';
import { parseDocument } from './parse-document.js';

type Json = Record<string, unknown>;
const sample = JSON.parse(
  readFileSync(new URL('../../documents/samples/bill.dcsa.json', import.meta.url), 'utf8'),
) as Json;
const parse = (json: unknown) => parseDocument(Buffer.from(JSON.stringify(json)), 'application/json');
const { houseBillOfLadings: _, ...master } = sample;

describe('an electronic bill of lading', () => {
  it('becomes a fact that the ledger takes, and so does each house bill, citing it', async () => {
    const { facts, refusals, warnings } = await parse(sample);
    const shipper = { scheme: 'USCC', id: '91330200MA2CKXQ85H', name: 'Ningbo Harbour Tools Co., Ltd' };
    expect(refusals).toEqual([]);
    expect(facts).toEqual([
      {
        type: 'bill-of-lading',
        number: '700012345',
        date: '2026-03-04',
        seller: { scheme: 'LEI', id: '529900T8BM49AURSDO55', name: 'Corridor Forwarding' },
        total: { amount: '2400.10', currency: 'USD' },
        payable: { amount: '2100.10', currency: 'USD' },
        details: { documentTypeCode: '705' },
        transport: {
          carrierCode: 'COSU',
          shipper,
          vessel: { name: 'Beibu Star', imo: '9300001', voyage: '061W' },
          from: 'CNQZH',
          to: 'NLRTM',
          loadedOn: '2026-03-03',
          containers: ['CSQU3054383'],
          cargo: [
            { hsCode: '820411', description: 'Spanners chrome', packages: 380, weight: 17500 },
            { hsCode: '820420' },
          ],
        },
      },
      expect.objectContaining({
        number: 'HBL-1',
        seller: shipper,
        cites: [{ type: 'bill-of-lading', number: 'COSU700012345' }],
      }),
    ]);
    expect(facts.map((fact) => factInputSchema.parse(fact))).toEqual(facts);
    expect(warnings.map(({ row, warning }) => [row, warning])).toEqual([
      [1, 'container-left-out'],
      [2, 'weight-left-out'],
    ]);
  });

  it('is read in the envelope of its issuance, too', async () => {
    expect((await parse({ document: master })).facts).toEqual((await parse(master)).facts);
  });

  it('without a registered payee of the freight belongs to the shipper and states no freight', async () => {
    const parties = master['documentParties'] as Json;
    const { facts, warnings } = await parse({
      ...master,
      documentParties: { ...parties, issuingParty: undefined },
    });
    expect(facts[0]).toMatchObject({ seller: { scheme: 'USCC' } });
    expect(facts[0]?.total).toBeUndefined();
    expect(warnings.map(({ warning }) => warning)).toContain('freight-left-out');
  });

  it('says that a sea waybill is no title', async () => {
    const { facts, warnings } = await parse({ ...master, transportDocumentTypeCode: 'SWB' });
    expect(facts[0]?.details?.documentTypeCode).toBe('710');
    expect(warnings.map(({ warning }) => warning)).toContain('sea-waybill');
  });

  it.each([
    [
      'shipping instructions',
      { transportDocumentReference: undefined },
      'NUMBER_INVALID',
      'transportDocumentReference',
    ],
    ['no date', { issueDate: undefined, shippedOnBoardDate: undefined }, 'DATE_INVALID', 'issueDate'],
    ['no goods', { consignmentItems: [] }, 'INPUT_INVALID', 'consignmentItems'],
    [
      'a wrong HS code',
      { consignmentItems: [{ HSCodes: ['82.04'] }] },
      'INPUT_INVALID',
      'consignmentItems.0.HSCodes.0',
    ],
    ['nobody registered', { documentParties: {} }, 'PARTY_INVALID', 'documentParties.shipper'],
    [
      'a third of a cent',
      { charges: [{ currencyCode: 'USD', currencyAmount: 0.333 }] },
      'AMOUNT_PRECISION',
      'charges.0.currencyAmount',
    ],
  ])('is refused with %s', async (_name, changes, code, field) => {
    const { facts, refusals } = await parse({ ...master, ...changes });
    expect(facts).toEqual([]);
    expect(refusals).toMatchObject([{ row: 1, code, field }]);
  });

  it('is not taken for one when it is something else', async () => {
    await expect(parse({ statusCode: 404 })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await expect(parse([])).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await expect(parseDocument(Buffer.from('{'), 'application/json')).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
  });
});
