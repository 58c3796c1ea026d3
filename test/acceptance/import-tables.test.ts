import { randomInt } from 'node:crypto';
import { factTypes, type FactType } from '@pledgeonce/chaincode/api.js';
import { catalogue } from '@pledgeonce/chaincode/catalogue.js';
import type { OrganisationKind } from '@pledgeonce/chaincode/permissions.js';
import { csvOf, smallestTable } from '@pledgeonce/gateway/documents/testing/documented-tables.js';
import { workbookOf } from '@pledgeonce/gateway/documents/testing/workbook.js';
import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { at, textAt } from '@pledgeonce/scripts/rest/json.js';
import { customsOfficer, person, taxOfficer } from './support/consortium.js';
import { exporter } from './support/documents.js';
import { sendImport } from './support/import.js';

const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const recorders: Readonly<Partial<Record<OrganisationKind, () => Promise<Client>>>> = {
  customs: customsOfficer,
  tax: taxOfficer,
  insurer: () => person('InsurerMSP', 'officer'),
  carrier: () => person('CarrierMSP', 'officer'),
  enterprise: () => person('EnterpriseMSP', 'exporter-1'),
  bank: () => person('BankAMSP', 'officer'),
};

async function recorderOf(type: FactType): Promise<Client> {
  for (const kind of catalogue[type].recordedBy) {
    const recorder = recorders[kind];
    if (recorder !== undefined) return recorder();
  }
  throw new Error(`Nobody here records a ${type}.`);
}

/** A row that nobody has recorded: the page's smallest one under a number, with an amount, of its own. */
const freshTable = (type: FactType) =>
  smallestTable(type, {
    number: `N${randomInt(10 ** 12)}`,
    'seller.scheme': exporter.scheme,
    'seller.id': exporter.id,
    'total.amount': `${randomInt(1_000, 9_000)}.00`,
  });

describe('tables with the headings that the page on imports names', () => {
  it.each(factTypes)(
    '%s: recorded from CSV and from Excel, and refused in either the second time',
    async (type) => {
      const recorder = await recorderOf(type);
      for (const [format, write] of [
        ['text/csv', csvOf],
        [sheet, workbookOf],
      ] as const) {
        const table = freshTable(type);
        const [verdict, ...more] = await sendImport(recorder, write(table), format);
        expect([verdict, more]).toMatchObject([{ status: 'recorded', line: 2 }, []]);
        const { body } = await recorder.get(`/facts/${textAt(verdict ?? {}, 'id')}`);
        expect([at(body, 'type'), at(body, 'version')]).toEqual([type, 1]);
        expect(await sendImport(recorder, write(table), format)).toMatchObject([
          { status: 'refused', code: 'FACT_EXISTS', line: 2 },
        ]);
      }
    },
  );
});
