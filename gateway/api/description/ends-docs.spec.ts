import { readFileSync } from 'node:fs';
import { withEndsTable } from './ends-docs.js';

/** Compares what is said, not how wide the columns of a table are. */
const squeeze = (text: string) => text.replace(/ {2,}/g, ' ').replace(/-{3,}/g, '---').trim();

describe('the documentation of what ends a claim', () => {
  it('is equal to the table that the ledger goes by', () => {
    const page = readFileSync(new URL('../../../../docs/ledger-model.md', import.meta.url), 'utf8');
    expect(squeeze(page)).toBe(squeeze(withEndsTable(page)));
  });

  it('has a place on its page', () => {
    expect(() => withEndsTable('# Another page')).toThrow(/no place/);
  });
});
