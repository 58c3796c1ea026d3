import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDocument, type Document } from 'yaml';
import { readConsortium, type Consortium } from './consortium.js';
import { temporaryFolder } from './testing/temporary-folder.js';

const description = fileURLToPath(new URL('../consortium.yaml', import.meta.url));
const government = ['CustomsMSP', 'TaxMSP', 'RegulatorMSP'];

/** The consortium of the repository after a change of its description. */
function changed(change: (document: Document) => void): Consortium {
  const document = parseDocument(readFileSync(description, 'utf8'));
  change(document);
  const file = join(temporaryFolder('consortium-spec'), 'consortium.yaml');
  writeFileSync(file, document.toString());
  return readConsortium(file);
}

describe('the collections of the consortium', () => {
  it('are the registry of the government nodes alone', () => {
    const { organisations, collections } = readConsortium(description);
    expect(organisations.filter((one) => one.government).map(({ msp }) => msp)).toEqual(government);
    expect(collections.map(({ name, members }) => [name, members])).toEqual([['registry', government]]);
  });

  it('stay what they are when a bank joins', () => {
    const bank = { name: 'bank-c', msp: 'BankCMSP', title: 'Bank C', kind: 'bank' };
    const { collections } = changed((document) => {
      document.addIn(['organisations'], document.createNode(bank));
    });
    expect(collections).toEqual(readConsortium(description).collections);
  });
});
