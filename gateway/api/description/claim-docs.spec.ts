import { readFileSync } from 'node:fs';
import { withEndsTable } from './ends-docs.js';
import { withStatesTable } from './states-docs.js';

/** Compares what is said, not how wide the columns of a table are. */
const squeeze = (text: string) => text.replace(/ {2,}/g, ' ').replace(/-{3,}/g, '---').trim();

describe.each([
  ['what ends a claim', withEndsTable],
  ['the states of a claim', withStatesTable],
])('the documentation of %s', (_, withTable) => {
  it('is equal to the table that the ledger goes by', () => {
    const page = readFileSync(new URL('../../../../docs/ledger-model.md', import.meta.url), 'utf8');
    expect(squeeze(page)).toBe(squeeze(withTable(page)));
  });

  it('has a place on its page', () => {
    expect(() => withTable('# Another page')).toThrow(/no place/);
  });
});
