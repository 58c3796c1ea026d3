import { factTypes } from '@pledgeonce/chaincode/api.js';
import { prepareFact } from '@pledgeonce/chaincode/testing/prepared.js';
import { factColumn } from './fact-columns.js';
import { parseDocument } from './parse-document.js';
import { csvOf, documentedTables, smallestTable } from './testing/documented-tables.js';
import { workbookOf } from './testing/workbook.js';

const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const formats = [
  ['text/csv', (rows) => Buffer.from(csvOf(rows))],
  [sheet, workbookOf],
] as const satisfies [string, (rows: readonly (readonly string[])[]) => Buffer][];

describe('the page on imports', () => {
  it('has a line for every type of document, with headings that facts have', () => {
    expect(documentedTables.map(({ type }) => type).toSorted()).toEqual([...factTypes].toSorted());
    for (const { needs, may } of documentedTables) {
      for (const heading of [...needs, ...may]) {
        expect([heading, factColumn(heading)]).toEqual([heading, expect.anything()]);
      }
    }
  });

  it.each(factTypes.flatMap((type) => formats.map(([format, write]) => [type, format, write] as const)))(
    'names all that a table of the type %s needs, as %s',
    async (type, format, write) => {
      const { facts, refusals } = await parseDocument(write(smallestTable(type, {})), format);
      expect(refusals).toEqual([]);
      const [fact, ...more] = facts;
      if (fact === undefined) throw new Error('The table gave no fact.');
      expect(more).toEqual([]);
      const { content } = prepareFact(fact, Date.parse('2026-07-01T00:00:00Z'), 'CarrierMSP');
      expect([content.type, content.date]).toEqual([type, '2026-03-02']);
    },
  );

  it.each(factTypes)('names nothing that a table of the type %s can do without', async (type) => {
    const [headings = [], cells = []] = smallestTable(type, {});
    for (const left of headings) {
      const places = headings.flatMap((heading, index) => (heading === left ? [] : [index]));
      const rows = [headings, cells].map((row) => places.map((index) => row[index] ?? ''));
      const taken = async () => {
        const { facts } = await parseDocument(Buffer.from(csvOf(rows)), 'text/csv');
        return facts.map(
          (fact) => prepareFact(fact, Date.parse('2026-07-01T00:00:00Z'), 'CarrierMSP').content.type,
        );
      };
      // Refused as a file, as a row, or by the ledger's own rules.
      expect([left, await taken().catch(() => [])]).toEqual([left, []]);
    }
  });
});
